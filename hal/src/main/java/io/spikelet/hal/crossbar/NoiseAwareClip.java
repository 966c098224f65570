package io.spikelet.hal.crossbar;

/**
 * Where to cut weights off before they are written. With L the level of the most conductance, a weight's share of a column's error
 * is {@code (|w| − min(|w|, L))²} of what was cut and {@code (σ²(G+) + σ²(G−)) / s²} of its cells, s = (most − least) / L µS a
 * weight LSB: a lower L makes all others louder. The L of least sum is taken; 128 candidates over a histogram of the weights.
 */
final class NoiseAwareClip {
    private static final int MAGNITUDES = 129;

    private final CrossbarSetup setup;

    /** (magnitudes) how many weights have it. */
    private final long[] count = new long[MAGNITUDES];

    private int largest = 1;

    NoiseAwareClip(CrossbarSetup setup, byte[] weights) {
        this.setup = setup;
        for (byte weight : weights) {
            count[Math.abs(weight)]++;
            largest = Math.max(largest, Math.abs(weight));
        }
    }

    /** The largest magnitude that is written. */
    int magnitude() {
        int best = largest;
        for (int level = largest - 1; level >= 1; level--) {
            best = error(level) < error(best) ? level : best;
        }
        return best;
    }

    /** Summed squared error of all weights, weight LSBs. */
    private double error(int top) {
        Memristors cells = setup.memristors();
        boolean pair = setup.mapping().kind() == WeightMapping.Kind.PAIR;
        double step = (cells.most() - cells.least()) / (pair ? top : 2 * top);
        double error = 0;
        for (int magnitude = 0; magnitude < MAGNITUDES; magnitude++) {
            if (count[magnitude] > 0) {
                int kept = Math.min(magnitude, top);
                double cut = magnitude - kept;
                // Of an offset mapping a weight of either sign is one cell, in the mean half way up as its reference
                // is.
                double noise = pair
                        ? variance(cells.least() + kept * step) + variance(cells.least())
                        : 2 * variance((cells.least() + cells.most()) / 2);
                error += count[magnitude] * (cut * cut + noise / (step * step));
            }
        }
        return error;
    }

    /** µS², of one write and one read. */
    private double variance(double g) {
        double written = setup.memristors().writeSigma(g);
        if (setup.writing().pulses() > 1) {
            // What is read back and written again is in the end within the tolerance, anywhere in it.
            double range = setup.memristors().most() - setup.memristors().least();
            written = Math.min(written, setup.writing().tolerance() * range / Math.sqrt(3));
        }
        double read = setup.memristors().readNoise(g, 1);
        return written * written + read * read;
    }
}
