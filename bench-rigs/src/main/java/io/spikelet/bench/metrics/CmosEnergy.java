package io.spikelet.bench.metrics;

import io.spikelet.host.report.SynapticOperations;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.WeightKind;
import java.util.List;

/**
 * Horowitz's 45 nm figures (ISSCC 2014, 0.9 V) for what the engine really works: by kinds of weights and the width of what they
 * are multiplied with, then neurons, then the traffic of a small memory. pJ.
 */
final class CmosEnergy {
    static final double INT32_ADD = 0.1;
    static final double INT8_MULTIPLY = 0.2;
    static final double INT32_MULTIPLY = 3.1;

    /** Half of an access of 64 bits to a cache of 8 kB, 10 pJ. */
    static final double WORD_ACCESS = 5;

    /** A weight, a sum read and the sum written. */
    private static final int WORDS_AN_OPERATION = 3;

    /** A membrane read and written. */
    private static final int WORDS_AN_UPDATE = 2;

    private static final String HOROWITZ = "M. Horowitz, ISSCC 2014, 45 nm, 0.9 V: int32 add 0.1 pJ";
    private static final double MICRO_OF_PICO = 1e-6;

    private final ImageMetrics metrics;

    CmosEnergy(ImageMetrics metrics) {
        this.metrics = metrics;
    }

    List<ModelledEnergy> models() {
        ModelledEnergy.Part synapses = part("synapses", synapses());
        ModelledEnergy.Part neurons = part("neurons", neurons());
        ModelledEnergy.Part memory = part("memory", memory());
        return List.of(
                ModelledEnergy.of(
                        "45nm-kinds",
                        List.of(synapses),
                        HOROWITZ
                                + ", int8 multiply 0.2 pJ, int32 multiply 3.1 pJ; a MAC on binary or ternary weights is"
                                + " an add, on log2 weights an add for the shift and one for the sum",
                        "memory, control, leakage and neurons"),
                ModelledEnergy.of(
                        "45nm-neurons",
                        List.of(synapses, neurons),
                        HOROWITZ + ", int32 multiply 3.1 pJ; a membrane takes an add a current and one to compare, a"
                                + " multiply a leak that is neither 0 nor 1 and a multiply a current for its gain",
                        "memory, control and leakage"),
                ModelledEnergy.of(
                        "45nm-memory",
                        List.of(synapses, neurons, memory),
                        HOROWITZ + "; 8 kB cache 10 pJ for 64 bits, 5 pJ for a word: three words an operation, two a"
                                + " membrane update",
                        "control, leakage, registers that save traffic, and memories larger than 8 kB, which take"
                                + " more"));
    }

    private static ModelledEnergy.Part part(String name, double microjoules) {
        return new ModelledEnergy.Part(name, microjoules);
    }

    private double synapses() {
        double picojoules = 0;
        for (LayerMetrics layer : metrics.layers()) {
            if (layer.hasOperations()) {
                SynapticOperations run = layer.runPerSample();
                picojoules += run.accumulates() * INT32_ADD + run.multiplies() * multiply(layer(layer));
            }
        }
        return picojoules * MICRO_OF_PICO;
    }

    /** A multiply with its add; a gate's counts and factors are wider than a byte. */
    private double multiply(Layer layer) {
        return switch (layer.operation()) {
            case Operation.Dense dense -> multiply(dense.kind(), layer);
            case Operation.Conv2d conv -> multiply(conv.kind(), layer);
            default -> INT32_ADD + INT32_MULTIPLY;
        };
    }

    private double multiply(WeightKind kind, Layer layer) {
        return switch (kind) {
            case BINARY, TERNARY -> INT32_ADD;
            case LOG2 -> 2 * INT32_ADD;
            case INT8, INT4 -> INT32_ADD + (fitsAByte(layer) ? INT8_MULTIPLY : INT32_MULTIPLY);
        };
    }

    private boolean fitsAByte(Layer layer) {
        Layer source = metrics.network().layers().get(layer.inputs().getFirst().source());
        return SataNetwork.bits(source.output()) <= Byte.SIZE;
    }

    private double neurons() {
        double picojoules = 0;
        for (LayerMetrics counted : metrics.layers()) {
            double updates = (double) counted.work().membraneUpdates() / metrics.samples();
            picojoules += updates * update(layer(counted).operation());
        }
        return picojoules * MICRO_OF_PICO;
    }

    private static double update(Operation operation) {
        return switch (operation) {
            case Operation.Neuron neuron ->
                drives(neuron.drives())
                        + (multiplies(neuron.a0()) || multiplies(neuron.a1()) ? INT32_MULTIPLY : 0)
                        + (neuron.hasSynapticCurrent() ? INT32_MULTIPLY + INT32_ADD : 0);
            case FirstSpike neuron -> drives(neuron.drives());
            default -> 0;
        };
    }

    /** An add and a gain a current, and a comparison. */
    private static double drives(List<Operation.Drive> drives) {
        double energy = INT32_ADD;
        for (Operation.Drive drive : drives) {
            energy += INT32_ADD + (isOne(drive.gain()) ? 0 : INT32_MULTIPLY);
        }
        return energy;
    }

    private static boolean isOne(int[] gains) {
        for (int gain : gains) {
            if (gain != 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether a leak, Q1.15, is neither 0 nor 1. */
    private static boolean multiplies(int[] leaks) {
        for (int leak : leaks) {
            if (leak != 0 && leak != 1 << 15) {
                return true;
            }
        }
        return false;
    }

    private double memory() {
        double words = WORDS_AN_OPERATION * metrics.run().effective() + WORDS_AN_UPDATE * metrics.membraneUpdates();
        return words / metrics.samples() * WORD_ACCESS * MICRO_OF_PICO;
    }

    private Layer layer(LayerMetrics counted) {
        return metrics.network().layers().get(counted.work().layer());
    }
}
