package io.spikelet.learn;

import io.spikelet.engine.Engine;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/**
 * Backpropagation through rectified sums of the same weights, on the rates of a sample's spikes, with the error of the
 * spiking output in place of the sums' own (equation L16; proxy learning, arXiv 2109.13208).
 */
final class ProxyPass {
    private final Engine engine;
    private final int population;

    /** From the input side to the output side. */
    private final PlasticSynapses[] layers;

    /** (inputs) of the first layer, over the steps so far. */
    private final long[] counts;

    /** (outputs) over the steps so far. */
    private final long[] outputCounts;

    /** (layers) (inputs) rectified sums, Q21.10; of the first layer its rates. */
    private final int[][] sums;

    /** (layers) (outputs) Q16.15. */
    private final int[][] factors;

    /** (layers) (inputs) Q.15; null for the first layer. */
    private final long[][] errors;

    private final int inputOne;

    private ProxyPass(Engine engine, PlasticSynapses[] layers, int population, int inputOne) {
        this.engine = engine;
        this.layers = layers;
        this.population = population;
        this.inputOne = inputOne;
        counts = new long[layers[0].geometry.inputs()];
        sums = new int[layers.length][];
        factors = new int[layers.length][];
        errors = new long[layers.length][];
        for (int k = 0; k < layers.length; k++) {
            sums[k] = new int[layers[k].geometry.inputs()];
            factors[k] = new int[layers[k].geometry.outChannels()];
            errors[k] = k == 0 ? null : new long[sums[k].length];
        }
        outputCounts = new long[factors[layers.length - 1].length];
    }

    static ProxyPass of(SpikingNetwork network, Engine engine, PlasticSynapses[] layers) throws NotLearnableException {
        if (network.readout().kind() != Readout.Kind.COUNT) {
            throw new NotLearnableException("PROXY takes its error from counts of spikes, which this readout has not");
        }
        int expected = network.layers().size() - 1;
        for (int k = layers.length - 1; k >= 0; k--) {
            if (layers[k].neurons.layer != expected) {
                throw new NotLearnableException("layers that learn by PROXY must form a chain that ends at the output;"
                        + " layer " + layers[k].index + " does not");
            }
            expected = layers[k].plastic.source();
        }
        int source = layers[0].plastic.source();
        int one = source == 0 ? network.input().output().maximum() : 1;
        return new ProxyPass(engine, layers, network.readout().population(), one);
    }

    void beginSample() {
        Arrays.fill(counts, 0);
        Arrays.fill(outputCounts, 0);
    }

    void step() {
        add(engine.values(layers[0].plastic.source()), counts);
        add(engine.values(layers[layers.length - 1].neurons.layer), outputCounts);
    }

    private static void add(int[] values, long[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += values[i];
        }
    }

    /** @param steps that were run */
    void learn(int label, int steps) {
        int last = layers.length - 1;
        for (int i = 0; i < counts.length; i++) {
            sums[0][i] = (int) ((counts[i] << SynapseTrace.BITS) / ((long) steps * inputOne));
        }
        for (int k = 0; k < last; k++) {
            for (int o = 0; o < sums[k + 1].length; o++) {
                sums[k + 1][o] = (int) Math.min(layers[k].rectifiedSum(o, sums[k]), Short.MAX_VALUE);
            }
        }
        for (int o = 0; o < outputCounts.length; o++) {
            long wanted = o / population == label ? Q15.ONE : 0;
            factors[last][o] = (int) ((outputCounts[o] << Q15.BITS) / steps - wanted);
        }
        for (int k = last; k > 0; k--) {
            back(k);
        }
        for (int k = 0; k <= last; k++) {
            layers[k].learnFrom(sums[k], factors[k]);
        }
    }

    /** The mask is that of the rectified sums. */
    private void back(int k) {
        PlasticSynapses layer = layers[k];
        System.arraycopy(factors[k], 0, layer.neurons.postFactor, 0, factors[k].length);
        Arrays.fill(errors[k], 0);
        layer.passBack(errors[k]);
        long clip = layer.neurons.clip();
        for (int i = 0; i < sums[k].length; i++) {
            factors[k - 1][i] = sums[k][i] > 0 ? (int) Math.clamp(errors[k][i], -clip, clip) : 0;
        }
    }
}
