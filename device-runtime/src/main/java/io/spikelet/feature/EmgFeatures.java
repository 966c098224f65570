package io.spikelet.feature;

/**
 * Time-domain features of a ring of muscle electrodes (equation F1 of docs/adaptation.md): for each channel the four of
 * Hudgins et al. (A new strategy for multifunction myoelectric control, IEEE TBME 40, 1993), magnitudes as logarithms,
 * and the magnitude of its difference from and its sum with the next two channels of the ring, which say how neighbours
 * move together and where between two electrodes a muscle lies.
 */
public final class EmgFeatures {
    /** Features a channel, in this order: each for all channels, then the next. */
    public static final int KINDS = 8;

    private static final int MOST_SAMPLES = Short.MAX_VALUE;

    private final int channels;
    private final int samples;

    /**
     * @param channels of the ring, 3 or more
     * @param samples of a window, 3..32767
     */
    public EmgFeatures(int channels, int samples) {
        if (channels < 3 || samples < 3 || samples > MOST_SAMPLES) {
            throw new IllegalArgumentException("channels are 3 or more and samples 3.." + MOST_SAMPLES + ": channels="
                    + channels + " samples=" + samples);
        }
        this.channels = channels;
        this.samples = samples;
    }

    public int size() {
        return KINDS * channels;
    }

    /**
     * The features of one window.
     *
     * @param window (samples, channels) from {@code offset}
     * @param into ({@link #KINDS}, channels) Q8: log2 of samples + Σ|x|, of samples + Σ|Δx|, zero crossings, changes of
     *     the slope's sign, log2 of samples + Σ|x − next|, + Σ|x + next|, and both with the channel after next
     */
    public void extract(short[] window, int offset, int[] into) {
        for (int c = 0; c < channels; c++) {
            int next = (c + 1) % channels;
            int second = (c + 2) % channels;
            int magnitude = 0;
            int length = 0;
            int crossings = 0;
            int turns = 0;
            int apart = 0;
            int together = 0;
            int secondApart = 0;
            int secondTogether = 0;
            int before = 0;
            int slopeBefore = 0;
            for (int t = 0; t < samples; t++) {
                int row = offset + t * channels;
                int x = window[row + c];
                // At most 32767 terms of at most 65536: all sums stay below 2^31.
                magnitude += Math.abs(x);
                apart += Math.abs(x - window[row + next]);
                together += Math.abs(x + window[row + next]);
                secondApart += Math.abs(x - window[row + second]);
                secondTogether += Math.abs(x + window[row + second]);
                if (t > 0) {
                    int slope = x - before;
                    length += Math.abs(slope);
                    crossings += opposite(x, before);
                    turns += opposite(slope, slopeBefore);
                    slopeBefore = slope;
                }
                before = x;
            }
            into[c] = logarithm(magnitude);
            into[channels + c] = logarithm(length);
            into[2 * channels + c] = crossings << Log2.BITS;
            into[3 * channels + c] = turns << Log2.BITS;
            into[4 * channels + c] = logarithm(apart);
            into[5 * channels + c] = logarithm(together);
            into[6 * channels + c] = logarithm(secondApart);
            into[7 * channels + c] = logarithm(secondTogether);
        }
    }

    private int logarithm(int sum) {
        return Log2.of((long) samples + sum);
    }

    /** 1 where one is above 0 and the other below. */
    private static int opposite(int a, int b) {
        return a != 0 && b != 0 && (a ^ b) < 0 ? 1 : 0;
    }
}
