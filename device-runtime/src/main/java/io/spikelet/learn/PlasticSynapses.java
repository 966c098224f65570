package io.spikelet.learn;

import io.spikelet.engine.Engine.Plastic;
import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Bounds;
import io.spikelet.model.LearningMethod;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The weights of one dense or convolution layer that learns, from whatever it reads to neurons that learn with it. Keeps one
 * gradient a weight, whatever T is. Weights are measured in what stands for 1.0 in the neuron that they drive: a weight LSB
 * is {@code gain / one}.
 */
final class PlasticSynapses {
    /** A gradient of 1.0 is at most 2^14. */
    private static final int MOST_GRADIENT_BITS = 14;

    /** With fewer bits too little of a gradient would be left. */
    private static final int LEAST_GRADIENT_BITS = 4;

    /** No gradient that is kept is larger, since their bits were chosen for the worst. */
    private static final long MOST_KEPT = 1L << 30;

    private static final int SCALE_BITS = 30;

    /** Fraction bits of post factors times scales. */
    private static final int BACK_BITS = 30;

    final int index;
    final ConvGeometry geometry;
    final SynapseTrace trace;
    final PlasticNeurons neurons;
    final Plastic plastic;

    private final LearningMethod method;

    /** Whether the input is the same at every step: the gradient is formed at the update. */
    private final boolean constant;

    /** Null but under E_PROP, before the output: what leaks there is the trace itself. */
    private final Eligibilities eligibilities;

    /** Fraction bits of a gradient. */
    private final int gradientBits;

    /** (rows, filters). */
    private final int[] gradient;

    private final LearnedBias bias;

    /** (positions, outChannels) post factors, Q16.15: of this step, or where inputs are constant summed over the steps. */
    private final int[] post;

    /** (positions, outChannels) post factors times scales, Q.30. */
    private final long[] back;

    /** (inputs) sums of what comes back, Q.30. */
    private final long[] sums;

    private final long[] tapSum;

    /** (outChannels) a weight LSB in units of 1.0, · 2^30. */
    private final long[] scale;

    private final StepSizes steps;
    private final WeightChange change;

    /** What is left of gradients after an update, Q1.15. */
    private final int kept;

    /**
     * @param first whether it is the neurons' first drive, whose bias learns
     * @param timeSteps T
     */
    PlasticSynapses(
            int index,
            ConvGeometry geometry,
            Plastic plastic,
            SynapseTrace trace,
            PlasticNeurons neurons,
            Setting setting,
            boolean first,
            int timeSteps) {
        this.index = index;
        this.geometry = geometry;
        this.plastic = plastic;
        this.trace = trace;
        this.neurons = neurons;
        method = setting.method();
        constant = setting.constant() && method.kind() == LearningMethod.Kind.OTTT;
        int channels = geometry.outChannels();
        int positions = geometry.positions();
        gradient = new int[plastic.weights().length];
        bias = new LearnedBias(plastic.bias(), neurons, first && method.learnsWeights());
        post = new int[positions * channels];
        back = new long[positions * channels];
        sums = new long[geometry.inputs()];
        tapSum = new long[geometry.filters()];
        kept = switch (method.kind()) {
            case REWARD -> Q15.of(method.eligibilityDecay());
            default -> Q15.of(method.momentum());
        };
        eligibilities = method.kind() == LearningMethod.Kind.E_PROP && !setting.output()
                ? new Eligibilities(gradient.length, Q15.of(method.eligibilityDecay()))
                : null;
        gradientBits = gradientBits(setting.sourceMaximum(), timeSteps);
        scale = new long[channels];
        long[] rate = new long[channels];
        long[] biasRate = new long[channels];
        for (int c = 0; c < channels; c++) {
            double unit = neurons.one[c * positions];
            double gain = plastic.gain()[c * positions];
            scale[c] = (long) StrictMath.rint(gain / unit * (1L << SCALE_BITS));
            rate[c] = (long) StrictMath.rint(
                    setting.learningRate() * unit / (gain * setting.inputOne()) * (1L << 8 + StepSizes.BITS));
            biasRate[c] = (long) StrictMath.rint(setting.learningRate() * unit * (1L << StepSizes.BITS));
        }
        steps = new StepSizes(
                rate, biasRate, method.optimiser() == LearningMethod.Optimiser.ADAPTIVE, Math.max(0, gradientBits));
        int bits = Math.max(LEAST_GRADIENT_BITS, gradientBits);
        change = method.kind() == LearningMethod.Kind.FLIP
                ? new SignFlips(
                        plastic.weights(), geometry, setting.image(), bits, method.flipLevel(), method.flipDecay())
                : new ShadowDescent(
                        new ShadowWeights(plastic.weights(), geometry, setting.image()),
                        geometry.filters(),
                        bits,
                        setting.rows(),
                        setting.noise());
    }

