package io.spikelet.bench.energy;

import java.util.List;

/** Windows found by the steps of the load, when there is no wire: the board's own times are laid over the power. */
public final class LoadStepCuts {
    /**
     * When a window began and ended by the board's clock, whose zero does not matter.
     *
     * @param startSeconds of its first lap timestamp
     * @param endSeconds of its second
     */
    public record Laps(double startSeconds, double endSeconds) {
        /** Checks the order. */
        public Laps {
            if (!(endSeconds > startSeconds)) {
                throw new IllegalArgumentException("a lap ends after it begins: " + startSeconds + ", " + endSeconds);
            }
        }
    }

    private LoadStepCuts() {}

    /**
     * Finds where the power falls at the ends of all windows (a warm-up may lie before their starts), fits the meter's clock to the
     * board's, and cuts. What the steps differ from the fit is the uncertainty of the borders.
     *
     * @param laps of each window in their order, on one clock
     * @throws CutException when the load shows no such steps
     */
    public static WindowCuts of(PowerRecording recording, List<Laps> laps) throws CutException {
        return new StepAlignment(recording, laps).cuts();
    }
}
