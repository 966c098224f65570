package io.spikelet.learn;

import io.spikelet.engine.Engine.Plastic;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Bounds;
import java.nio.ByteBuffer;

/**
 * One dense layer that learns: traces of its inputs, gradient accumulators, shadow weights. Weights are measured in what
 * stands for 1.0 in the neuron that they drive, its threshold or the unit of its potential: a weight LSB is {@code gain /
 * one}. Memory does not depend on T.
 */
final class PlasticLayer {
    /** A trace of 1.0 is 2^10. */
    private static final int TRACE_BITS = 10;

    /** A gradient accumulator of 1.0 is 2^14. */
    static final int GRADIENT_BITS = 14;

    private static final int PRODUCT_SHIFT = Q15.BITS + TRACE_BITS - GRADIENT_BITS;

    /** A shadow weight LSB is 2^−8 of a weight LSB. */
    private static final int SHADOW_BITS = 8;

    /** Gradients are clipped at 4.0, Q16.15. */
    private static final long POST_FACTOR_MAXIMUM = 4L << Q15.BITS;

    private static final int RATE_BITS = 10;
    private static final int SCALE_BITS = 30;

    private final Plastic plastic;
    private final int inputs;
    private final int outputs;

    private final Presynaptic presynaptic;

    /** Whether the driven neurons fire; else their membranes are the output, whose error needs no slope. */
    private final boolean fires;

    /** (outputs) membrane LSBs that stand for 1.0. */
    private final int[] one;

    /** What stands for 1.0 in an input: 1 for spikes, the largest value for the network's input. */
    private final int inputOne;

    /** (inputs) Q21.10. */
    private final int[] trace;

    /** (inputs) whether the trace was ever above 0 in this sample. */
    private final boolean[] touched;

    /** (inputs, outputs) Q17.14, summed over the steps of a sample; null where inputs are constant. */
    private final int[] gradient;

    /** (outputs) Q16.15. */
    private final int[] biasGradient;

    /** (inputs, outputs) weight LSBs · 2^8. */
    private final short[] shadow;

    /** (outputs) this step's g = error · ψ, Q16.15. */
    final int[] postFactor;

    /** (outputs) for {@link Surrogate}; 0 where neurons do not fire. */
    private final long[] reciprocal;

    /** (outputs) shadow LSBs for a gradient of 1.0, · 2^10. */
    private final long[] rate;

    /** (outputs) the same at the pace of the present sample. */
    private final long[] paced;

    /** (outputs) bias LSBs for a gradient of 1.0, · 2^10. */
    private final long[] biasRate;

    /** (outputs) a weight LSB in units of 1.0, · 2^30. */
    private final long[] scale;

    private final int[] biasMaximum;
    private final byte[] trainedWeights;
    private final int[] trainedBias;

    /**
     * @param one (outputs) membrane LSBs that stand for 1.0
     * @param inputOne what stands for 1.0 in an input
     */
    PlasticLayer(
            Plastic plastic, int[] one, boolean fires, double learningRate, Presynaptic presynaptic, int inputOne) {
        this.plastic = plastic;
        this.one = one;
        this.fires = fires;
        this.presynaptic = presynaptic;
        this.inputOne = inputOne;
        outputs = plastic.bias().length;
        inputs = plastic.weights().length / outputs;
        trace = new int[inputs];
        touched = new boolean[inputs];
        gradient = presynaptic == Presynaptic.CONSTANT ? null : new int[inputs * outputs];
        biasGradient = new int[outputs];
        shadow = new short[inputs * outputs];
        postFactor = new int[outputs];
        reciprocal = new long[outputs];
        rate = new long[outputs];
        paced = new long[outputs];
        biasRate = new long[outputs];
        scale = new long[outputs];
        biasMaximum = new int[outputs];
        trainedWeights = plastic.weights().clone();
        trainedBias = plastic.bias().clone();
        for (int o = 0; o < outputs; o++) {
            double unit = one[o];
            double gain = plastic.gain()[o];
            reciprocal[o] = fires ? Surrogate.reciprocal(one[o]) : 0;
            rate[o] = (long) StrictMath.rint(learningRate * unit / (gain * inputOne) * (1L << SHADOW_BITS + RATE_BITS));
            biasRate[o] = (long) StrictMath.rint(learningRate * unit * (1L << RATE_BITS));
            scale[o] = (long) StrictMath.rint(gain / unit * (1L << SCALE_BITS));
            biasMaximum[o] = Bounds.learnedBiasMaximum(trainedBias[o], one[o]);
        }
        reset();
    }

