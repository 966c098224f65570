package io.spikelet.bench.rig;

import java.io.IOException;

/** Finds how many inferences fill a window: few first, then more, until the device's clock tells their time well enough. */
final class Tuning {
    /** A first look this long tells the rate to some percent, however coarse the device's clock. */
    private static final double LOOK_SECONDS = 0.3;

    private static final double MARGIN = 1.05;
    private static final double ROOM = 0.25;
    private static final int STEPS = 12;
    private static final int FASTEST_GROWTH = 16;
    private static final int MOST_INFERENCES = 1_000_000_000;

    private Tuning() {}

    /** How long a number of inferences takes, s; the device's sample is loaded. */
    @FunctionalInterface
    interface Stopwatch {
        double seconds(int inferences) throws IOException;
    }

    /**
     * A number of inferences that takes a little longer than {@code seconds}.
     *
     * @throws DutException when the time never grows
     */
    static int inferences(double seconds, Stopwatch stopwatch) throws IOException {
        double wanted = Math.min(LOOK_SECONDS, seconds);
        int count = 1;
        for (int step = 0; step < STEPS; step++) {
            double took = stopwatch.seconds(count);
            if (took >= wanted) {
                return (int) Math.clamp(Math.ceil(MARGIN * seconds * count / took), 1, MOST_INFERENCES);
            }
            double growth = Math.min(FASTEST_GROWTH, Math.max(2, MARGIN * wanted / Math.max(took, 1e-6)));
            count = (int) Math.min(MOST_INFERENCES, Math.ceil(count * growth));
        }
        throw new DutException("the device says that " + count
                + " inferences take no time; its clock stands still, check" + " the timestamps of its firmware");
    }

    /**
     * The number for a window that came out short.
     *
     * @param retry 1 for the first: a device whose speed varies gets more room at each
     */
    static int longer(int count, double seconds, double took, int retry) {
        return (int) Math.clamp(
                Math.ceil((MARGIN + ROOM * retry) * seconds * count / Math.max(took, seconds / FASTEST_GROWTH)),
                count + 1L,
                MOST_INFERENCES);
    }
}
