package io.spikelet.feature;

/**
 * Features as bytes (equation F3 of docs/adaptation.md): each is centred and scaled by what it was on the day of training,
 * and drives two inputs, one with how far it is above its mean, one with how far below.
 */
public final class OnOffScaling {
    /** Standard deviations that an input's 255 stands for. */
    private static final int DEVIATIONS = 4;

    private static final int FULL_SCALE = 255;
    private static final int GAIN_BITS = 16;

    private final int[] mean;

    /** (features) input LSBs for a feature LSB, Q16. */
    private final int[] gain;

    private OnOffScaling(int[] mean, int[] gain) {
        this.mean = mean;
        this.gain = gain;
    }

    /**
     * Fixes mean and scale.
     *
     * @param features (count, size), |value| below 2^24
     * @param count 1..2^14
     */
    public static OnOffScaling of(int[] features, int count, int size) {
        if (count < 1 || count > 1 << 14 || features.length < count * size) {
            throw new IllegalArgumentException(
                    "1..16384 feature vectors fix the scale: count=" + count + " values=" + features.length);
        }
        int[] mean = new int[size];
        int[] gain = new int[size];
        for (int f = 0; f < size; f++) {
            long sum = 0;
            for (int k = 0; k < count; k++) {
                sum += features[k * size + f];
            }
            mean[f] = (int) Math.floorDiv(2 * sum + count, 2L * count);
            long squares = 0;
            for (int k = 0; k < count; k++) {
                long distance = features[k * size + f] - mean[f];
                squares += distance * distance;
            }
            long deviation = Math.max(1, squareRoot(squares / count));
            gain[f] = (int) (((long) FULL_SCALE << GAIN_BITS) / (DEVIATIONS * deviation));
        }
        return new OnOffScaling(mean, gain);
    }

    /** The greatest whole number whose square is at most the value. */
    private static long squareRoot(long value) {
        long root = 0;
        for (long bit = 1L << 31; bit != 0; bit >>= 1) {
            long trial = root | bit;
            if (trial * trial <= value) {
                root = trial;
            }
        }
        return root;
    }

    /** Inputs that a feature vector drives. */
    public int inputs() {
        return 2 * mean.length;
    }

    /**
     * One feature vector as a network's sample.
     *
     * @param features from {@code offset}
     * @param into from {@code at}: (features) above the mean, then (features) below it, 0..255, rounded down in size
     */
    public void encode(int[] features, int offset, byte[] into, int at) {
        for (int f = 0; f < mean.length; f++) {
            long distance = (long) features[offset + f] - mean[f];
            int size = (int) Math.min(FULL_SCALE, Math.abs(distance) * gain[f] >> GAIN_BITS);
            into[at + f] = (byte) (distance > 0 ? size : 0);
            into[at + mean.length + f] = (byte) (distance < 0 ? size : 0);
        }
    }
}
