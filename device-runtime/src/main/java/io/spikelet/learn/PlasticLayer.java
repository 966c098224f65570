package io.spikelet.learn;

import io.spikelet.engine.Engine.Plastic;
import io.spikelet.engine.rows.NeuronArithmetic;
import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.engine.rows.RowDescent;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Bounds;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One dense layer that learns: traces of its inputs, slopes of the neurons it drives, shadow weights. Weights are measured
 * in what stands for 1.0 in the neuron that they drive, its threshold or the unit of its potential: a weight LSB is {@code
 * gain / one}. No gradient is kept: a block of steps is worked off row by row, and memory does not depend on T.
 */
final class PlasticLayer {
    /** A trace of 1.0 is 2^10. */
    private static final int TRACE_BITS = 10;

    private static final int SHADOW_LIMIT = Bounds.WEIGHT_MAXIMUM << RowArithmetic.SHADOW_BITS;

    /** Post factors are clipped at 4.0, Q16.15. */
    private static final long POST_FACTOR_MAXIMUM = 4L << Q15.BITS;

    /** The coarsest threshold that surrogate slopes are found for, in membrane LSBs. */
    private static final int MOST_ONE = 1 << 28;

    private static final int RATE_BITS = 10;
    private static final int SCALE_BITS = 30;

    /** A step times 2^35 is trace · post factor · rate. */
    private static final int STEP_BITS = TRACE_BITS + Q15.BITS + RATE_BITS;

    /** Steps and the random bits that round them are each below 2^30, so that their sum fits an int. */
    private static final int SUM_BITS = 30;

    private final Plastic plastic;
    private RowArithmetic rows;
    private final int inputs;
    private final int outputs;
    private final Presynaptic presynaptic;

    /** Whether the driven neurons fire; else their membranes are the output, whose error needs no slope. */
    private final boolean fires;

    /** (outputs) membrane LSBs that stand for 1.0. */
    private final int[] one;

    /** What stands for 1.0 in an input: 1 for spikes, the largest value for the network's input. */
    private final int inputOne;

    private final StepRecord record;

    /** (inputs) Q21.10, of the latest step. */
    private final int[] trace;

    /** (outputs) Q16.15, over the steps of a sample. */
    private final int[] biasGradient;

    /** (inputs, outputs) the weights that serve, or where a sample may have more steps than a block, those that will. */
    private final byte[] weights;

    /** (inputs, outputs) what the rounding of a shadow weight left. */
    private final byte[] rest;

    /** (inputs) rows that moved within the sample. */
    private final boolean[] moved;

    /** (steps, outputs) post factor · rate. */
    private final BlockFactors factors;

    /** (steps, outputs) post factor · scale. */
    private final BlockFactors back;

    /** (steps) at one input. */
    private final int[] error = new int[RowDescent.STEPS];

    private final RowDescent descent;

