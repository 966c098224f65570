package io.spikelet.bench.rig;

import io.spikelet.bench.measure.Machine;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;

/** One run: the phases that were asked for, one after another, the port closed and opened again between them. */
final class RigRun {
    private final Bench bench;
    private final RunPlan plan;
    private final PrintWriter err;
    private Optional<AccuracyResult> accuracy = Optional.empty();
    private Optional<PerformanceResult> performance = Optional.empty();
    private Optional<EnergyOutcome> energy = Optional.empty();

    RigRun(Bench bench, RunPlan plan, PrintWriter err) {
        this.bench = bench;
        this.plan = plan;
        this.err = err;
    }

    /**
     * Runs them. What fails when a phase is done already does not take that away: the result is incomplete then, and says
     * why.
     */
    RunResult run() throws IOException, MalformedDataException {
        Instant started = Instant.now();
        Dut.Identity identity = bench.dut().identity();
        Mode phase = null;
        Optional<RunResult.BrokenOff> brokenOff = Optional.empty();
        try {
            for (Mode mode : plan.modesInOrder()) {
                phase = mode;
                run(mode);
            }
        } catch (IOException failed) {
            if (accuracy.isEmpty() && performance.isEmpty() || programEnds()) {
                throw failed;
            }
            brokenOff = Optional.of(new RunResult.BrokenOff(phase, failed.getMessage()));
        }
        Manifest manifest = new Manifest(
                started,
                plan.dut(),
                identity,
                plan.imageFacts(),
                plan.inputs().source(),
                plan.rules(),
                plan.modesInOrder(),
                Machine.here());
        return new RunResult(manifest, accuracy, performance, energy, models(), brokenOff);
    }

    /** Ctrl-C takes the board away before this thread ends; a folder that is begun then would be left half written. */
    private static boolean programEnds() {
        Thread probe = Thread.ofPlatform().unstarted(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    private void run(Mode mode) throws IOException {
        switch (mode) {
            case ACCURACY -> {
                ProgressLine progress = new ProgressLine(err, "accuracy");
                accuracy = Optional.of(
                        AccuracyPhase.run(bench.dut(), plan.samples().orElseThrow(), progress::at));
                progress.done();
            }
            case PERFORMANCE -> {
                bench.dut().reopen();
                ProgressLine progress = new ProgressLine(err, "performance");
                performance = Optional.of(PerformancePhase.run(bench.dut(), plan.inputs(), plan.rules(), progress::at));
                progress.done();
            }
            case ENERGY -> energy = Optional.of(energy());
        }
    }

    private Optional<BesideModels> models() throws MalformedDataException {
        if (plan.network().isEmpty() || plan.samples().isEmpty() || energy.isEmpty()) {
            return Optional.empty();
        }
        ProgressLine progress = new ProgressLine(err, "counting for the models");
        BesideModels models =
                BesideModels.of(plan.network().get(), plan.samples().get(), progress::at);
        progress.done();
        return Optional.of(models);
    }

    private EnergyOutcome energy() throws IOException {
        try (ChosenMeter meter = MeterChoice.open(plan.meter(), bench.own())) {
            err.println(meter.why());
            bench.beginEnergy(meter);
            ProgressLine progress = new ProgressLine(err, "energy");
            EnergyOutcome outcome =
                    EnergyPhase.run(bench.dut(), meter, plan.inputs(), plan.rules(), plan.energy(), progress::at);
            progress.done();
            return outcome;
        }
    }
}
