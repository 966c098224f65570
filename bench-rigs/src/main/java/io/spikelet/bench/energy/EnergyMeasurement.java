package io.spikelet.bench.energy;

import static io.spikelet.bench.energy.WindowIntegration.text;

import io.spikelet.bench.energy.BudgetPart.Source;
import io.spikelet.bench.energy.Finding.Kind;
import io.spikelet.hal.meter.MeterTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** From a recording and its windows to micro-joules per inference; docs/energy.md has the equations. */
public final class EnergyMeasurement {
    /** A median is less sure than a mean, by √(π/2) of many normal values and by less of few. */
    private static final double MEDIAN = Math.sqrt(Math.PI / 2);

    private final PowerRecording recording;
    private final MeterTraits traits;
    private final WindowCuts cuts;
    private final EnergyRules rules;
    private final List<Finding> findings = new ArrayList<>();

    private EnergyMeasurement(PowerRecording recording, WindowCuts cuts, EnergyRules rules) {
        this.recording = recording;
        traits = recording.traits();
        this.cuts = cuts;
        this.rules = rules;
    }

    /**
     * Integrates, combines and judges. Findings never throw; a result that is refused says why.
     *
     * @param boards what the board knows of each window, in the order of the cuts
     * @param idle where the board did nothing, when idle power is to be subtracted
     */
    public static EnergyResult of(
            PowerRecording recording,
            WindowCuts cuts,
            List<BoardWindow> boards,
            Optional<WindowCut> idle,
            EnergyRules rules) {
        if (boards.size() != cuts.windows().size()) {
            throw new IllegalArgumentException("cuts=" + cuts.windows().size() + ", boards=" + boards.size());
        }
        return new EnergyMeasurement(recording, cuts, rules).measure(boards, idle);
    }

    private EnergyResult measure(List<BoardWindow> boards, Optional<WindowCut> idleCut) {
        WindowIntegration integration = new WindowIntegration(recording, cuts.method(), rules);
        List<MeasuredWindow> all = new ArrayList<>();
        for (int i = 0; i < boards.size(); i++) {
            integration
                    .measure(i + 1, cuts.windows().get(i), boards.get(i), findings)
                    .ifPresent(all::add);
        }
        all.forEach(window -> findings.addAll(window.findings()));
        Optional<IdlePower> idle = idleCut.filter(this::isRecorded).map(cut -> IdlePower.of(recording, cut));
        double idleWatts = idle.map(IdlePower::watts).orElse(0.0);
        List<MeasuredWindow> counted =
                all.stream().filter(window -> !window.refused()).toList();
        boolean enough = counted.size() >= rules.leastWindows();
        if (!enough) {
            findings.add(new Finding(
                    Kind.TOO_FEW_WINDOWS,
                    true,
                    0,
                    text("%d windows count, and %d are needed", counted.size(), rules.leastWindows())));
        }
        Budget budget = new Budget();
        Optional<Interval> result = Optional.empty();
        Optional<Interval> instruments = Optional.empty();
        List<IntervalPart> parts = List.of();
        if (enough) {
            double[] values = counted.stream()
                    .mapToDouble(window -> window.microjoules(idleWatts))
                    .toArray();
            double median = Sample.median(values);
            if (judge(counted, values, median, idle, budget)) {
                result = Optional.of(budget.around(median, rules.level(), rules.guardLevel()));
                instruments = Optional.of(budget.instruments(median, rules.level(), rules.guardLevel()));
                parts = budget.groups(median, rules.level(), rules.guardLevel());
            }
        }
        List<WindowEnergy> told =
                all.stream().map(window -> energy(window, idleWatts)).toList();
        return new EnergyResult(
                cuts.method(),
                cuts.borderNanos(),
                result,
                instruments,
                parts,
                idle.map(this::idleInterval),
                result.isPresent() ? budget.table() : List.of(),
                told,
                findings);
    }

    /** Whether idle power can be told; if not, the result is refused. */
    private boolean isRecorded(WindowCut idle) {
        boolean within = idle.fromNanos() >= recording.startNanos() && idle.toNanos() <= recording.endNanos();
        if (!within) {
            findings.add(new Finding(
                    Kind.WINDOW_LENGTH,
                    true,
                    0,
                    text(
                            "idle power is asked from %.3f to %.3f s, and the recording holds %.3f to %.3f s: start"
                                    + " the meter before"
                                    + " the board rests",
                            idle.fromNanos() * 1e-9,
                            idle.toNanos() * 1e-9,
                            recording.startNanos() * 1e-9,
                            recording.endNanos() * 1e-9)));
        }
        return within;
    }

