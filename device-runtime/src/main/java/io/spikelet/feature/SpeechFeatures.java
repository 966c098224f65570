package io.spikelet.feature;

/**
 * A spoken word as {@link #SEGMENTS} spectra of {@value FilterBank#BANDS} bands (equation F2 of docs/adaptation.md): the
 * log filter bank of every 10 ms, silence before and after cut away, the rest averaged within ten equal parts, and the
 * mean of all taken away, so that neither loudness nor length of a word matters.
 */
public final class SpeechFeatures {
    /** Of one channel. */
    public static final int SAMPLE_RATE = 8000;

    public static final int SEGMENTS = 10;

    private static final int HOP = SAMPLE_RATE / 100;

    /** A frame is silent where its loudest band is this far, in log2 of power, Q8, below the loudest of all. */
    private static final int SILENCE = 8 << Log2.BITS;

    private final PowerSpectrum spectrum = new PowerSpectrum();
    private final FilterBank bank = new FilterBank(SAMPLE_RATE);
    private final long[] power = new long[PowerSpectrum.BINS];
    private final int mostFrames;

    /** (frames, bands) Q8. */
    private final int[] frames;

    /** (frames) Q8. */
    private final int[] loudness;

    /** @param mostSamples of one utterance, 256 or more */
    public SpeechFeatures(int mostSamples) {
        if (mostSamples < PowerSpectrum.SAMPLES) {
            throw new IllegalArgumentException("an utterance may have 256 samples or more: mostSamples=" + mostSamples);
        }
        mostFrames = frames(mostSamples);
        frames = new int[mostFrames * FilterBank.BANDS];
        loudness = new int[mostFrames];
    }

    public int size() {
        return SEGMENTS * FilterBank.BANDS;
    }

    private static int frames(int samples) {
        return 1 + Math.max(0, samples - PowerSpectrum.SAMPLES) / HOP;
    }

    /**
     * The features of one utterance; what goes beyond the most samples is not heard.
     *
     * @param count samples from the start of {@code samples}; fewer than 256 are followed by zeros
     * @param into ({@link #SEGMENTS}, bands) Q8
     */
    public void extract(short[] samples, int count, int[] into) {
        int heard = Math.min(frames(count), mostFrames);
        int loudest = 0;
        for (int f = 0; f < heard; f++) {
            int row = f * FilterBank.BANDS;
            spectrum.of(samples, f * HOP, count, power);
            bank.logarithms(power, frames, row);
            loudness[f] = 0;
            for (int b = 0; b < FilterBank.BANDS; b++) {
                loudness[f] = Math.max(loudness[f], frames[row + b]);
            }
            loudest = Math.max(loudest, loudness[f]);
        }
        int first = 0;
        while (loudness[first] < loudest - SILENCE) {
            first++;
        }
        int last = heard - 1;
        while (loudness[last] < loudest - SILENCE) {
            last--;
        }
        average(first, last + 1 - first, into);
        centre(into);
    }

    private void average(int first, int length, int[] into) {
        for (int s = 0; s < SEGMENTS; s++) {
            int begin = s * length / SEGMENTS;
            int end = Math.max(begin + 1, ((s + 1) * length + SEGMENTS - 1) / SEGMENTS);
            for (int b = 0; b < FilterBank.BANDS; b++) {
                int sum = 0;
                for (int f = first + begin; f < first + end; f++) {
                    sum += frames[f * FilterBank.BANDS + b];
                }
                into[s * FilterBank.BANDS + b] = sum / (end - begin);
            }
        }
    }

    private void centre(int[] features) {
        long sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += features[i];
        }
        int mean = (int) (sum / size());
        for (int i = 0; i < size(); i++) {
            features[i] -= mean;
        }
    }
}
