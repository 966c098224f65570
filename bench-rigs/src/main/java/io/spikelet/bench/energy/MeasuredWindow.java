package io.spikelet.bench.energy;

import java.util.List;

/**
 * A window with what was integrated in it.
 *
 * @param number from 1
 * @param cut where it lies
 * @param board what the board knows of it
 * @param integral of the recording
 * @param seconds that count: the board's own where the cut is blurred, else the meter's
 * @param step power within it less that around it, W; the whole power where the meter's time counts
 * @param findings about it alone
 */
record MeasuredWindow(
        int number,
        WindowCut cut,
        BoardWindow board,
        Integral integral,
        double seconds,
        double step,
        List<Finding> findings) {
    MeasuredWindow {
        findings = List.copyOf(findings);
    }

    boolean refused() {
        return findings.stream().anyMatch(Finding::refuses);
    }

    double secondsPerInference() {
        return seconds / board.inferences();
    }

    double joules() {
        return integral.watts() * seconds;
    }

    /** Micro-joules per inference above a power that is no part of it. */
    double microjoules(double idleWatts) {
        return (joules() - idleWatts * seconds) / board.inferences() * 1e6;
    }

    /** Of the meter's time to the board's; NaN when that is not told. */
    double clockRatio() {
        return cut.seconds() / board.seconds();
    }
}