    /** As many as leave room for the worst trace, met by the largest post factor everywhere and always. */
    private int gradientBits(int sourceMaximum, int timeSteps) {
        double worst = trace.worst(sourceMaximum, timeSteps) / (double) (1 << SynapseTrace.BITS);
        if (eligibilities != null) {
            worst = eligibilities.worst(trace.worst(sourceMaximum, timeSteps), timeSteps)
                    / (double) (1 << Eligibilities.BITS);
        }
        double samples = 1 / (1 - kept / (double) Q15.ONE);
        double sum = worst * method.clip() * geometry.positions() * timeSteps * samples + 1;
        int bits = 30 - Math.getExponent(sum) - 1;
        return Math.min(MOST_GRADIENT_BITS, bits);
    }

    /** Whether all that learning computes fits its integers with room for digits that matter. */
    boolean isBounded(int sourceMaximum, int timeSteps) {
        long worst = eligibilities == null
                ? trace.worst(sourceMaximum, timeSteps)
                : eligibilities.worst(trace.worst(sourceMaximum, timeSteps), timeSteps);
        long largest = 0;
        for (long one : scale) {
            largest = Math.max(largest, one);
        }
        return gradientBits >= LEAST_GRADIENT_BITS
                && worst < Integer.MAX_VALUE
                && largest <= Integer.MAX_VALUE
                && timeSteps * neurons.clip() <= Integer.MAX_VALUE
                && returns(largest) < 0x1p62
                && steps.isBounded(GraphPlasticity.mostPace(method));
    }

    /** What can come back to one input from all outputs that it reaches, Q.30, as a bound of the sums of {@link #passBack}. */
    private double returns(long largestScale) {
        double one = (double) neurons.clip() * largestScale / (1L << Q15.BITS + SCALE_BITS - BACK_BITS);
        return one * Bounds.WEIGHT_MAXIMUM * geometry.filters() * geometry.taps();
    }

    /** @param rows changes the loop, never a bit */
    void beginSample(RowArithmetic rows) {
        change.use(rows);
        trace.beginSample();
        if (constant) {
            Arrays.fill(post, 0);
        }
        if (eligibilities != null) {
            eligibilities.beginSample();
        }
        if (method.kind() == LearningMethod.Kind.REWARD) {
            fade();
        }
    }

    /** Takes up what was read and, from the neurons' post factors, what is to be learned of it. */
    void step() {
        trace.step();
        int channels = geometry.outChannels();
        int positions = geometry.positions();
        for (int c = 0; c < channels; c++) {
            long sum = 0;
            for (int p = 0; p < positions; p++) {
                int factor = neurons.postFactor[c * positions + p];
                post[p * channels + c] = constant ? post[p * channels + c] + factor : factor;
                sum += factor;
            }
            bias.add(c, sum);
        }
        if (eligibilities != null) {
            eligibilities.step(trace.trace, neurons.slope);
            accumulateEligibilities();
        } else if (!constant) {
            accumulate();
        }
    }

    /**
     * Learns from post factors and inputs that somebody else has found (equation L16).
     *
     * @param inputs (inputs) Q21.10
     * @param factors (outputs) Q16.15
     */
    void learnFrom(int[] inputs, int[] factors) {
        System.arraycopy(inputs, 0, trace.trace, 0, inputs.length);
        System.arraycopy(factors, 0, post, 0, factors.length);
        for (int c = 0; c < factors.length; c++) {
            bias.add(c, factors[c]);
        }
        accumulate();
    }

    /** {@code ∇W += Σ_positions g·â}, each tap's sum exact and rounded once (equations L4 and L7). */
    private void accumulate() {
        int filters = geometry.filters();
        int area = geometry.from().area();
        int taps = geometry.taps();
        for (int channel = 0; channel < geometry.inChannels(); channel++) {
            if (isSilent(channel * area, area)) {
                continue;
            }
            int first = geometry.firstFilter(channel);
            for (int tap = 0; tap < taps; tap++) {
                Arrays.fill(tapSum, 0);
                for (int p = 0; p < geometry.positions(); p++) {
                    int pixel = geometry.pixel(tap, p);
                    long presynaptic = pixel < 0 ? 0 : trace.trace[channel * area + pixel];
                    if (presynaptic != 0) {
                        int at = p * geometry.outChannels() + first;
                        for (int f = 0; f < filters; f++) {
                            tapSum[f] += presynaptic * post[at + f];
                        }
                    }
                }
                add((channel * taps + tap) * filters);
            }
        }
    }

    private void add(int row) {
        int shift = Q15.BITS + SynapseTrace.BITS - gradientBits;
        for (int f = 0; f < tapSum.length; f++) {
            gradient[row + f] += (int) (tapSum[f] + (1L << shift - 1) >> shift);
        }
    }

