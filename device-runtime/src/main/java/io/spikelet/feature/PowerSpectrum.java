package io.spikelet.feature;

/** The power spectrum of 256 samples under a Hann window, in integers: a radix-2 transform with Q15 twiddle factors. */
final class PowerSpectrum {
    static final int SAMPLES = 256;

    /** Frequencies 0..128 of 256. */
    static final int BINS = SAMPLES / 2 + 1;

    private static final int Q15_BITS = 15;
    private static final int ROUND = 1 << Q15_BITS - 1;

    /** Windowed samples keep two bits more than samples have. */
    private static final int WINDOW_SHIFT = Q15_BITS - 2;

    /** (256) Q15. */
    private final int[] window = new int[SAMPLES];

    /** (128) Q15. */
    private final int[] cosine = new int[SAMPLES / 2];

    private final int[] sine = new int[SAMPLES / 2];
    private final int[] real = new int[SAMPLES];
    private final int[] imaginary = new int[SAMPLES];

    PowerSpectrum() {
        for (int i = 0; i < SAMPLES; i++) {
            window[i] = q15(0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / (SAMPLES - 1)));
        }
        for (int i = 0; i < SAMPLES / 2; i++) {
            cosine[i] = q15(StrictMath.cos(2 * Math.PI * i / SAMPLES));
            sine[i] = q15(StrictMath.sin(2 * Math.PI * i / SAMPLES));
        }
    }

    private static int q15(double value) {
        return (int) StrictMath.rint(value * (1 << Q15_BITS));
    }

    /**
     * @param samples from {@code offset}; those at {@code end} and beyond are taken as 0
     * @param power ({@link #BINS}) re² + im², samples² · 2^4; all together below 2^51
     */
    void of(short[] samples, int offset, int end, long[] power) {
        for (int i = 0; i < SAMPLES; i++) {
            int at = Integer.reverse(i) >>> Integer.SIZE - 8;
            int sample = offset + i < end ? samples[offset + i] : 0;
            real[at] = sample * window[i] >> WINDOW_SHIFT;
            imaginary[at] = 0;
        }
        for (int half = 1; half < SAMPLES; half *= 2) {
            butterflies(half);
        }
        for (int k = 0; k < BINS; k++) {
            power[k] = (long) real[k] * real[k] + (long) imaginary[k] * imaginary[k];
        }
    }

    /** Values grow to at most 256 · 2^17 = 2^25. */
    private void butterflies(int half) {
        int stride = SAMPLES / 2 / half;
        for (int begin = 0; begin < SAMPLES; begin += 2 * half) {
            for (int k = 0; k < half; k++) {
                long c = cosine[k * stride];
                long s = sine[k * stride];
                int upper = begin + k;
                int lower = upper + half;
                int re = (int) (real[lower] * c + imaginary[lower] * s + ROUND >> Q15_BITS);
                int im = (int) (imaginary[lower] * c - real[lower] * s + ROUND >> Q15_BITS);
                real[lower] = real[upper] - re;
                imaginary[lower] = imaginary[upper] - im;
                real[upper] += re;
                imaginary[upper] += im;
            }
        }
    }
}
