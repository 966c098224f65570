package io.spikelet.bench.energy;

/**
 * What an instrument that samples moments may miss of a load that repeats with every inference.
 *
 * @param phases how many moments of an inference are seen, when rate and inferences are in step
 * @param beats how often the moments wander through an inference within a window
 * @param share limit of the error as a share of the ripple
 */
record Aliasing(int phases, double beats, double share) {
    private static final int MOST_PHASES = 1024;

    /**
     * Looks for the fraction p / q near (sample period / inference period) that leaves most unseen. Samples then fall into q moments
     * of an inference alone, whose mean is off by up to 1 / q of the ripple (Koksma's inequality for q equal steps); as they drift from that
     * fraction and wander through, the error lessens with the number of beats.
     *
     * @param samples in a window
     */
    static Aliasing of(double samplePeriod, double inferencePeriod, double samples) {
        double turns = samplePeriod / inferencePeriod;
        Aliasing worst = new Aliasing(MOST_PHASES, samples, 0);
        for (int q = 1; q <= MOST_PHASES; q++) {
            double p = Math.rint(q * turns);
            if (p < 1) {
                continue; // many samples in each inference: whole inferences are seen evenly
            }
            double beats = samples * Math.abs(q * turns - p);
            double share = 1 / (q * Math.max(1, beats));
            if (share > worst.share) {
                worst = new Aliasing(q, beats, share);
            }
        }
        return worst;
    }
}
