package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.measure.Spread;
import io.spikelet.hal.sim.PowerTrace;
import io.spikelet.hal.sim.SimMeter;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Accuracy and performance once, then the energy phase again and again, against our own board on a pseudo-terminal, each
 * time with another simulated meter: its gain, offset and clock are wrong by what a seed draws within its promise, its
 * samples are noisy and jitter.
 *
 * <p>The truth of a run is laid down before it: the median over its windows of what the simulated load took, without any
 * error, between the true edges of the pin, divided by the inferences. A board that is slower in one window than in the
 * next truly takes more energy then, so its scatter belongs to the truth and not to the error, and the interval that has
 * to hold it is the one by the instruments alone. No run is drawn again: one that is refused counts as not held.
 */
final class RigCoverage {
    private static final double TRUE_IDLE_WATTS = 1.5;
    private static final double TRUE_ACTIVE_WATTS = .8;
    private static final double MICRO = 1e6;

    /** Half a milliwatt of offset and a tenth of resolution besides, as the simulated meter has. */
    private static final String METER =
            "sim,idle=%s,active=%s,accuracy=1%%,ppm=50,noise=0.02,jitter=0.2,rate=2000,seed=%d";

    /**
     * One run.
     *
     * @param seed of the meter
     * @param found what was stated of these windows, by what the instruments owe; empty when it was refused
     * @param whole what was stated of the board, its scatter included; empty when it was refused
     * @param truth the median of these windows' true energies, µJ an inference
     * @param refusals why nothing was stated
     */
    record Row(long seed, Optional<Interval> found, Optional<Interval> whole, double truth, List<String> refusals) {
        boolean holds() {
            return found.isPresent() && found.get().holds(truth);
        }

        boolean refused() {
            return found.isEmpty();
        }

        boolean wholeHolds() {
            return whole.isPresent() && whole.get().holds(truth);
        }
    }

    private final Bench bench;
    private final SampleSet samples;
    private final Inputs inputs;
    private final WindowRules rules;
    private final EnergyPlan plan;

    RigCoverage(Bench bench, SampleSet samples, Inputs inputs, WindowRules rules, EnergyPlan plan) {
        this.bench = bench;
        this.samples = samples;
        this.inputs = inputs;
        this.rules = rules;
        this.plan = plan;
    }

    List<Row> run(int runs, long seed, Progress progress) throws IOException {
        AccuracyPhase.run(bench.dut(), samples, Progress.SILENT);
        bench.dut().reopen();
        PerformancePhase.run(bench.dut(), inputs, rules, Progress.SILENT);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            rows.add(once(seed + i));
            progress.at(i + 1, runs);
        }
        return rows;
    }

    private Row once(long seed) throws IOException {
        String words = String.format(Locale.ROOT, METER, TRUE_IDLE_WATTS, TRUE_ACTIVE_WATTS, seed);
        try (ChosenMeter chosen = MeterChoice.open(words, bench.own())) {
            bench.beginEnergy(chosen);
            EnergyOutcome outcome = EnergyPhase.run(bench.dut(), chosen, inputs, rules, plan, Progress.SILENT);
            if (!(chosen.meter() instanceof SimMeter meter)) {
                throw new IOException("the meter of a study must be the simulated one");
            }
            return new Row(
                    seed,
                    outcome.result().instruments(),
                    outcome.microjoules(),
                    truth(meter, outcome.windows()),
                    outcome.refusals());
        }
    }

    /**
     * The pin marks each window between its command and the end of its answer, and the board rests around it: the load
     * above idle between the two is the window's, to the nanosecond. Both are told by one clock, not by the meter's.
     */
    private static double truth(SimMeter meter, List<MeteredWindow> windows) {
        PowerTrace load = meter.truth();
        double[] energies = windows.stream()
                .mapToDouble(window -> {
                    long from = window.askedNanos() - meter.originNanos();
                    long to = window.answeredNanos() - meter.originNanos();
                    double above = load.joules(from, to) - TRUE_IDLE_WATTS * (to - from) / 1e9;
                    double seconds = above / TRUE_ACTIVE_WATTS;
                    return MICRO * (TRUE_IDLE_WATTS + TRUE_ACTIVE_WATTS) * seconds / window.inferences();
                })
                .toArray();
        return Spread.of(energies).median();
    }
}
