package io.spikelet.bench.rig;

import io.spikelet.bench.energy.BoardWindow;
import io.spikelet.bench.energy.EnergyMeasurement;
import io.spikelet.bench.energy.EnergyResult;
import io.spikelet.bench.energy.EnergyRules;
import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.bench.energy.RandomisedPairs;
import io.spikelet.bench.energy.WindowCut;
import io.spikelet.bench.energy.WindowCuts;
import io.spikelet.host.Progress;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two images on one device, in pairs of windows that follow each other at once; which of a pair comes first is drawn. The
 * meter records through all of it.
 */
final class AbRun {
    /** How many inferences are made after an image was changed, before anything is timed. */
    private static final int SETTLING_INFERENCES = 50;

    private static final int TRIES = 4;
    /** A pair holds though one of its windows is a little short. */
    private static final double SHORTEST = 0.5;

    private final Bench bench;
    private final ModelImage a;
    private final ModelImage b;
    private final Inputs inputs;
    private final WindowRules rules;
    private final EnergyPlan plan;
    private final Progress progress;
    private final int[] counts = new int[2];

    AbRun(
            Bench bench,
            ModelImage a,
            ModelImage b,
            Inputs inputs,
            WindowRules rules,
            EnergyPlan plan,
            Progress progress) {
        this.bench = bench;
        this.a = a;
        this.b = b;
        this.inputs = inputs;
        this.rules = rules;
        this.plan = plan;
        this.progress = progress;
    }

    /** One window of one of the two. */
    record Taken(boolean isA, MeteredWindow window) {}

    /**
     * Runs it.
     *
     * @param pairs of windows, 2 or more
     * @param seed of their order
     */
    AbResult run(ChosenMeter meter, int pairs, long seed) throws IOException {
        bench.activate(a);
        bench.beginEnergy(meter);
        List<Taken> taken = new ArrayList<>();
        PowerRecording recording;
        Optional<WindowCut> idle;
        try (MeterRecorder recorder = MeterRecorder.start(meter.meter())) {
            idle = EnergyPhase.idle(recorder, plan.idleSeconds());
            EnergyPhase phase = new EnergyPhase(bench.dut(), recorder, rules, Progress.SILENT);
            for (boolean aFirst : RandomisedPairs.firstIsA(pairs, seed)) {
                int pair = taken.size() / 2;
                taken.add(take(phase, aFirst, pair));
                progress.at(taken.size(), 2L * pairs);
                taken.add(take(phase, !aFirst, pair));
                progress.at(taken.size(), 2L * pairs);
            }
            recorder.catchUp(EnergyPhase.catchUpMillis(meter.meter()));
            recording = recorder.stop();
        }
        List<MeteredWindow> windows = taken.stream().map(Taken::window).toList();
        List<BoardWindow> boards = windows.stream().map(MeteredWindow::board).toList();
        EnergyRules judged = EnergyRules.standard().windows(1, SHORTEST * rules.seconds());
        WindowCuts cuts = new WindowFinder(recording, windows, boards).find(plan);
        EnergyResult energy =
                EnergyMeasurement.of(recording, cuts, boards, plan.subtractIdle() ? idle : Optional.empty(), judged);
        return AbResult.of(taken, cuts, energy, recording.traits(), meter, plan.subtractIdle());
    }

    /** A window of one image; both of a pair run the same sample. */
    private Taken take(EnergyPhase phase, boolean isA, int pair) throws IOException {
        bench.activate(isA ? a : b);
        int sample = inputs.load(bench.dut(), pair);
        bench.dut().infer(SETTLING_INFERENCES, 0);
        int side = isA ? 0 : 1;
        if (counts[side] == 0) {
            counts[side] = Tuning.inferences(rules.seconds(), phase::seconds);
        }
        MeteredWindow window = phase.window(pair, sample, counts[side]);
        for (int retry = 1; retry < TRIES && phase.seconds(window) < rules.seconds(); retry++) {
            counts[side] = Tuning.longer(counts[side], rules.seconds(), phase.seconds(window), retry);
            window = phase.window(pair, sample, counts[side]);
        }
        return new Taken(isA, window);
    }
}