    /** Fills the budget; whether a figure may be stated. */
    private boolean judge(
            List<MeasuredWindow> windows, double[] values, double median, Optional<IdlePower> idle, Budget budget) {
        RunFindings run = new RunFindings(windows, rules);
        run.trends();
        run.scatter(values);
        double drift = run.drift(traits.clockPpm());
        double alias = traits.means() ? 0 : run.aliasing(1 / traits.samplesPerSecond());
        findings.addAll(run.found());
        if (median <= 0) {
            findings.add(new Finding(
                    Kind.NO_NET_LOAD,
                    true,
                    0,
                    "the board takes no more power in its windows than when idle: is the idle time where it is said"
                            + " to be?"));
        }
        if (windows.size() == 1) {
            findings.add(new Finding(
                    Kind.SINGLE_WINDOW,
                    false,
                    1,
                    "one window does not tell how much runs differ; the interval holds the meter's part alone"));
        }
        double seconds = mean(windows, MeasuredWindow::secondsPerInference) * 1e6; // µJ per inference for each W
        budget.limit(Source.GAIN, traits.accuracy().gain() * median);
        if (idle.isEmpty()) {
            budget.limit(Source.OFFSET, traits.accuracy().offsetWatts() * seconds);
        }
        double half = traits.accuracy().resolutionWatts() / 2;
        if (windows.stream().anyMatch(window -> steady(window.integral(), half))) {
            budget.limit(Source.RESOLUTION, half * seconds);
        }
        if (idle.isPresent() && steady(idle.get().integral(), half)) {
            budget.limit(Source.RESOLUTION, half * seconds);
        }
        boolean boardsTime = cuts.method() != CutMethod.EDGES
                && windows.stream().allMatch(w -> w.board().isTimed());
        double ppm = boardsTime ? rules.boardPpm() : traits.clockPpm();
        budget.limit(Source.CLOCK, Math.max(ppm * 1e-6, drift) * median);
        perWindow(windows, values, alias * seconds / Math.sqrt(3), budget);
        idle.ifPresent(power -> budget.normal(Source.IDLE, power.standard() * seconds, power.degrees(), true));
        return findings.stream().noneMatch(finding -> finding.refuses() && finding.window() == 0);
    }

    /**
     * Readings that never change by half a step hide where between two steps the power lies; noise would average it
     * out.
     */
    private static boolean steady(Integral integral, double halfStep) {
        double pairs = Math.max(1, integral.samples() / 2.0);
        double spacing = integral.seconds() / Math.max(1, integral.samples());
        double deviation = integral.noiseJoules() / spacing / Math.sqrt(2 * pairs);
        return halfStep > 0 && deviation < halfStep;
    }

    /**
     * Parts that differ from window to window, and so lessen with their number.
     *
     * @param alias by samples in step with inferences; each window begins at another moment of the samples
     */
    private void perWindow(List<MeasuredWindow> windows, double[] values, double alias, Budget budget) {
        int count = windows.size();
        double factor = (count > 2 ? MEDIAN : 1) / Math.sqrt(count);
        double changes = rootMeanSquare(windows, w -> w.integral().noiseJoules());
        double deviation = count > 1 ? Sample.deviation(values) : 0;
        // What changes from one mean to the next is the load's as well, and then no error: windows tell the most it can
        // be.
        double noise = traits.means() ? Math.min(changes, deviation) : changes;
        double gaps = rootMeanSquare(
                windows,
                w -> w.integral().gapSpread()
                        * (w.integral().mostWatts() - w.integral().leastWatts())
                        / Math.sqrt(12));
        double interpolated = rootMeanSquare(windows, w -> w.integral().borderJoules() / Math.sqrt(3));
        double placed = rootMeanSquare(windows, w -> Math.sqrt(2) * w.cut().borderNanos() * 1e-9 * w.step());
        double degrees = traits.means() ? count - 1 : Double.POSITIVE_INFINITY;
        budget.normal(Source.INTEGRATION, noise * factor, degrees, false);
        budget.normal(Source.GAPS, gaps * factor, Double.POSITIVE_INFINITY, false);
        budget.normal(Source.ALIASING, alias * factor, Double.POSITIVE_INFINITY, false);
        double known = alias * alias + noise * noise + gaps * gaps + interpolated * interpolated;
        if (cuts.method() == CutMethod.EDGES) {
            known += placed * placed;
            budget.normal(Source.BORDERS, Math.hypot(interpolated, placed) * factor, Double.POSITIVE_INFINITY, false);
        } else {
            // Marks may all be late by the same, and both borders of a window then err the same way.
            double common = Math.sqrt(2) * placed;
            budget.normal(Source.BORDERS, Math.hypot(interpolated * factor, common), Double.POSITIVE_INFINITY, true);
        }
        if (count > 1) {
            double rest = Math.sqrt(Math.max(0, deviation * deviation - known));
            budget.normal(Source.SCATTER, rest * factor, count - 1, false);
        }
    }

    private static double rootMeanSquare(List<MeasuredWindow> windows, ToDoubleFunction<MeasuredWindow> joules) {
        return Math.sqrt(mean(windows, window -> {
            double value = joules.applyAsDouble(window) / window.board().inferences() * 1e6;
            return value * value;
        }));
    }

    private static double mean(List<MeasuredWindow> windows, ToDoubleFunction<MeasuredWindow> of) {
        return windows.stream().mapToDouble(of).average().orElseThrow();
    }

    private Interval idleInterval(IdlePower idle) {
        double[] limits = {
            traits.accuracy().gain() * Math.abs(idle.watts()),
            traits.accuracy().offsetWatts(),
            traits.accuracy().resolutionWatts() / 2
        };
        double half = new CoverageInterval(limits, idle.standard(), idle.degrees()).halfWidth(rules.level());
        return new Interval(idle.watts(), idle.watts() - half, idle.watts() + half, rules.level());
    }

    private static WindowEnergy energy(MeasuredWindow window, double idleWatts) {
        return new WindowEnergy(
                window.cut(),
                window.board(),
                window.joules(),
                window.integral().watts(),
                window.integral().leastWatts(),
                window.integral().mostWatts(),
                window.integral().samples(),
                window.microjoules(idleWatts),
                window.refused());
    }
}
