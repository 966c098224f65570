package io.spikelet.bench.rig;

import io.spikelet.bench.energy.EnergyResult;
import io.spikelet.bench.energy.Finding;
import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.bench.energy.WindowCut;
import io.spikelet.bench.energy.WindowCuts;
import io.spikelet.hal.meter.MeterTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the energy phase brought.
 *
 * @param traits what the meter promises
 * @param why this meter
 * @param simulated whether its power is made up
 * @param wholeMachine whether it measured the whole machine, of which the board is a part at most
 * @param cut how windows were found, and how sure their borders are, in words
 * @param result by package {@code energy}
 * @param idle where the board was left alone; empty when that was not looked at
 * @param idleWatts its mean power then, otherwise NaN
 * @param idleSubtracted whether it was taken off
 * @param windows what was asked of the board in each window of the result, in its order
 * @param trace of the whole phase, to be drawn
 * @param counts of what the meter saw
 */
record EnergyOutcome(
        MeterTraits traits,
        String why,
        boolean simulated,
        boolean wholeMachine,
        String cut,
        EnergyResult result,
        Optional<WindowCut> idle,
        double idleWatts,
        boolean idleSubtracted,
        List<MeteredWindow> windows,
        TracePyramid trace,
        Counts counts) {
    EnergyOutcome {
        windows = List.copyOf(windows);
    }

    /**
     * What came from a meter, and what did not.
     *
     * @param samples that came
     * @param lost that it took and that never came
     * @param broken readings without a number
     * @param rangeSwitches of its measuring range
     */
    record Counts(long samples, long lost, long broken, long rangeSwitches) {}

    static EnergyOutcome of(
            ChosenMeter chosen,
            PowerRecording recording,
            WindowCuts cuts,
            EnergyResult result,
            Optional<WindowCut> idle,
            List<MeteredWindow> windows,
            EnergyPlan plan) {
        double idleWatts = idle.map(cut -> recording.integrate(cut.fromNanos(), cut.toNanos()))
                .map(integral -> integral.joules() / integral.seconds())
                .orElse(Double.NaN);
        return new EnergyOutcome(
                recording.traits(),
                chosen.why(),
                chosen.simulated(),
                chosen.wholeMachine(),
                cuts.words(),
                result,
                idle,
                idleWatts,
                plan.subtractIdle(),
                result.windows().stream()
                        .map(window -> windows.get(cuts.windows().indexOf(window.cut())))
                        .toList(),
                TracePyramid.of(recording),
                new Counts(recording.samples(), recording.lost(), recording.broken(), recording.rangeSwitches()));
    }

    /** µJ an inference; empty when refused. */
    Optional<Interval> microjoules() {
        return result.microjoules();
    }

    List<String> refusals() {
        return result.refused()
                ? result.findings().stream()
                        .filter(Finding::refuses)
                        .map(finding -> "the energy is not reported: " + finding.sentence())
                        .toList()
                : List.of();
    }

    List<String> findings() {
        List<String> findings = new ArrayList<>();
        if (simulated) {
            findings.add(
                    "the power is simulated, not measured: it tells that the bench works, and nothing of the board");
        }
        if (wholeMachine) {
            findings.add(
                    "the meter " + traits.name() + " (" + traits.source() + ") measures the whole machine, with all"
                            + " that runs on it, and not the board"
                            + " alone: compare energies of one machine,"
                            + " or give a meter in the board's supply;"
                            + " it was"
                            + " taken"
                            + " so: " + why.replaceFirst("^meter: ", ""));
        }
        result.findings().stream()
                .filter(finding -> !(result.refused() && finding.refuses()))
                .map(Finding::sentence)
                .forEach(findings::add);
        return findings;
    }
}
