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

    /** Null where thresholds stay. */
    private final LearnedThresholds thresholds;

    /** (channels) membrane LSBs for a gradient of 1.0, · 2^10. */
    private final long[] thresholdRate;

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
        boolean learns = method.learnsThresholds() && fires;
        thresholdGradient = learns ? new long[channels] : null;
        shifted = learns ? new int[shape.size()] : null;
        thresholds = learns ? new LearnedThresholds(live, shape, method.thresholdFloor()) : null;
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

    /**
     * Whether a threshold's step can be computed in 64 bits, however its gradient adds up.
     *
     * @param mostPace the largest absolute pace of an update, in whole steps
     */
    boolean isBounded(int mostPace) {
        long worst = 0;
        for (long rate : thresholdRate) {
            worst = Math.max(worst, rate);
        }
        return worst <= (1L << 35) / mostPace;
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
            thresholds.move(c, step);
            thresholdGradient[c] = 0;
        }
        thresholds.apply();
    }

    void clear() {
        if (thresholdGradient != null) {
            Arrays.fill(thresholdGradient, 0);
        }
    }

    void reset() {
        if (thresholdGradient != null) {
            clear();
            thresholds.reset();
        }
    }

    int stateBytes() {
        return thresholds == null ? 0 : thresholds.stateBytes();
    }

    void save(ByteBuffer into) {
        if (thresholds != null) {
            thresholds.save(into);
        }
    }

    /** @return false when a stored value is beyond its bound */
    boolean restore(ByteBuffer from) {
        return thresholds == null || thresholds.restore(from);
    }
}
