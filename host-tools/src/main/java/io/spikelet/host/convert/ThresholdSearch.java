package io.spikelet.host.convert;

/**
 * Golden-section search for the percentile at which a spiking network says most nearly what the conventional one says. The
 * percentile is {@code 100 − 10^−x}, x = 0..5, so that 99 and 99.999 are as far apart as they act.
 */
final class ThresholdSearch {
    private static final double RATIO = (Math.sqrt(5) - 1) / 2;
    private static final double COARSEST = 0;
    private static final double FINEST = 5;

    /** What is to be made small. */
    @FunctionalInterface
    interface Objective {
        double at(double share) throws ConversionException;
    }

    private ThresholdSearch() {}

    /** The share of x. */
    static double share(double x) {
        return 1 - Math.pow(10, -x) / 100;
    }

    /**
     * Searches.
     *
     * @param rounds evaluations beyond the first two; each shrinks the interval by 0.618
     * @return the best share that was evaluated
     */
    static double best(Objective objective, int rounds) throws ConversionException {
        double low = COARSEST;
        double high = FINEST;
        double a = high - RATIO * (high - low);
        double b = low + RATIO * (high - low);
        double atA = objective.at(share(a));
        double atB = objective.at(share(b));
        for (int round = 0; round < rounds; round++) {
            if (atA <= atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - RATIO * (high - low);
                atA = objective.at(share(a));
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + RATIO * (high - low);
                atB = objective.at(share(b));
            }
        }
        return share(atA <= atB ? a : b);
    }
}
