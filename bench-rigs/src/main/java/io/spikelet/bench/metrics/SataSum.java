package io.spikelet.bench.metrics;

import java.util.EnumMap;
import java.util.Map;

/** Adds up SATA's terms layer by layer. W, O, I, T, b, s and s_du are the paper's. */
final class SataSum {
    private final double steps;
    private final double gradients;
    private final SataMode mode;
    private final SataLearning learning;
    private final Map<SataTerm, Double> picojoules = new EnumMap<>(SataTerm.class);
    private double weightDram;

    SataSum(double steps, double gradientSparsity, SataMode mode, SataLearning learning) {
        this.steps = steps;
        gradients = 1 - gradientSparsity;
        this.mode = mode;
        this.learning = learning;
    }

    double picojoules(SataTerm term) {
        return picojoules.getOrDefault(term, 0.0);
    }

    double weightDram() {
        return weightDram;
    }

    void add(SataLayer layer) {
        boolean compat = mode == SataMode.COMPAT;
        if (compat && layer.kind() == SataLayer.Kind.OUTPUT) {
            return;
        }
        boolean overwrites = compat && layer.kind() == SataLayer.Kind.LINEAR;
        // Spikes are packed into words of b bits; an input value of several bits takes as many places.
        double words = layer.inputs() * (compat ? 1.0 : layer.inputBits()) / layer.bits();
        forward(layer, words, overwrites);
        backward(layer, words, overwrites);
        update(layer, words, overwrites);
    }

    private void forward(SataLayer layer, double words, boolean overwrites) {
        double scale = layer.bits() / Sata.BITS;
        double moved = layer.weights() + (layer.outputs() + words) * steps;
        add(SataTerm.LIF, layer.outputs() * steps * scale);
        double active = (overwrites ? 1 : 1 - layer.silence()) * layer.forwardMacs() * steps * scale;
        if (overwrites) {
            picojoules.put(SataTerm.MAC_FORWARD, active * SataTerm.MAC_FORWARD.picojoules());
        } else {
            weigh(SataTerm.MAC_FORWARD, active, multiplies(layer));
        }
        add(SataTerm.DRAM_FORWARD, moved * scale);
        add(SataTerm.BUFFER_FORWARD, 2 * moved * scale);
        add(SataTerm.SCRATCH_FORWARD, 2 * (layer.weights() + steps * words) * scale);
        weightDram += layer.weights() * scale * SataTerm.DRAM_FORWARD.picojoules();
    }

    private void backward(SataLayer layer, double words, boolean overwrites) {
        double membranes = steps * layer.outputs();
        add(SataTerm.GRADIENT, membranes);
        add(SataTerm.MAC_BACKWARD, (overwrites ? 1 : gradients) * layer.backwardMacs() * steps);
        if (learning == SataLearning.THROUGH_TIME) {
            add(SataTerm.DRAM_BACKWARD, steps * (layer.outputs() + words));
        }
        add(SataTerm.BUFFER_BACKWARD, 7 * membranes + 2 * steps * words + layer.weights());
        add(SataTerm.SCRATCH_BACKWARD, layer.weights() + membranes);
    }

    private void update(SataLayer layer, double words, boolean overwrites) {
        boolean online = learning == SataLearning.ONLINE;
        double silence = online ? layer.traceSilence() : layer.silence();
        weigh(
                SataTerm.MAC_UPDATE,
                (overwrites ? 1 : 1 - silence) * layer.forwardMacs() * steps,
                online || multiplies(layer));
        // A trace is a word of its own, read and written at each step where spikes of all steps were read back.
        double read = online ? 2.0 * layer.inputs() : words;
        double buffered = 2 * (1 + steps) * layer.weights() + steps * (read + layer.outputs());
        if (online) {
            add(SataTerm.TRACE, steps * layer.inputs());
        }
        add(SataTerm.DRAM_UPDATE, 2 * layer.weights());
        add(SataTerm.BUFFER_UPDATE, buffered);
        add(SataTerm.SCRATCH_UPDATE, buffered + 2 * steps * layer.weights());
        weightDram += 2 * layer.weights() * SataTerm.DRAM_UPDATE.picojoules();
    }

    /** The script takes every value for a spike. */
    private boolean multiplies(SataLayer layer) {
        return mode == SataMode.CORRECTED && layer.inputBits() > 1;
    }

    private void weigh(SataTerm term, double times, boolean multiplies) {
        picojoules.merge(term, times * (multiplies ? Sata.MAC : term.picojoules()), Double::sum);
    }

    private void add(SataTerm term, double times) {
        picojoules.merge(term, times * term.picojoules(), Double::sum);
    }
}