    private boolean isSilent(int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (trace.trace[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code ∇W += L·ē} (equation L12). */
    private void accumulateEligibilities() {
        int outputs = geometry.outChannels();
        int shift = Q15.BITS + Eligibilities.BITS - gradientBits;
        long clip = neurons.clip();
        for (int o = 0; o < outputs; o++) {
            long signal = Math.clamp(neurons.error[o], -clip, clip);
            for (int at = o; signal != 0 && at < gradient.length; at += outputs) {
                gradient[at] += (int) (signal * eligibilities.value[at] + (1L << shift - 1) >> shift);
            }
        }
    }

    /**
     * The errors at the inputs, {@code Σ W·g} over all outputs that an input reaches (equations L5 and L7), from the weights
     * in use.
     *
     * @param into (inputs) Q.15, added to
     */
    void passBack(long[] into) {
        int channels = geometry.outChannels();
        int positions = geometry.positions();
        for (int c = 0; c < channels; c++) {
            for (int p = 0; p < positions; p++) {
                // Below 2^17 · 2^31.
                back[p * channels + c] =
                        neurons.postFactor[c * positions + p] * scale[c] >> Q15.BITS + SCALE_BITS - BACK_BITS;
            }
        }
        Arrays.fill(sums, 0);
        int filters = geometry.filters();
        int area = geometry.from().area();
        byte[] weights = plastic.weights();
        for (int channel = 0; channel < geometry.inChannels(); channel++) {
            int first = geometry.firstFilter(channel);
            for (int tap = 0; tap < geometry.taps(); tap++) {
                int row = (channel * geometry.taps() + tap) * filters;
                for (int p = 0; p < positions; p++) {
                    int pixel = geometry.pixel(tap, p);
                    if (pixel >= 0) {
                        long sum = 0;
                        int at = p * channels + first;
                        for (int f = 0; f < filters; f++) {
                            sum += weights[row + f] * back[at + f];
                        }
                        sums[channel * area + pixel] += sum;
                    }
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            into[i] += sums[i] + (1L << BACK_BITS - Q15.BITS - 1) >> BACK_BITS - Q15.BITS;
        }
    }

    /**
     * {@code Σ W·in + b} of one dense output, in units of 1.0, Q.10, as rectified sums have it (equation L16).
     *
     * @param inputs (inputs) Q21.10
     */
    long rectifiedSum(int output, int[] inputs) {
        int outputs = geometry.outChannels();
        long sum = 0;
        for (int i = 0; i < inputs.length; i++) {
            sum += (long) plastic.weights()[i * outputs + output] * inputs[i];
        }
        long scaled = Math.clamp(sum, -1L << 32, 1L << 32) * scale[output] >> SCALE_BITS;
        return Math.max(0, scaled + ((long) plastic.bias()[output] << SynapseTrace.BITS) / neurons.one[output]);
    }

    /**
     * Changes weights and bias along what was gathered, and keeps of it what momentum or eligibility asks for.
     *
     * @param pace what of η is used, Q1.15; negative ones climb
     */
    void update(SeededRandom random, int pace) {
        if (constant) {
            accumulate();
        }
        if (method.learnsWeights()) {
            steps.prepare(pace, geometry, gradient, bias.gradient);
            int filters = geometry.filters();
            for (int channel = 0; channel < geometry.inChannels(); channel++) {
                int first = geometry.firstFilter(channel);
                for (int tap = 0; tap < geometry.taps(); tap++) {
                    change.change((channel * geometry.taps() + tap) * filters, gradient, steps.weight, first, random);
                }
            }
            bias.change(steps, random);
        }
        if (method.kind() != LearningMethod.Kind.REWARD) {
            fade();
        }
    }

    /** Leaves of what was gathered what momentum or eligibility asks for: after an update, or before a sample. */
    private void fade() {
        bias.fade(kept);
        if (kept == 0) {
            Arrays.fill(gradient, 0);
            return;
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = Q15.leak(kept, gradient[i]);
        }
    }

    /** How far each weight is from the image's, 2^−8 weight LSBs, in the image's order. */
    int[] changes() {
        int[] ordered = new int[gradient.length];
        for (int at = 0; at < ordered.length; at++) {
            ordered[geometry.inImage(at)] = change.of(at);
        }
        return ordered;
    }

    void reset() {
        change.reset();
        steps.reset();
        bias.reset();
        Arrays.fill(gradient, 0);
    }

    int stateBytes() {
        int gathered = kept == 0 ? 0 : gradient.length * Integer.BYTES + bias.gradientBytes();
        return change.stateBytes() + bias.stateBytes() + steps.stateBytes() + gathered;
    }

    void save(ByteBuffer into) {
        change.save(into);
        bias.save(into);
        steps.save(into);
        if (kept != 0) {
            for (int gathered : gradient) {
                into.putInt(gathered);
            }
            bias.saveGradient(into);
        }
    }

    /** @return false when a stored value is beyond its bound; nothing is promised of the layer then */
    boolean restore(ByteBuffer from) {
        if (!change.restore(from) || !bias.restore(from) || !steps.restore(from)) {
            return false;
        }
        for (int i = 0; kept != 0 && i < gradient.length; i++) {
            gradient[i] = from.getInt();
            if (Math.abs((long) gradient[i]) > MOST_KEPT) {
                return false;
            }
        }
        return kept == 0 || bias.restoreGradient(from);
    }
}
