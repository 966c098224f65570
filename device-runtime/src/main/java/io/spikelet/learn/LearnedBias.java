package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Bounds;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The biases of one drive, which move a channel at a time and stay within what N2 proves (equations L6 and L7). */
final class LearnedBias {
    /** No gradient that is kept is larger. */
    private static final long MOST_KEPT = 1L << 48;

    /** (channels) Q.15, since the last update. */
    final long[] gradient;

    /** (channels) what was learned, membrane LSBs. */
    private final int[] change;

    /** (neurons) the engine's own. */
    private final int[] live;

    private final int[] image;
    private final PlasticNeurons neurons;

    /** Whether the drive is the one whose bias the neurons learn. */
    private final boolean learns;

    LearnedBias(int[] live, PlasticNeurons neurons, boolean learns) {
        this.live = live;
        this.neurons = neurons;
        this.learns = learns;
        image = live.clone();
        gradient = new long[neurons.channels];
        change = new int[neurons.channels];
    }

    /** @param postFactors of a channel, Q.15, over its pixels */
    void add(int channel, long postFactors) {
        gradient[channel] += learns ? postFactors : 0;
    }

    void change(StepSizes steps, SeededRandom random) {
        for (int c = 0; learns && c < gradient.length; c++) {
            if (gradient[c] != 0) {
                long step = random.roundedShift(steps.ofBias(c, gradient[c]), Q15.BITS + StepSizes.BITS);
                int most = most(c);
                change[c] = Math.clamp(change[c] - step, -most, most);
            }
        }
        apply();
    }

    private int most(int channel) {
        return (int) Math.min(Integer.MAX_VALUE, 4L * neurons.one[channel * neurons.area]);
    }

    private void apply() {
        for (int n = 0; n < image.length; n++) {
            int most = Bounds.learnedBiasMaximum(image[n], neurons.biasOne[n]);
            live[n] = Math.clamp((long) image[n] + change[n / neurons.area], -most, most);
        }
    }

    /** @param share Q1.15, of the gradient that stays */
    void fade(int share) {
        for (int c = 0; c < gradient.length; c++) {
            gradient[c] = gradient[c] * share / Q15.ONE;
        }
    }

    void reset() {
        Arrays.fill(gradient, 0);
        Arrays.fill(change, 0);
        apply();
    }

    int stateBytes() {
        return change.length * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        for (int bias : change) {
            into.putInt(bias);
        }
    }

    /** @return false when a stored value is beyond its bound */
    boolean restore(ByteBuffer from) {
        for (int c = 0; c < change.length; c++) {
            change[c] = from.getInt();
            if (Math.abs((long) change[c]) > most(c)) {
                return false;
            }
        }
        apply();
        return true;
    }

    int gradientBytes() {
        return gradient.length * Long.BYTES;
    }

    void saveGradient(ByteBuffer into) {
        for (long gathered : gradient) {
            into.putLong(gathered);
        }
    }

    boolean restoreGradient(ByteBuffer from) {
        for (int c = 0; c < gradient.length; c++) {
            gradient[c] = from.getLong();
            if (gradient[c] > MOST_KEPT || gradient[c] < -MOST_KEPT) {
                return false;
            }
        }
        return true;
    }
}
