package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.SynapseLayer;
import java.util.ArrayList;
import java.util.List;

/** Whether a layer fits on the chip, and its neurons' words. */
final class LayerFit {
    static final int NEURONS = 256;
    static final int LEAST_WEIGHT = -8;
    static final int MOST_WEIGHT = 7;

    private LayerFit() {}

    /** One sentence each; of many weights or neurons with the same fault the first is named. */
    static List<String> refusals(SynapseLayer layer, Firing firing) {
        List<String> refusals = new ArrayList<>();
        if (layer.inputs() > NEURONS) {
            refusals.add(layer.inputs() + " inputs, and the chip has rows for " + NEURONS);
        }
        if (layer.outputs() > NEURONS) {
            refusals.add(layer.outputs() + " outputs, and the chip has " + NEURONS + " neurons");
        }
        if (layer.mostInput() > 1) {
            refusals.add("inputs up to " + layer.mostInput() + ", and the chip takes spikes, 0 or 1");
        }
        byte[] weights = layer.weights();
        for (int cell = 0; cell < weights.length; cell++) {
            if (weights[cell] < LEAST_WEIGHT || weights[cell] > MOST_WEIGHT) {
                refusals.add("weight " + weights[cell] + " from input " + cell / layer.outputs() + " to output "
                        + cell % layer.outputs() + ", and the chip's have 4 bits, -8..7");
                break;
            }
        }
        if (layer.neurons().isEmpty()) {
            refusals.add("no neurons, and the chip integrates and fires");
        } else {
            addNeurons(layer, layer.neurons().get(), firing, refusals);
        }
        return refusals;
    }

    private static void addNeurons(
            SynapseLayer layer, SynapseLayer.Neurons neurons, Firing firing, List<String> refusals) {
        int[] threshold = neurons.threshold();
        int[] leak = neurons.leak();
        if (threshold.length != layer.outputs() || leak.length != layer.outputs()) {
            refusals.add(threshold.length + " thresholds and " + leak.length + " leaks for " + layer.outputs()
                    + " outputs; every output needs one of each");
            return;
        }
        for (int n = 0; n < threshold.length; n++) {
            if (threshold[n] < 0 || threshold[n] > NeuronWord.MOST_CORE) {
                refusals.add("threshold " + threshold[n] + " of output " + n + ", and the chip's membranes end at "
                        + NeuronWord.MOST_CORE + ", its thresholds begin at 0");
                return;
            }
            if (leak[n] < 0 || leak[n] > NeuronWord.MOST_LEAK) {
                refusals.add("leak " + leak[n] + " of output " + n + ", and the chip's have 7 bits, 0..127");
                return;
            }
        }
        boolean sameBounds = neurons.least() == NeuronWord.LEAST_CORE && neurons.most() == NeuronWord.MOST_CORE;
        if (firing == Firing.AT_EVERY_SPIKE && !sameBounds) {
            refusals.add(
                    "neurons that fire once a step, and the chip's own rule is to fire at every spike; a layer made for"
                            + " it says so by bounds of " + NeuronWord.LEAST_CORE + " and " + NeuronWord.MOST_CORE);
        } else if (!sameBounds) {
            addBounds(layer, neurons, refusals);
        }
    }

    /** A membrane must stay clear of the chip's bounds, and of the layer's own, whatever comes in. */
    private static void addBounds(SynapseLayer layer, SynapseLayer.Neurons neurons, List<String> refusals) {
        int least = Math.max(neurons.least(), NeuronWord.LEAST_CORE);
        int most = Math.min(neurons.most(), NeuronWord.MOST_CORE);
        for (int n = 0; n < layer.outputs(); n++) {
            int up = 0;
            int down = 0;
            for (int i = 0; i < layer.inputs(); i++) {
                int weight = layer.weights()[i * layer.outputs() + n];
                up += Math.max(weight, 0);
                down -= Math.min(weight, 0);
            }
            // what does not fire is below its threshold; what is below 0 leaks back toward it after every step
            boolean above = Math.max(neurons.threshold()[n] - 1, 0) + up > most;
            long net = Math.max(down - neurons.leak()[n], 0);
            boolean below = net > 0 && neurons.steps() == 0 || -(down + net * (neurons.steps() - 1L)) < least;
            if (above || below) {
                refusals.add("output " + n + " can leave " + least + ".." + most
                        + ", where the chip's membranes stop; a layer whose membranes may stop there says so by bounds"
                        + " of "
                        + NeuronWord.LEAST_CORE + " and " + NeuronWord.MOST_CORE);
                return;
            }
        }
    }

    /** The words at rest. {@link Firing#ONCE_A_STEP} keeps thresholds out of reach until a step's spikes are in. */
    static NeuronWord[] words(SynapseLayer layer, Firing firing) {
        SynapseLayer.Neurons neurons = layer.neurons().orElseThrow();
        NeuronWord[] words = new NeuronWord[layer.outputs()];
        int lifted = firing == Firing.ONCE_A_STEP ? NeuronWord.NEVER : 0;
        for (int n = 0; n < words.length; n++) {
            words[n] = new NeuronWord(0, neurons.threshold()[n] | lifted, neurons.leak()[n], false);
        }
        return words;
    }
}
