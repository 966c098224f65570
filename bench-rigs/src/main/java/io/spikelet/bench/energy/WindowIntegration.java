package io.spikelet.bench.energy;

import io.spikelet.bench.energy.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Integrates one window and looks at what lies in it. */
final class WindowIntegration {
    private static final int GAP_PERIODS = 5;
    private static final double AROUND = .01; // of the window, on each side
    private static final double RANGE_END = .98;

    private final PowerRecording recording;
    private final CutMethod method;
    private final EnergyRules rules;

    WindowIntegration(PowerRecording recording, CutMethod method, EnergyRules rules) {
        this.recording = recording;
        this.method = method;
        this.rules = rules;
    }

    /** Empty when the recording does not hold the window, which is told. */
    Optional<MeasuredWindow> measure(int number, WindowCut cut, BoardWindow board, List<Finding> told) {
        if (cut.fromNanos() < recording.startNanos() || cut.toNanos() > recording.endNanos()) {
            told.add(new Finding(
                    Kind.WINDOW_LENGTH,
                    true,
                    number,
                    text(
                            "window %d lies from %.3f to %.3f s, and the recording holds %.3f to %.3f s: start the"
                                    + " meter before"
                                    + " the board and stop it after",
                            number,
                            cut.fromNanos() * 1e-9,
                            cut.toNanos() * 1e-9,
                            recording.startNanos() * 1e-9,
                            recording.endNanos() * 1e-9)));
            return Optional.empty();
        }
        Integral integral = recording.integrate(cut.fromNanos(), cut.toNanos());
        boolean boardsTime = board.isTimed() && method != CutMethod.EDGES;
        double seconds = boardsTime ? board.seconds() : integral.seconds();
        double around = around(cut);
        double step = boardsTime ? Math.abs(integral.watts() - around) : Math.max(integral.watts(), around);
        return Optional.of(new MeasuredWindow(
                number, cut, board, integral, seconds, step, findings(number, cut, integral, seconds, board)));
    }

    /** Power just outside, the side that differs more from what is inside. */
    private double around(WindowCut cut) {
        double inside = recording.integrate(cut.fromNanos(), cut.toNanos()).watts();
        double length = Math.max(AROUND * (cut.toNanos() - cut.fromNanos()), 2 * recording.binNanos());
        double far = 2 * cut.borderNanos();
        double worst = inside;
        for (double from : new double[] {cut.fromNanos() - far - length, cut.toNanos() + far}) {
            double start = Math.max(from, recording.startNanos());
            double end = Math.min(from + length, recording.endNanos());
            if (end > start) {
                double watts = recording.integrate(start, end).watts();
                worst = Math.abs(watts - inside) > Math.abs(worst - inside) ? watts : worst;
            }
        }
        return worst;
    }

    private List<Finding> findings(int number, WindowCut cut, Integral integral, double seconds, BoardWindow board) {
        List<Finding> found = new ArrayList<>();
        // A border's own uncertainty is no reason to call a window of 10 s too short.
        if (seconds + 3e-9 * cut.borderNanos() < rules.leastWindowSeconds() * .999) {
            found.add(new Finding(
                    Kind.WINDOW_LENGTH,
                    true,
                    number,
                    text(
                            "window %d takes %.4g s, and at least %.4g s are needed: ask for more inferences a window",
                            number, seconds, rules.leastWindowSeconds())));
        }
        if (integral.samples() < rules.fewSamples()) {
            boolean refuses = integral.samples() < rules.leastSamples();
            found.add(new Finding(
                    Kind.TOO_FEW_SAMPLES,
                    refuses,
                    number,
                    text(
                            "window %d holds %d samples%s; raise the meter's rate or make the window longer",
                            number,
                            integral.samples(),
                            refuses
                                    ? ", and " + rules.leastSamples() + " are the least"
                                    : ", the interval is wider for it")));
        }
        gaps(number, integral, found);
        if (integral.leastVolts() < integral.meanVolts() * (1 - rules.voltageDip())) {
            found.add(new Finding(
                    Kind.BROWN_OUT,
                    false,
                    number,
                    text(
                            "in window %d the supply dipped to %.3g V, its mean is %.3g V: a shorter or thicker"
                                    + " lead, or a stronger"
                                    + " supply; the board may have slowed down or started anew",
                            number, integral.leastVolts(), integral.meanVolts())));
        }
        double limit = recording.traits().maximumAmps();
        if (integral.mostAmps() >= RANGE_END * limit) {
            found.add(new Finding(
                    Kind.OVER_RANGE,
                    true,
                    number,
                    text(
                            "in window %d the current came to %.4g A, and the meter measures up to %.4g A: what was"
                                    + " above is missing;"
                                    + " take a larger range or another meter",
                            number, integral.mostAmps(), limit)));
        }
        if (board.throttled()) {
            found.add(new Finding(
                    Kind.THROTTLING,
                    false,
                    number,
                    text(
                            "in window %d the board was throttled, as it says itself: cool it, or let it rest longer",
                            number)));
        }
        return found;
    }

    private void gaps(int number, Integral integral, List<Finding> found) {
        if (integral.gapSeconds() == 0) {
            return;
        }
        double longest = Math.max(
                rules.longestGapNanos() * 1e-9, GAP_PERIODS / recording.traits().samplesPerSecond());
        boolean refuses = integral.longestGapSeconds() > longest
                || integral.gapSeconds() > rules.largestGapShare() * integral.seconds();
        found.add(new Finding(
                Kind.LOST_SAMPLES,
                refuses,
                number,
                text(
                        refuses
                                ? "window %d lacks samples for %.3g ms, %.3g ms at a time, and no more than %.3g ms"
                                        + " at a time and"
                                        + " %.3g %% are bridged: another port or cable, or a lower rate"
                                : "window %d lacks samples for %.3g ms, at most %.3g ms at a time; they are bridged"
                                        + " and the"
                                        + " interval is wider for it (limits: %.3g ms, %.3g %%)",
                        number,
                        integral.gapSeconds() * 1e3,
                        integral.longestGapSeconds() * 1e3,
                        longest * 1e3,
                        rules.largestGapShare() * 100)));
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
