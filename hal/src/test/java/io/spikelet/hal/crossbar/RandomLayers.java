package io.spikelet.hal.crossbar;

import io.spikelet.hal.coprocessor.SynapseLayer;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Layers and inputs by seed, their integer sums, and how far a crossbar is from these. */
final class RandomLayers {
    private RandomLayers() {}

    /** Normal weights of deviation 40, clipped to int8. */
    static SynapseLayer normal(int inputs, int outputs, int mostInput, long seed) {
        Random random = new Random(seed);
        byte[] weights = new byte[inputs * outputs];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (byte) Math.clamp(Math.round(random.nextGaussian() * 40), -128, 127);
        }
        return new SynapseLayer("dense", inputs, outputs, weights, mostInput, Optional.empty());
    }

    /** About a third of the values are not 0. */
    static int[] inputs(SynapseLayer layer, int samples, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, samples * layer.inputs())
                .map(k -> random.nextInt(3) == 0 ? 1 + random.nextInt(layer.mostInput()) : 0)
                .toArray();
    }

    static int[] sample(SynapseLayer layer, int[] inputs, int k) {
        return java.util.Arrays.copyOfRange(inputs, k * layer.inputs(), (k + 1) * layer.inputs());
    }

    static int[] sums(SynapseLayer layer, int[] input) {
        int[] sums = new int[layer.outputs()];
        for (int i = 0; i < layer.inputs(); i++) {
            for (int j = 0; j < layer.outputs(); j++) {
                sums[j] += input[i] * layer.weights()[i * layer.outputs() + j];
            }
        }
        return sums;
    }

    static Crossbar programmed(String setup, SynapseLayer layer) {
        Crossbar crossbar = new Crossbar("crossbar0", CrossbarPresets.parse(setup));
        crossbar.program(crossbar.plan(layer));
        return crossbar;
    }

    /** Root of the mean square of what column sums are off, over the samples, in weight LSBs. */
    static double error(Crossbar crossbar, SynapseLayer layer, int[] inputs) {
        int samples = inputs.length / layer.inputs();
        int[] found = new int[layer.outputs()];
        double square = 0;
        for (int k = 0; k < samples; k++) {
            int[] input = sample(layer, inputs, k);
            crossbar.step(input, found);
            int[] expected = sums(layer, input);
            for (int j = 0; j < found.length; j++) {
                square += Math.pow((double) found[j] - expected[j], 2);
            }
        }
        return Math.sqrt(square / samples / layer.outputs());
    }
}
