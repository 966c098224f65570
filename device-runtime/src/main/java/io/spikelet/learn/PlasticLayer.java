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
 * One dense layer that learns: traces of its inputs, slopes of the neurons it drives, post factors and what of them goes back in
 * space. {@link LayerDescent} changes the weights. Memory is below three bytes a weight at any T.
 */
final class PlasticLayer {
    /** Post factors are clipped at 4.0, Q16.15. */
    private static final long POST_FACTOR_MAXIMUM = 4L << Q15.BITS;

    /** The coarsest threshold that surrogate slopes are found for, in membrane LSBs. */
    private static final int MOST_ONE = 1 << 28;

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

    /** (steps, outputs) post factor · scale. */
    private final BlockFactors back;

    /** (steps) at one input. */
    private final int[] error = new int[RowDescent.STEPS];

    /** Of the driven neurons; null where they do not fire. */
    private final Surrogate surrogate;

    private final LayerUnits units;
    private final LayerDescent descent;

    /**
     * @param image the layer's weights in the image's order
     * @param one (outputs) membrane LSBs that stand for 1.0
     * @param noise of {@link RoundingNoise}
     * @param inputOne what stands for 1.0 in an input
     * @param sourceMaximum the declared maximum of the layer's inputs
     */
    PlasticLayer(
            Plastic plastic,
            ConvGeometry geometry,
            byte[] image,
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
        outputs = geometry.outChannels();
        inputs = geometry.inputs();
        boolean constant = presynaptic == Presynaptic.CONSTANT;
        record = new StepRecord(constant ? 0 : inputs, outputs);
        trace = new int[inputs];
        biasGradient = new int[outputs];
        surrogate = fires ? new Surrogate(one, neurons) : null;
        units = new LayerUnits(plastic, one, inputOne, learningRate);
        back = new BlockFactors(
                RowDescent.STEPS * outputs, Integer.SIZE - 1 - bits((long) Bounds.WEIGHT_MAXIMUM * outputs), 0);
        descent = new LayerDescent(
                plastic,
                units,
                geometry,
                image,
                noise,
                constant ? 1 : RowDescent.STEPS,
                bits(worstTraceSum(sourceMaximum, timeSteps)),
                // Constant inputs are worked off once a sample, at its end, when no step is left to be served.
                !constant && timeSteps > RowDescent.STEPS);
    }

    /** How many bits a value has. */
    private static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    private int mostOne() {
        return fires ? Arrays.stream(one).max().orElseThrow() : 0;
    }

    private long worstTrace(int sourceMaximum, int timeSteps) {
        long most = (((long) sourceMaximum << SynapseTrace.BITS) + inputOne / 2) / inputOne;
        return SynapseTrace.worst(most, presynaptic == Presynaptic.TRACE ? plastic.leak()[0] : 0, timeSteps);
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
        // A sum of constant inputs' post factors enters the block as one step.
        return mostOne() <= MOST_ONE
                && worstTrace(sourceMaximum, timeSteps) < 1L << Short.SIZE
                && bits(worstTraceSum(sourceMaximum, timeSteps)) <= LayerDescent.SUM_BITS - Byte.SIZE
                && timeSteps * POST_FACTOR_MAXIMUM <= Integer.MAX_VALUE
                && units.isBounded();
    }

    /** Back to the weights that came with the image. */
    void reset() {
        descent.reset();
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
            rows.leak(plastic.leak()[0], trace, active, SynapseTrace.BITS);
        } else {
            for (int i = 0; i < inputs; i++) {
                trace[i] = ((active[i] << SynapseTrace.BITS) + inputOne / 2) / inputOne;
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
        // Products are below 2^17 · 2^31.
        back.share(record.postFactor, units.scale, count);
        int left = LayerUnits.SCALE_BITS - back.exponent();
        for (int i = 0; i < inputs; i++) {
            rows.dots(plastic.weights(), i * outputs, back.value, count, outputs, error);
            for (int t = 0; t < count; t++) {
                long sum = error[t];
                below.postFactor(t, i, left > 0 ? sum + (1L << left - 1) >> left : sum << -left);
            }
        }
    }

    /**
     * Learns from the recorded steps and forgets them.
     *
     * @param pace what of η is used, Q1.15
     * @param last whether the sample ends, so that weights and bias follow
     */
    void update(SeededRandom random, int pace, boolean last) {
        if (presynaptic != Presynaptic.CONSTANT) {
            descent.descend(rows, record, random, pace);
        } else if (last) {
            descent.descend(rows, trace, biasGradient, random, pace);
        }
        record.steps = 0;
        if (last) {
            descent.publish(biasGradient, random, pace);
        }
    }

    /** (outputs, inputs) how far each weight is from the image's, 2^−8 weight LSBs. */
    int[] changes() {
        return descent.changes();
    }

    int stateBytes() {
        return descent.stateBytes();
    }

    void save(ByteBuffer into) {
        descent.save(into);
    }

    /** @return false when a stored value is beyond its bound; nothing is promised of the layer then */
    boolean restore(ByteBuffer from) {
        return descent.restore(from);
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
