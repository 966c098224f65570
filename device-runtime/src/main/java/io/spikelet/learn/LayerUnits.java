package io.spikelet.learn;

import io.spikelet.engine.Engine.Plastic;
import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.model.Bounds;

/**
 * What gradients of 1.0 are worth in one dense layer. Weights are measured in what stands for 1.0 in the neuron that they
 * drive, its threshold or the unit of its potential: a weight LSB is {@code gain / one}.
 */
final class LayerUnits {
    /** A rate of 1 is 2^10 of what it moves. */
    static final int RATE_BITS = 10;

    static final int SCALE_BITS = 30;

    /** (outputs) shadow LSBs for a gradient of 1.0, · 2^10. */
    final long[] rate;

    /** (outputs) bias LSBs for a gradient of 1.0, · 2^10. */
    final long[] biasRate;

    /** (outputs) a weight LSB in units of 1.0, · 2^30. */
    final long[] scale;

    /** (outputs) what a learned bias is clamped to. */
    final int[] biasMaximum;

    /**
     * @param one (outputs) membrane LSBs that stand for 1.0
     * @param inputOne what stands for 1.0 in an input
     */
    LayerUnits(Plastic plastic, int[] one, int inputOne, double learningRate) {
        int outputs = one.length;
        rate = new long[outputs];
        biasRate = new long[outputs];
        scale = new long[outputs];
        biasMaximum = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            double unit = one[o];
            double gain = plastic.gain()[o];
            rate[o] = (long) StrictMath.rint(
                    learningRate * unit / (gain * inputOne) * (1L << RowArithmetic.SHADOW_BITS + RATE_BITS));
            biasRate[o] = (long) StrictMath.rint(learningRate * unit * (1L << RATE_BITS));
            scale[o] = (long) StrictMath.rint(gain / unit * (1L << SCALE_BITS));
            biasMaximum[o] = Bounds.learnedBiasMaximum(plastic.bias()[o], one[o]);
        }
    }

    /** Whether every rate and scale fits 31 bits. */
    boolean isBounded() {
        long worst = 0;
        for (int o = 0; o < rate.length; o++) {
            worst = Math.max(worst, Math.max(scale[o], Math.max(rate[o], biasRate[o])));
        }
        return worst <= Integer.MAX_VALUE;
    }
}