    /**
     * Whether no gradient accumulator can overflow: the worst trace, met by the clipped post factor at every step.
     *
     * @param sourceMaximum the declared maximum of the layer's inputs
     */
    boolean isBounded(int sourceMaximum, int timeSteps) {
        long worstTrace = 0;
        long sum = 0;
        int leak = presynaptic == Presynaptic.TRACE ? plastic.leak()[0] : 0;
        for (int t = 0; t < timeSteps; t++) {
            worstTrace =
                    (leak * worstTrace >> Q15.BITS) + (((long) sourceMaximum << TRACE_BITS) + inputOne / 2) / inputOne;
            sum += (POST_FACTOR_MAXIMUM * worstTrace >> PRODUCT_SHIFT) + 1;
        }
        long worstRate = 0;
        long worstScale = 0;
        for (int o = 0; o < outputs; o++) {
            worstRate = Math.max(worstRate, Math.max(rate[o], biasRate[o]));
            worstScale = Math.max(worstScale, scale[o]);
        }
        return sum <= Integer.MAX_VALUE && worstRate <= Integer.MAX_VALUE && worstScale <= Integer.MAX_VALUE;
    }

    /** Back to the weights that came with the image. */
    void reset() {
        System.arraycopy(trainedWeights, 0, plastic.weights(), 0, trainedWeights.length);
        System.arraycopy(trainedBias, 0, plastic.bias(), 0, trainedBias.length);
        for (int i = 0; i < shadow.length; i++) {
            shadow[i] = (short) (trainedWeights[i] << SHADOW_BITS);
        }
    }

    void beginSample() {
        java.util.Arrays.fill(trace, 0);
        java.util.Arrays.fill(touched, false);
        java.util.Arrays.fill(biasGradient, 0);
    }

    /** {@code â ← λ·â + s} (equation L1), the leak rounded toward zero so that every trace reaches 0. */
    void trace(int[] active) {
        int leak = presynaptic == Presynaptic.TRACE ? plastic.leak()[0] : 0;
        for (int i = 0; i < inputs; i++) {
            int updated = Q15.leak(leak, trace[i]) + ((active[i] << TRACE_BITS) + inputOne / 2) / inputOne;
            trace[i] = updated;
            if (updated != 0 && !touched[i]) {
                touched[i] = true;
                if (gradient != null) {
                    java.util.Arrays.fill(gradient, i * outputs, (i + 1) * outputs, 0);
                }
            }
        }
    }

    /** {@code g = error · ψ(membrane)}, or the error itself where the membrane is the output (equation L3). */
    void postFactor(int o, long error, int[] membrane) {
        if (!fires) {
            postFactor[o] = (int) Math.clamp(error, -POST_FACTOR_MAXIMUM, POST_FACTOR_MAXIMUM);
            return;
        }
        int threshold = one[o];
        int slope = Surrogate.slope(membrane[o] - threshold, reciprocal[o], threshold);
        postFactor[o] = (int) Math.clamp(error * slope >> Q15.BITS, -POST_FACTOR_MAXIMUM, POST_FACTOR_MAXIMUM);
    }

