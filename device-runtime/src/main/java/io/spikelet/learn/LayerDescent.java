package io.spikelet.learn;

import io.spikelet.engine.Engine.Plastic;
import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.engine.rows.RowDescent;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Changes the weights and biases of one dense layer by the steps that {@link PlasticLayer} recorded (equations L4 and L6): a
 * block is worked off row by row, and no gradient of a weight is kept.
 */
final class LayerDescent {
    /** A step times 2^35 is trace · post factor · rate. */
    private static final int STEP_BITS = SynapseTrace.BITS + Q15.BITS + LayerUnits.RATE_BITS;

    /** Steps and the random bits that round them are each below 2^30, so that their sum fits an int. */
    static final int SUM_BITS = 30;

    private final Plastic plastic;
    private final LayerUnits units;
    private final int inputs;
    private final int outputs;

    /** (inputs, outputs) the weights that serve, or where a sample may have more steps than a block, those that will. */
    private final byte[] weights;

    private final ShadowWeights shadow;

    /** (inputs) rows that moved within the sample. */
    private final boolean[] moved;

    /** (steps, outputs) post factor · rate. */
    private final BlockFactors factors;

    private final RowDescent descent;

    /** (outputs) rates at the pace of the present sample. */
    private final long[] paced;

    private final int[] imageBias;

    /**
     * @param image the layer's weights in the image's order
     * @param noise of {@link RoundingNoise}
     * @param blockSteps that one update works off at most
     * @param traceBits of the traces of one input, summed over those steps
     * @param waits whether weights may serve while others of the same sample are still to come
     */
    LayerDescent(
            Plastic plastic,
            LayerUnits units,
            ConvGeometry geometry,
            byte[] image,
            int[] noise,
            int blockSteps,
            int traceBits,
            boolean waits) {
        this.plastic = plastic;
        this.units = units;
        inputs = geometry.inputs();
        outputs = geometry.outChannels();
        weights = waits ? plastic.weights().clone() : plastic.weights();
        shadow = new ShadowWeights(weights, geometry, image);
        moved = new boolean[inputs];
        factors = new BlockFactors(
                blockSteps * outputs, Math.clamp(SUM_BITS - traceBits, 1, Q15.BITS), STEP_BITS - SUM_BITS);
        descent = shadow.descent(factors.value, noise);
        paced = new long[outputs];
        imageBias = plastic.bias().clone();
        reset();
    }

    /** Back to the weights that came with the image. */
    void reset() {
        shadow.reset();
        serve();
        System.arraycopy(imageBias, 0, plastic.bias(), 0, outputs);
        Arrays.fill(moved, false);
    }

    private void serve() {
        if (weights != plastic.weights()) {
            System.arraycopy(weights, 0, plastic.weights(), 0, weights.length);
        }
    }

    /**
     * {@code W ← W − η·g·âᵀ} of one outer product, for inputs that are the same at every step.
     *
     * @param trace (inputs) Q21.10
     * @param post (outputs) post factors, summed over the sample
     */
    void descend(RowArithmetic rows, int[] trace, int[] post, SeededRandom random, int pace) {
        if (isPrepared(post, 1, pace)) {
            for (int i = 0; i < inputs; i++) {
                descent.factor[0] = trace[i];
                descent.from[0] = 0;
                descent.count = trace[i] == 0 ? 0 : 1;
                descendRow(rows, i, random);
            }
        }
    }

    /** {@code W ← W − η·Σ_t g·â} of the recorded steps, into the shadow weights with stochastic rounding. */
    void descend(RowArithmetic rows, StepRecord record, SeededRandom random, int pace) {
        if (isPrepared(record.postFactor, record.steps, pace)) {
            for (int i = 0; i < inputs; i++) {
                find(record, i);
                descendRow(rows, i, random);
            }
        }
    }

    /** @return false where no post factor moves anything */
    private boolean isPrepared(int[] post, int steps, int pace) {
        for (int o = 0; o < outputs; o++) {
            paced[o] = units.rate[o] * pace >> Q15.BITS;
        }
        factors.share(post, paced, steps);
        descent.fraction = STEP_BITS - factors.exponent();
        return !factors.isZero();
    }

    /** Those of the steps at which a row's trace is not 0. */
    private void find(StepRecord record, int i) {
        int count = 0;
        for (int t = 0; t < record.steps; t++) {
            int presynapse = record.trace[t * inputs + i];
            descent.factor[count] = presynapse;
            descent.from[count] = t * outputs;
            count += presynapse == 0 ? 0 : 1;
        }
        descent.count = count;
    }

    private void descendRow(RowArithmetic rows, int i, SeededRandom random) {
        if (descent.count > 0) {
            long drawn = random.next(Long.SIZE - 1);
            int from = (int) (drawn >>> Integer.SIZE) & RoundingNoise.OFFSETS - 1;
            rows.descend(descent, i * outputs, from, (int) drawn);
            moved[i] = true;
        }
    }

    /**
     * Ends a sample: what waited serves, and the bias follows.
     *
     * @param biasGradient (outputs) Q16.15
     */
    void publish(int[] biasGradient, SeededRandom random, int pace) {
        if (weights != plastic.weights()) {
            for (int i = 0; i < inputs; i++) {
                if (moved[i]) {
                    System.arraycopy(weights, i * outputs, plastic.weights(), i * outputs, outputs);
                    moved[i] = false;
                }
            }
        }
        int[] bias = plastic.bias();
        for (int o = 0; o < outputs; o++) {
            long step = random.roundedShift(
                    biasGradient[o] * (units.biasRate[o] * pace >> Q15.BITS), Q15.BITS + LayerUnits.RATE_BITS);
            bias[o] = Math.clamp(bias[o] - step, -units.biasMaximum[o], units.biasMaximum[o]);
        }
    }

    /** (outputs, inputs) how far each weight is from the image's, 2^−8 weight LSBs. */
    int[] changes() {
        int[] changes = new int[weights.length];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                changes[o * inputs + i] = shadow.of(i * outputs + o);
            }
        }
        return changes;
    }

    int stateBytes() {
        return shadow.stateBytes() + outputs * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        shadow.save(into);
        for (int bias : plastic.bias()) {
            into.putInt(bias);
        }
    }

    /** @return false when a stored value is beyond its bound; nothing is promised of the layer then */
    boolean restore(ByteBuffer from) {
        if (!shadow.restore(from)) {
            return false;
        }
        serve();
        for (int o = 0; o < outputs; o++) {
            int bias = from.getInt();
            if (Math.abs((long) bias) > units.biasMaximum[o]) {
                return false;
            }
            plastic.bias()[o] = bias;
        }
        return true;
    }
}
