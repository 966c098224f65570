package io.spikelet.bench.energy;

import static io.spikelet.bench.energy.WindowIntegration.text;

import io.spikelet.bench.energy.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What windows of a run tell together: trends, scatter, clocks, beats. */
final class RunFindings {
    /**
     * Of all pairs of windows, how many must rise (or fall) for a trend: with five, one of ten may not (Kendall's tau
     * .8, p = .04 one-sided).
     */
    private static final double CONCORDANT = .9;
    /** An error below this share of the power is no news. */
    private static final double ALIAS_SHARE = 2e-3;

    private final List<MeasuredWindow> windows;
    private final EnergyRules rules;
    private final List<Finding> found = new ArrayList<>();

    /** @param windows those that count, two or more for trends */
    RunFindings(List<MeasuredWindow> windows, EnergyRules rules) {
        this.windows = windows;
        this.rules = rules;
    }

    List<Finding> found() {
        return found;
    }

    /** Slower and slower, or another power from window to window. */
    void trends() {
        double slower = trend(MeasuredWindow::secondsPerInference);
        double power = trend(window -> window.integral().watts());
        if (slower > rules.throttleShare()) {
            found.add(new Finding(
                    Kind.THROTTLING,
                    false,
                    0,
                    text(
                            "inferences take %.3g %% longer in the last window than in the first, rising from window"
                                    + " to window: the"
                                    + " board is throttled, most likely by heat; cool it, or let it rest longer",
                            slower * 100)));
        } else if (Math.abs(power) > rules.throttleShare()) {
            found.add(new Finding(
                    Kind.THROTTLING,
                    false,
                    0,
                    text(
                            "power changes by %+.3g %% from the first window to the last, the same way from window"
                                    + " to window: clock"
                                    + " or temperature of the board still change; warm it up longer, or cool it",
                            power * 100)));
        }
    }

    /** Relative change from the first to the last when nearly all pairs go the same way, else 0. */
    private double trend(ToDoubleFunction<MeasuredWindow> of) {
        double[] values = windows.stream().mapToDouble(of).toArray();
        int up = 0;
        int down = 0;
        for (int i = 0; i < values.length; i++) {
            for (int k = i + 1; k < values.length; k++) {
                up += values[k] > values[i] ? 1 : 0;
                down += values[k] < values[i] ? 1 : 0;
            }
        }
        int pairs = values.length * (values.length - 1) / 2;
        boolean goes = pairs > 0 && Math.max(up, down) >= CONCORDANT * pairs;
        return goes ? values[values.length - 1] / values[0] - 1 : 0;
    }

    /** Windows that differ too much for one figure. */
    void scatter(double[] microjoules) {
        double median = Sample.median(microjoules);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : microjoules) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        if (most - least > rules.largestScatter() * Math.abs(median)) {
            found.add(new Finding(
                    Kind.SCATTER,
                    true,
                    0,
                    text(
                            "windows lie from %.5g to %.5g µJ per inference, more than %.3g %% apart: stop other"
                                    + " work on the board,"
                                    + " warm it up, and measure again",
                            least, most, rules.largestScatter() * 100)));
        }
    }

    /**
     * How far the two clocks differ beyond what both promise.
     *
     * @return the whole difference as a share when it is beyond, else 0
     */
    double drift(double meterPpm) {
        double meter = 0;
        double board = 0;
        double borders = 0;
        for (MeasuredWindow window : windows) {
            if (window.board().isTimed()) {
                meter += window.cut().seconds();
                board += window.board().seconds();
                borders += 2 * window.cut().borderNanos() * window.cut().borderNanos() * 1e-18;
            }
        }
        if (board == 0) {
            return 0;
        }
        double off = meter / board - 1;
        double allowed = (meterPpm + rules.boardPpm()) * 1e-6 + 3 * Math.sqrt(borders) / board;
        if (Math.abs(off) <= allowed) {
            return 0;
        }
        found.add(new Finding(
                Kind.CLOCK_DRIFT,
                false,
                0,
                text(
                        "the meter's clock runs %+.0f ppm off the board's, and both together promise %.0f ppm: one"
                                + " of them is wrong,"
                                + " and the interval is wider by all of it",
                        off * 1e6, meterPpm + rules.boardPpm())));
        return Math.abs(off);
    }

    /**
     * Samples of moments in step with inferences.
     *
     * @return limit of the error of the mean power, W
     */
    double aliasing(double samplePeriod) {
        double worst = 0;
        Aliasing told = null;
        MeasuredWindow where = null;
        for (MeasuredWindow window : windows) {
            Integral integral = window.integral();
            Aliasing aliasing = Aliasing.of(samplePeriod, window.secondsPerInference(), integral.samples());
            double watts = aliasing.share() * (integral.mostWatts() - integral.leastWatts());
            if (watts > worst) {
                worst = watts;
                told = aliasing;
                where = window;
            }
        }
        if (told != null && worst > ALIAS_SHARE * where.integral().watts()) {
            found.add(new Finding(
                    Kind.ALIASING,
                    false,
                    where.number(),
                    text(
                            "samples each %.4g ms and inferences each %.4g ms are in step (%d moments of an"
                                    + " inference, %.2g beats in"
                                    + " window %d), so %.2g W of the power may go unseen: change the meter's rate a"
                                    + " little, or take one"
                                    + " that averages",
                            samplePeriod * 1e3,
                            where.secondsPerInference() * 1e3,
                            told.phases(),
                            told.beats(),
                            where.number(),
                            worst)));
        }
        return worst;
    }
}
