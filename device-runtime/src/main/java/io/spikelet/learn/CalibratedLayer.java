package io.spikelet.learn;

import io.spikelet.engine.Engine;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Shape;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One layer of neurons whose thresholds follow the running Hoyer extrema of their membranes, {@code θ = θ₀ · h / h₀} (equation
 * L17). Where the membranes' scale drifts, thresholds drift with it.
 */
final class CalibratedLayer {
    /** How many weights drive it; none of them changes. */
    final int weightCount;

    /** The layer of neurons. */
    final int layer;

    final Engine.Membranes live;
    final int channels;

    private final HoyerExtremum sample;
    private final LearnedThresholds thresholds;

    /** What of a running extremum one sample replaces, Q1.15. */
    private final int share;

    /** (groups) h₀, Q1.30. */
    private final int[] reference;

    /** (groups) h, Q1.30. */
    private final int[] running;

    /**
     * @param shape of the neurons
     * @param share what of a running extremum one sample replaces, above 0 and at most 1
     * @param extrema (1 or channels) the image's, above 0 and at most 1
     */
    CalibratedLayer(
            int weightCount,
            int layer,
            Engine.Membranes live,
            Shape shape,
            double share,
            double floor,
            double membraneClip,
            List<Float> extrema) {
        this.weightCount = weightCount;
        this.layer = layer;
        this.live = live;
        this.share = Math.max(1, Q15.of(share));
        channels = shape.channels();
        thresholds = new LearnedThresholds(live, shape, floor);
        sample = new HoyerExtremum(live.threshold(), membraneClip, extrema.size());
        reference = new int[extrema.size()];
        for (int g = 0; g < reference.length; g++) {
            reference[g] =
                    Math.max(1, (int) StrictMath.rint(StrictMath.scalb((double) extrema.get(g), HoyerExtremum.BITS)));
        }
        running = reference.clone();
    }

    boolean isOneEach() {
        return thresholds.isOneEach();
    }

    void beginSample() {
        sample.beginSample();
    }

    void step() {
        sample.step(live.membrane());
    }

    /** {@code h ← h + α·(h of the sample − h)}, half up; a group whose membranes stayed at 0 or below says nothing. */
    void endSample(int pace) {
        long paced = (long) share * pace >> Q15.BITS;
        for (int g = 0; g < running.length; g++) {
            int found = sample.of(g);
            if (found > 0) {
                running[g] += (int) (paced * ((long) found - running[g]) + (Q15.ONE >> 1) >> Q15.BITS);
            }
        }
        follow();
    }

    /** {@code θ = θ₀ · h / h₀}, half up. */
    private void follow() {
        for (int c = 0; c < channels; c++) {
            int g = running.length == 1 ? 0 : c;
            // Below 2^1 · 2^28 · 2^30.
            long wanted = (2L * thresholds.image(c) * running[g] + reference[g]) / (2L * reference[g]);
            thresholds.moveTo(c, wanted);
        }
        thresholds.apply();
    }

    void reset() {
        System.arraycopy(reference, 0, running, 0, running.length);
        thresholds.reset();
    }

    int stateBytes() {
        return running.length * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        for (int extremum : running) {
            into.putInt(extremum);
        }
    }

    /** @return false when a stored extremum is not above 0 and at most 1 */
    boolean restore(ByteBuffer from) {
        for (int g = 0; g < running.length; g++) {
            running[g] = from.getInt();
            if (running[g] < 1 || running[g] > 1 << HoyerExtremum.BITS) {
                return false;
            }
        }
        follow();
        return true;
    }
}
