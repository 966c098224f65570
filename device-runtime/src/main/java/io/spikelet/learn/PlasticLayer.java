package io.spikelet.learn;

import io.spikelet.engine.Engine.Plastic;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Bounds;
import java.nio.ByteBuffer;

/**
 * One dense layer that learns: traces of its inputs, gradient accumulators, shadow weights. Weights are measured in
 * thresholds of the neuron that they drive: a weight LSB is {@code gain / threshold}. Memory does not depend on T.
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

    /** Whether the layer reads the network's input, which OTTT takes as it is, without a trace. */
    private final boolean readsInput;

    /** (inputs) Q21.10. */
    private final int[] trace;

    /** (inputs) whether the trace was ever above 0 in this sample. */
    private final boolean[] touched;

    /** (inputs, outputs) Q17.14, summed over the steps of a sample. */
    private final int[] gradient;

    /** (outputs) Q16.15. */
    private final int[] biasGradient;

    /** (inputs, outputs) weight LSBs · 2^8. */
    private final short[] shadow;

    /** (outputs) this step's g = error · ψ, Q16.15. */
    final int[] postFactor;

    private final long[] reciprocal;

    /** (outputs) shadow LSBs for a gradient of 1.0, · 2^10. */
    private final long[] rate;

    /** (outputs) bias LSBs for a gradient of 1.0, · 2^10. */
    private final long[] biasRate;

    /** (outputs) a weight LSB in thresholds, · 2^30. */
    private final long[] scale;

    private final int[] biasMaximum;
    private final byte[] trainedWeights;
    private final int[] trainedBias;

    PlasticLayer(Plastic plastic, double learningRate, boolean readsInput) {
        this.plastic = plastic;
        this.readsInput = readsInput;
        outputs = plastic.bias().length;
        inputs = plastic.weights().length / outputs;
        trace = new int[inputs];
        touched = new boolean[inputs];
        gradient = new int[inputs * outputs];
        biasGradient = new int[outputs];
        shadow = new short[inputs * outputs];
        postFactor = new int[outputs];
        reciprocal = new long[outputs];
        rate = new long[outputs];
        biasRate = new long[outputs];
        scale = new long[outputs];
        biasMaximum = new int[outputs];
        trainedWeights = plastic.weights().clone();
        trainedBias = plastic.bias().clone();
        for (int o = 0; o < outputs; o++) {
            double threshold = plastic.threshold()[o];
            double gain = plastic.gain()[o];
            reciprocal[o] = Surrogate.reciprocal(plastic.threshold()[o]);
            rate[o] = (long) StrictMath.rint(learningRate * threshold / gain * (1L << SHADOW_BITS + RATE_BITS));
            biasRate[o] = (long) StrictMath.rint(learningRate * threshold * (1L << RATE_BITS));
            scale[o] = (long) StrictMath.rint(gain / threshold * (1L << SCALE_BITS));
            biasMaximum[o] = Bounds.learnedBiasMaximum(trainedBias[o], plastic.threshold()[o]);
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
        int leak = readsInput ? 0 : plastic.leak()[0];
        for (int t = 0; t < timeSteps; t++) {
            worstTrace = (leak * worstTrace >> Q15.BITS) + ((long) sourceMaximum << TRACE_BITS);
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
    void trace(int[] presynaptic) {
        int leak = readsInput ? 0 : plastic.leak()[0];
        for (int i = 0; i < inputs; i++) {
            int updated = Q15.leak(leak, trace[i]) + (presynaptic[i] << TRACE_BITS);
            trace[i] = updated;
            if (updated != 0 && !touched[i]) {
                touched[i] = true;
                java.util.Arrays.fill(gradient, i * outputs, (i + 1) * outputs, 0);
            }
        }
    }

    /** {@code g = error · ψ(membrane)} for neurons that a spatial error reaches (equation L3). */
    void postFactor(int o, long error, int[] membrane) {
        int threshold = plastic.threshold()[o];
        int slope = Surrogate.slope(membrane[o] - threshold, reciprocal[o], threshold);
        postFactor[o] = (int) Math.clamp(error * slope >> Q15.BITS, -POST_FACTOR_MAXIMUM, POST_FACTOR_MAXIMUM);
    }

    /** {@code ∇W += g·â, ∇b += g} (equation L4). */
    void accumulate() {
        for (int o = 0; o < outputs; o++) {
            biasGradient[o] += postFactor[o];
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

    /** {@code W ← W − η·∇W}, stochastically rounded into the shadow weights (equation L6). */
    void update(SeededRandom random) {
        byte[] weights = plastic.weights();
        for (int i = 0; i < inputs; i++) {
            if (!touched[i]) {
                continue;
            }
            int row = i * outputs;
            for (int o = 0; o < outputs; o++) {
                int slope = gradient[row + o];
                if (slope != 0) {
                    long step = random.roundedShift(slope * rate[o], GRADIENT_BITS + RATE_BITS);
                    int limit = Bounds.WEIGHT_MAXIMUM << SHADOW_BITS;
                    int updated = Math.clamp(shadow[row + o] - step, -limit, limit);
                    shadow[row + o] = (short) updated;
                    weights[row + o] = rounded(updated);
                }
            }
        }
        for (int o = 0; o < outputs; o++) {
            long step = random.roundedShift(biasGradient[o] * biasRate[o], Q15.BITS + RATE_BITS);
            plastic.bias()[o] = Math.clamp(plastic.bias()[o] - step, -biasMaximum[o], biasMaximum[o]);
        }
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
