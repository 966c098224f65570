package io.spikelet.learn;

import io.spikelet.engine.Engine;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Neurons that layers which learn drive: slopes, errors and post factors of one time step, and their thresholds where those
 * learn. A threshold is learned once a channel, which of dense layers is once a neuron.
 */
final class PlasticNeurons {
    private static final int RATE_BITS = 10;

    /** More of a threshold's gradient does not count, Q15. */
    private static final long MOST_GATHERED = 1 << 27;

    private final Engine engine;
    final int layer;

    /** Whether they fire; else their membranes are the output, whose error needs no slope. */
    final boolean fires;

    final int channels;
    final int area;
    final Engine.Membranes live;

    /** (neurons) membrane LSBs that stand for 1.0: the image's threshold, or the potential's unit. */
    final int[] one;

    /** (neurons) what bounds a learned bias, membrane LSBs. */
    final int[] biasOne;

    /** (neurons) of this step, Q.15; what comes back from several layers adds up. */
    final long[] error;

    /** (neurons) ψ of this step, Q1.15; 1.0 where they do not fire. */
    final int[] slope;

    /** (neurons) g of this step, Q16.15. */
    final int[] postFactor;

    private final Surrogate surrogate;

    /** (neurons) membranes whose thresholds lie where the image's do; null where thresholds stay. */
    private final int[] shifted;

    private final long clip;

    /** (channels) Q.15, over the steps until the next update; null where thresholds stay. */
    private final long[] thresholdGradient;

    /** (channels) what was learned, membrane LSBs. */
    private final int[] thresholdChange;

    /** (channels) membrane LSBs for a gradient of 1.0, · 2^10. */
    private final long[] thresholdRate;

    private final double floor;
    private final int[] imageThreshold;
    private final int[] imageSpent;

    PlasticNeurons(
            int layer, Shape shape, boolean fires, Engine engine, int[] one, int[] biasOne, LearningMethod method) {
        this.layer = layer;
        this.fires = fires;
        this.engine = engine;
        live = engine.membranes(layer);
        this.one = one;
        this.biasOne = biasOne;
        channels = shape.channels();
        area = shape.area();
        error = new long[shape.size()];
        slope = new int[shape.size()];
        postFactor = new int[shape.size()];
        clip = (long) StrictMath.rint(method.clip() * Q15.ONE);
        surrogate = fires ? new Surrogate(one, engine.neurons()) : null;
        Arrays.fill(slope, Q15.ONE);
        imageThreshold = live.threshold().clone();
        imageSpent = live.spent().clone();
        floor = method.thresholdFloor();
        boolean learns = method.learnsThresholds() && fires;
        thresholdGradient = learns ? new long[channels] : null;
        shifted = learns ? new int[shape.size()] : null;
        thresholdChange = learns ? new int[channels] : null;
        thresholdRate = new long[channels];
        for (int c = 0; c < channels; c++) {
            thresholdRate[c] =
                    (long) StrictMath.rint((double) method.thresholdRate() * one[c * area] * (1L << RATE_BITS));
        }
    }

    /** The largest absolute post factor, Q16.15. */
    long clip() {
        return clip;
    }

    boolean learnsThresholds() {
        return thresholdGradient != null;
    }

    /** Whether a threshold's step can be computed in 64 bits, however its gradient adds up. */
    boolean isBounded() {
        long worst = 0;
        for (long rate : thresholdRate) {
            worst = Math.max(worst, rate);
        }
        return worst <= 1L << 35;
    }

    /** Slopes of this step (equation L3); errors to 0. */
    void beginStep() {
        Arrays.fill(error, 0);
        if (!fires) {
            return;
        }
        int[] membrane = live.membrane();
        for (int n = 0; shifted != null && n < shifted.length; n++) {
            long beside = (long) membrane[n] - live.threshold()[n] + one[n];
            shifted[n] = Math.clamp(beside, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        surrogate.slopes(shifted == null ? membrane : shifted, slope, 0);
    }

    void beginSample() {
        if (fires) {
            surrogate.use(engine.neurons());
        }
    }

    /** {@code g = error · ψ}, clipped (equation L3), and what thresholds learn from it (equation L10). */
    void backward() {
        for (int n = 0; n < postFactor.length; n++) {
            long bounded = Math.clamp(error[n], -1L << 46, 1L << 46);
            postFactor[n] = (int) Math.clamp(bounded * slope[n] >> Q15.BITS, -clip, clip);
        }
        if (thresholdGradient != null) {
            for (int n = 0; n < postFactor.length; n++) {
                thresholdGradient[n / area] += postFactor[n];
            }
        }
    }

    /** {@code θ ← θ + η_θ·Σ g}, stochastically rounded, between its floor and twice the image's (equation L10). */
    void update(SeededRandom random, int pace) {
        if (thresholdGradient == null) {
            return;
        }
        for (int c = 0; c < channels; c++) {
            long paced = thresholdRate[c] * pace >> Q15.BITS;
            long gathered = Math.clamp(thresholdGradient[c], -MOST_GATHERED, MOST_GATHERED);
            long step = random.roundedShift(gathered * paced, Q15.BITS + RATE_BITS);
            int image = imageThreshold[c * area];
            thresholdChange[c] = Math.clamp(thresholdChange[c] + step, -(image - least(image)), most(image) - image);
            thresholdGradient[c] = 0;
        }
        apply();
    }

    void clear() {
        if (thresholdGradient != null) {
            Arrays.fill(thresholdGradient, 0);
        }
    }

    private int least(int image) {
        return Math.max(1, (int) StrictMath.ceil(floor * image));
    }

    private static int most(int image) {
        return (int) Math.min(Integer.MAX_VALUE, (long) LearningMethod.MOST_THRESHOLD * image);
    }

    /** Thresholds of all neurons, and with them what a soft reset costs: {@code b1 = b0 − c·θ} keeps the image's c. */
    private void apply() {
        for (int n = 0; n < imageThreshold.length; n++) {
            int image = imageThreshold[n];
            int learned = Math.clamp((long) image + thresholdChange[n / area], least(image), most(image));
            live.threshold()[n] = learned;
            if (live.leakAfter()[n] != 0) {
                long cost = (long) live.offset()[n] - imageSpent[n];
                live.spent()[n] = (int) (live.offset()[n] - cost(cost, image, learned, live.leakAfter()[n]));
            }
        }
    }

    /**
     * What a soft reset costs at a learned threshold: in proportion to the image's, half up, and no more than an image may
     * cost, since the image's own rounding up would grow with the threshold.
     *
     * @param leak Q1.15, of a neuron that fired
     */
    static long cost(long imageCost, int imageThreshold, int learned, int leak) {
        long scaled = Math.floorDiv(2 * imageCost * learned + imageThreshold, 2L * imageThreshold);
        return Math.min(scaled, ((long) leak * learned >> Q15.BITS) + 1);
    }

    void reset() {
        if (thresholdGradient != null) {
            Arrays.fill(thresholdChange, 0);
            clear();
            apply();
        }
    }

    int stateBytes() {
        return thresholdGradient == null ? 0 : channels * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        for (int c = 0; thresholdGradient != null && c < channels; c++) {
            into.putInt(thresholdChange[c]);
        }
    }

    /** @return false when a stored value is beyond its bound */
    boolean restore(ByteBuffer from) {
        if (thresholdGradient == null) {
            return true;
        }
        for (int c = 0; c < channels; c++) {
            int image = imageThreshold[c * area];
            long change = from.getInt();
            if (image + change < least(image) || image + change > most(image)) {
                return false;
            }
            thresholdChange[c] = (int) change;
        }
        apply();
        return true;
    }
}
