package io.spikelet.learn;

import io.spikelet.engine.Engine;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The thresholds of one layer of neurons that learn, once a channel, and what a soft reset costs at them (equation L10): always
 * within {@code floor · θ₀ .. 2·θ₀} of the image's θ₀, which is what the image's bounds are proved for.
 */
final class LearnedThresholds {
    private final Engine.Membranes live;
    private final int channels;
    private final int area;
    private final double floor;

    /** (neurons) θ₀, membrane LSBs. */
    private final int[] image;

    /** (neurons) the image's b1, membrane LSBs. */
    private final int[] imageSpent;

    /** (channels) what was learned, membrane LSBs. */
    private final int[] change;

    /** @param floor the least threshold, as a share of the image's */
    LearnedThresholds(Engine.Membranes live, Shape shape, double floor) {
        this.live = live;
        this.floor = floor;
        channels = shape.channels();
        area = shape.area();
        image = live.threshold().clone();
        imageSpent = live.spent().clone();
        change = new int[channels];
    }

    /** θ₀ of a channel. */
    int image(int channel) {
        return image[channel * area];
    }

    /** Whether all neurons of a channel have one θ₀. */
    boolean isOneEach() {
        for (int n = 0; n < image.length; n++) {
            if (image[n] != image[n / area * area]) {
                return false;
            }
        }
        return true;
    }

    /** Moves a channel's threshold by so many membrane LSBs, as far as its bounds allow; {@link #apply} puts it to use. */
    void move(int channel, long by) {
        moveTo(channel, (long) image(channel) + change[channel] + by);
    }

    /** Moves a channel's threshold to so many membrane LSBs, as far as its bounds allow. */
    void moveTo(int channel, long threshold) {
        int from = image(channel);
        change[channel] = Math.clamp(threshold, least(from), most(from)) - from;
    }

    private int least(int from) {
        return Math.max(1, (int) StrictMath.ceil(floor * from));
    }

    private static int most(int from) {
        return (int) Math.min(Integer.MAX_VALUE, (long) LearningMethod.MOST_THRESHOLD * from);
    }

    /** Thresholds of all neurons, and with them what a soft reset costs: {@code b1 = b0 − c·θ} keeps the image's c. */
    void apply() {
        for (int n = 0; n < image.length; n++) {
            int learned = Math.clamp((long) image[n] + change[n / area], least(image[n]), most(image[n]));
            live.threshold()[n] = learned;
            if (live.leakAfter()[n] != 0) {
                long cost = (long) live.offset()[n] - imageSpent[n];
                live.spent()[n] = (int) (live.offset()[n] - cost(cost, image[n], learned, live.leakAfter()[n]));
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
        Arrays.fill(change, 0);
        apply();
    }

    int stateBytes() {
        return channels * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        for (int moved : change) {
            into.putInt(moved);
        }
    }

    /** @return false when a stored value is beyond its bound */
    boolean restore(ByteBuffer from) {
        for (int c = 0; c < channels; c++) {
            int at = image(c);
            long moved = from.getInt();
            if (at + moved < least(at) || at + moved > most(at)) {
                return false;
            }
            change[c] = (int) moved;
        }
        apply();
        return true;
    }
}