    /** Of the driven neurons; null where they do not fire. */
    private final Surrogate surrogate;

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
     * @param noise of {@link RoundingNoise}
     * @param inputOne what stands for 1.0 in an input
     * @param sourceMaximum the declared maximum of the layer's inputs
     */
    PlasticLayer(
            Plastic plastic,
            RowArithmetic rows,
            NeuronArithmetic neurons,
            int[] one,
            boolean fires,
            int[] noise,
            double learningRate,
            Presynaptic presynaptic,
            int inputOne,
            int sourceMaximum,
            int timeSteps) {
        this.plastic = plastic;
        this.rows = rows;
        this.one = one;
        this.fires = fires;
        this.presynaptic = presynaptic;
        this.inputOne = inputOne;
        outputs = plastic.bias().length;
        inputs = plastic.weights().length / outputs;
        boolean constant = presynaptic == Presynaptic.CONSTANT;
        record = new StepRecord(constant ? 0 : inputs, outputs);
        trace = new int[inputs];
        biasGradient = new int[outputs];
        weights = timeSteps > RowDescent.STEPS ? plastic.weights().clone() : plastic.weights();
        rest = new byte[inputs * outputs];
        moved = new boolean[inputs];
        surrogate = fires ? new Surrogate(one, neurons) : null;
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
            rate[o] = (long) StrictMath.rint(
                    learningRate * unit / (gain * inputOne) * (1L << RowArithmetic.SHADOW_BITS + RATE_BITS));
            biasRate[o] = (long) StrictMath.rint(learningRate * unit * (1L << RATE_BITS));
            scale[o] = (long) StrictMath.rint(gain / unit * (1L << SCALE_BITS));
            biasMaximum[o] = Bounds.learnedBiasMaximum(trainedBias[o], one[o]);
        }
        factors = new BlockFactors(
                (constant ? 1 : RowDescent.STEPS) * outputs,
                Math.clamp(SUM_BITS - bits(worstTraceSum(sourceMaximum, timeSteps)), 1, Q15.BITS),
                STEP_BITS - SUM_BITS);
        back = new BlockFactors(
                RowDescent.STEPS * outputs, Integer.SIZE - 1 - bits((long) Bounds.WEIGHT_MAXIMUM * outputs), 0);
        descent = new RowDescent(weights, rest, outputs, factors.value, noise, SHADOW_LIMIT);
        reset();
    }

    /** How many bits a value has. */
    private static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    private int mostOne() {
        return fires ? Arrays.stream(one).max().orElseThrow() : 0;
    }

    private long worstTrace(int sourceMaximum, int timeSteps) {
        long most = (((long) sourceMaximum << TRACE_BITS) + inputOne / 2) / inputOne;
        if (presynaptic != Presynaptic.TRACE) {
            return most;
        }
        long worst = 0;
        for (int t = 0; t < timeSteps && worst < Integer.MAX_VALUE; t++) {
            worst = (plastic.leak()[0] * worst >> Q15.BITS) + most;
        }
        return worst;
    }

    /** What the traces of one input can add up to in one block. */
    private long worstTraceSum(int sourceMaximum, int timeSteps) {
        int together = presynaptic == Presynaptic.CONSTANT ? 1 : Math.min(RowDescent.STEPS, timeSteps);
        return worstTrace(sourceMaximum, timeSteps) * together;
    }

    /**
     * Whether all that learning computes fits its integers with room for digits that matter.
     *
     * @param sourceMaximum the declared maximum of the layer's inputs
     */
    boolean isBounded(int sourceMaximum, int timeSteps) {
        long worstRate = 0;
        long worstScale = 0;
        for (int o = 0; o < outputs; o++) {
            worstRate = Math.max(worstRate, Math.max(rate[o], biasRate[o]));
            worstScale = Math.max(worstScale, scale[o]);
        }
        // A sum of constant inputs' post factors enters the block as one step.
        return mostOne() <= MOST_ONE
                && worstTrace(sourceMaximum, timeSteps) < 1L << Short.SIZE
                && bits(worstTraceSum(sourceMaximum, timeSteps)) <= SUM_BITS - Byte.SIZE
                && timeSteps * POST_FACTOR_MAXIMUM <= Integer.MAX_VALUE
                && worstRate <= Integer.MAX_VALUE
                && worstScale <= Integer.MAX_VALUE;
    }

    /** Back to the weights that came with the image. */
    void reset() {
        System.arraycopy(trainedWeights, 0, plastic.weights(), 0, trainedWeights.length);
        System.arraycopy(trainedBias, 0, plastic.bias(), 0, trainedBias.length);
        System.arraycopy(trainedWeights, 0, weights, 0, trainedWeights.length);
        Arrays.fill(rest, (byte) 0);
        Arrays.fill(moved, false);
    }

    /** Changes the loops, never a bit. */
    void use(RowArithmetic rows, NeuronArithmetic neurons) {
        this.rows = rows;
        if (surrogate != null) {
            surrogate.use(neurons);
        }
    }

    void beginSample() {
        Arrays.fill(trace, 0);
        Arrays.fill(biasGradient, 0);
        record.steps = 0;
    }

    /**
     * Records one step: {@code â ← λ·â + s} (equation L1), the leak rounded toward zero so that every trace reaches 0, and
     * the slopes {@code ψ} (equation L3).
     *
     * @param active (inputs) what the layer read
     * @param membrane (outputs) of the driven neurons before any reset
     */
    void record(int[] active, int[] membrane) {
        if (presynaptic == Presynaptic.TRACE) {
            rows.leak(plastic.leak()[0], trace, active, TRACE_BITS);
        } else {
            for (int i = 0; i < inputs; i++) {
                trace[i] = ((active[i] << TRACE_BITS) + inputOne / 2) / inputOne;
            }
        }
        if (presynaptic != Presynaptic.CONSTANT) {
            System.arraycopy(trace, 0, record.trace, record.steps * inputs, inputs);
        }
        if (fires) {
            surrogate.slopes(membrane, record.slope, record.steps * outputs);
        }
        record.steps++;
    }

    StepRecord steps() {
        return record;
    }

    /** {@code g = error · ψ}, or the error itself where the membrane is the output (equation L3), and {@code ∇b += g}. */
    void postFactor(int step, int o, long error) {
        int at = step * outputs + o;
        long g = fires ? error * record.slope[at] >> Q15.BITS : error;
        int clipped = (int) Math.clamp(g, -POST_FACTOR_MAXIMUM, POST_FACTOR_MAXIMUM);
        record.postFactor[at] = clipped;
        biasGradient[o] += clipped;
    }

    /**
     * The errors at the inputs, {@code Σ_o W[o][i]·g[o]} (equation L5), as post factors of the layer below, for each
     * recorded step.
     *
     * @param below drives the neurons whose spikes are this layer's inputs
     */
    void passBack(PlasticLayer below) {
        int count = record.steps;
        back.clear();
        // Products are below 2^17 · 2^31.
        share(back, record.postFactor, scale, count);
        int left = SCALE_BITS - back.exponent();
        for (int i = 0; i < inputs; i++) {
            rows.dots(plastic.weights(), i * outputs, back.value, count, outputs, error);
            for (int t = 0; t < count; t++) {
                long sum = error[t];
                below.postFactor(t, i, left > 0 ? sum + (1L << left - 1) >> left : sum << -left);
            }
        }
    }

    /**
     * {@code W ← W − η·Σ_t g·â} of the recorded steps (equations L4 and L6), into the shadow weights with stochastic
     * rounding; forgets the steps.
     *
     * @param pace what of η is used, Q1.15
     * @param last whether the sample ends, so that weights and bias follow
     */
    void update(SeededRandom random, int pace, boolean last) {
        boolean constant = presynaptic == Presynaptic.CONSTANT;
        int blocks = constant ? last ? 1 : 0 : record.steps;
        int[] post = constant ? biasGradient : record.postFactor;
        for (int o = 0; o < outputs; o++) {
            paced[o] = rate[o] * pace >> Q15.BITS;
        }
        share(factors, post, paced, blocks);
        if (!factors.isZero()) {
            descent.fraction = STEP_BITS - factors.exponent();
            for (int i = 0; i < inputs; i++) {
                find(i);
                if (descent.count > 0) {
                    long drawn = random.next(Long.SIZE - 1);
                    int from = (int) (drawn >>> Integer.SIZE) & RoundingNoise.OFFSETS - 1;
                    rows.descend(descent, i * outputs, from, (int) drawn);
                    moved[i] = true;
                }
            }
        }
        record.steps = 0;
        if (last) {
            publish(random, pace);
        }
    }

    /** {@code into[t, o] = post[t, o] · each[o]} of some steps, all with one exponent. */
    private void share(BlockFactors into, int[] post, long[] each, int count) {
        into.clear();
        for (int t = 0; t < count; t++) {
            for (int o = 0; o < outputs; o++) {
                into.measure(post[t * outputs + o] * each[o]);
            }
        }
        into.fix();
        for (int t = 0; t < count; t++) {
            for (int o = 0; o < outputs; o++) {
                into.put(t * outputs + o, post[t * outputs + o] * each[o]);
            }
        }
    }

    /** Those of the steps at which a row's trace is not 0. */
    private void find(int i) {
        int count = 0;
        if (presynaptic == Presynaptic.CONSTANT) {
            descent.factor[0] = trace[i];
            descent.from[0] = 0;
            count = trace[i] == 0 ? 0 : 1;
        } else {
            for (int t = 0; t < record.steps; t++) {
                int presynapse = record.trace[t * inputs + i];
                descent.factor[count] = presynapse;
                descent.from[count] = t * outputs;
                count += presynapse == 0 ? 0 : 1;
            }
        }
        descent.count = count;
    }

    private void publish(SeededRandom random, int pace) {
        if (weights != plastic.weights()) {
            for (int i = 0; i < inputs; i++) {
                if (moved[i]) {
                    System.arraycopy(weights, i * outputs, plastic.weights(), i * outputs, outputs);
                    moved[i] = false;
                }
            }
        }
        for (int o = 0; o < outputs; o++) {
            long slope = biasGradient[o];
            long step = random.roundedShift(slope * (biasRate[o] * pace >> Q15.BITS), Q15.BITS + RATE_BITS);
            plastic.bias()[o] = Math.clamp(plastic.bias()[o] - step, -biasMaximum[o], biasMaximum[o]);
        }
    }

    /** (outputs, inputs) how far each weight is from the image's, 2^−8 weight LSBs. */
    int[] changes() {
        int[] changes = new int[rest.length];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                int at = i * outputs + o;
                changes[o * inputs + i] = (weights[at] - trainedWeights[at] << RowArithmetic.SHADOW_BITS) + rest[at];
            }
        }
        return changes;
    }

    int stateBytes() {
        return rest.length * Short.BYTES + outputs * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        for (int i = 0; i < rest.length; i++) {
            into.putShort((short) ((weights[i] << RowArithmetic.SHADOW_BITS) + rest[i]));
        }
        for (int bias : plastic.bias()) {
            into.putInt(bias);
        }
    }

    /** @return false when a stored value is beyond its bound; nothing is promised of the layer then */
    boolean restore(ByteBuffer from) {
        for (int i = 0; i < rest.length; i++) {
            short shadow = from.getShort();
            if (Math.abs(shadow) > SHADOW_LIMIT) {
                return false;
            }
            weights[i] = RowArithmetic.rounded(shadow);
            rest[i] = (byte) shadow;
            plastic.weights()[i] = weights[i];
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