    /** {@code ∇W += g·â, ∇b += g} (equation L4). */
    void accumulate() {
        for (int o = 0; o < outputs; o++) {
            biasGradient[o] += postFactor[o];
        }
        if (gradient == null) {
            return;
        }
        for (int i = 0; i < inputs; i++) {
            if (trace[i] != 0) {
                long presynaptic = trace[i];
                int row = i * outputs;
                for (int o = 0; o < outputs; o++) {
                    gradient[row + o] += (int) (postFactor[o] * presynaptic >> PRODUCT_SHIFT);
                }
            }
        }
    }

    /** The error at one input, {@code Σ_o W[o][i]·g[o]}, Q16.15 (equation L5). */
    long errorAtInput(int i) {
        long sum = 0;
        int row = i * outputs;
        byte[] weights = plastic.weights();
        for (int o = 0; o < outputs; o++) {
            // |weight| < 2^7, scale < 2^31, |postFactor| ≤ 2^17: a term is below 2^35, and a sum of 2^22 of them below
            // 2^57.
            sum += (weights[row + o] * scale[o] >> 10) * postFactor[o] >> 10;
        }
        return sum >> SCALE_BITS - 20;
    }

    /**
     * {@code W ← W − η·∇W}, stochastically rounded into the shadow weights (equation L6).
     *
     * @param pace what of η is used, Q1.15
     */
    void update(SeededRandom random, int pace) {
        for (int o = 0; o < outputs; o++) {
            paced[o] = rate[o] * pace >> Q15.BITS;
        }
        byte[] weights = plastic.weights();
        for (int i = 0; i < inputs; i++) {
            if (!touched[i]) {
                continue;
            }
            int row = i * outputs;
            for (int o = 0; o < outputs; o++) {
                long slope = gradient == null ? outer(o, i) : gradient[row + o];
                if (slope != 0) {
                    long step = random.roundedShift(slope * paced[o], GRADIENT_BITS + RATE_BITS);
                    int limit = Bounds.WEIGHT_MAXIMUM << SHADOW_BITS;
                    int updated = Math.clamp(shadow[row + o] - step, -limit, limit);
                    shadow[row + o] = (short) updated;
                    weights[row + o] = rounded(updated);
                }
            }
        }
        for (int o = 0; o < outputs; o++) {
            long slope = biasGradient[o];
            long step = random.roundedShift(slope * (biasRate[o] * pace >> Q15.BITS), Q15.BITS + RATE_BITS);
            plastic.bias()[o] = Math.clamp(plastic.bias()[o] - step, -biasMaximum[o], biasMaximum[o]);
        }
    }

    /** {@code x_i · Σ_t g_o[t]}, Q17.14: the gradient where an input is the same at every step. */
    private long outer(int o, int i) {
        return (long) biasGradient[o] * trace[i] >> PRODUCT_SHIFT;
    }

    private static byte rounded(int shadowWeight) {
        return (byte) (shadowWeight + (1 << SHADOW_BITS - 1) >> SHADOW_BITS);
    }

    int stateBytes() {
        return shadow.length * Short.BYTES + outputs * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        for (short weight : shadow) {
            into.putShort(weight);
        }
        for (int bias : plastic.bias()) {
            into.putInt(bias);
        }
    }

    /** @return false when a stored value is beyond its bound; nothing is promised of the layer then */
    boolean restore(ByteBuffer from) {
        int limit = Bounds.WEIGHT_MAXIMUM << SHADOW_BITS;
        for (int i = 0; i < shadow.length; i++) {
            short weight = from.getShort();
            if (Math.abs(weight) > limit) {
                return false;
            }
            shadow[i] = weight;
            plastic.weights()[i] = rounded(weight);
        }
        for (int o = 0; o < outputs; o++) {
            int bias = from.getInt();
            if (Math.abs((long) bias) > biasMaximum[o]) {
                return false;
            }
            plastic.bias()[o] = bias;
        }
        return true;
    }

    int neuron() {
        return plastic.neuron();
    }

    int source() {
        return plastic.source();
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    byte[] weights() {
        return plastic.weights();
    }

    int[] bias() {
        return plastic.bias();
    }
}
