package io.spikelet.bench.rig;

import io.spikelet.bench.measure.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the performance phase brought.
 *
 * @param windows in order of time
 * @param rules they were made by
 */
record PerformanceResult(List<Window> windows, WindowRules rules) {
    PerformanceResult {
        windows = List.copyOf(windows);
    }

    /** The median over the windows, inferences a second: what the rules report. */
    double perSecond() {
        return Spread.of(rates()).median();
    }

    double[] rates() {
        return windows.stream().mapToDouble(Window::perSecond).toArray();
    }

    /** How far apart the windows lie, greatest less least over the median. */
    double scatter() {
        return scatter(rates());
    }

    static double scatter(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return (greatest - least) / Spread.of(values).median();
    }

    /** Why the median is not to be reported; empty when it is. */
    Optional<String> refusal() {
        return scatter() <= rules.scatter()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the windows of performance lie %.1f %% apart, more than the %.1f %% of --scatter, so their"
                            + " median is not reported; end what else runs on the board, let its temperature settle,"
                            + " run again",
                        100 * scatter(),
                        100 * rules.scatter()));
    }
}
