package io.spikelet.bench.rig;

import io.spikelet.bench.energy.BoardWindow;
import io.spikelet.bench.energy.EnergyMeasurement;
import io.spikelet.bench.energy.EnergyResult;
import io.spikelet.bench.energy.EnergyRules;
import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.bench.energy.WindowCut;
import io.spikelet.bench.energy.WindowCuts;
import io.spikelet.hal.meter.Meter;
import io.spikelet.host.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Windows of many inferences while a meter records; what the board takes when left alone is seen before them. */
final class EnergyPhase implements WindowSeries.Kind<MeteredWindow> {
    /** A block of a meter's samples may come so much later than the last of them was taken, and so many samples later. */
    private static final int CATCH_UP_MILLIS = 120;

    private static final double CATCH_UP_SAMPLES = 2.5;
    /** The board rests for such a share of a window behind it, so that its end can be seen in the load. */
    private static final double REST_SHARE = 0.06;

    private static final int SETTLE_MILLIS = 200;
    private static final double LATE_SECONDS = 0.1;
    private static final double BORDER_SHARE = 0.02;

    private final Dut dut;
    private final MeterRecorder recorder;
    private final WindowRules rules;
    private final Progress progress;

    EnergyPhase(Dut dut, MeterRecorder recorder, WindowRules rules, Progress progress) {
        this.dut = dut;
        this.recorder = recorder;
        this.rules = rules;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @throws IOException when device or meter fail, or windows cannot be found in what the meter recorded
     */
    static EnergyOutcome run(
            Dut dut, ChosenMeter chosen, Inputs inputs, WindowRules rules, EnergyPlan plan, Progress progress)
            throws IOException {
        PowerRecording recording;
        Optional<WindowCut> idle;
        List<MeteredWindow> windows;
        try (MeterRecorder recorder = MeterRecorder.start(chosen.meter())) {
            idle = idle(recorder, plan.idleSeconds());
            windows = WindowSeries.make(dut, inputs, rules, new EnergyPhase(dut, recorder, rules, progress));
            recorder.catchUp(catchUpMillis(chosen.meter()));
            recording = recorder.stop();
        }
        List<BoardWindow> boards = windows.stream().map(MeteredWindow::board).toList();
        WindowCuts cuts = new WindowFinder(recording, windows, boards).find(plan);
        EnergyResult result = EnergyMeasurement.of(
                recording, cuts, boards, plan.subtractIdle() ? idle : Optional.empty(), judged(rules));
        return EnergyOutcome.of(chosen, recording, cuts, result, idle, windows, plan);
    }

    /** Until what was taken at a moment has come for sure. */
    static int catchUpMillis(Meter meter) {
        return (int) (CATCH_UP_MILLIS + 1000 * CATCH_UP_SAMPLES / meter.traits().samplesPerSecond());
    }

    /** The limits of the run; a window that was long enough by the lines may be a border shorter by edges. */
    private static EnergyRules judged(WindowRules rules) {
        return EnergyRules.standard()
                .windows(rules.windows(), (1 - BORDER_SHARE) * rules.seconds())
                .scatter(rules.scatter());
    }

    /** Leaves the board alone for a while; empty where nothing was seen of it. */
    static Optional<WindowCut> idle(MeterRecorder recorder, double seconds) throws IOException {
        if (seconds == 0) {
            return Optional.empty();
        }
        MeterRecorder.pause(SETTLE_MILLIS);
        long from = recorder.nanos();
        recorder.catchUp((int) (1000 * seconds));
        long to = recorder.nanos();
        return to > from ? Optional.of(new WindowCut(from, to, 0)) : Optional.empty();
    }

    @Override
    public double seconds(int inferences) throws IOException {
        return seconds(dut.infer(inferences, rules.warmups()));
    }

    @Override
    public MeteredWindow window(int number, int sample, int inferences) throws IOException {
        long after = recorder.nanos();
        long expected = (long) (1000 * rules.seconds());
        long asked = System.nanoTime();
        Dut.Inference answer = dut.infer(
                inferences,
                rules.warmups(),
                waited -> progress.at(number * expected + Math.min(waited, expected), rules.windows() * expected));
        long answered = System.nanoTime();
        recorder.catchUp((int) Math.max(CATCH_UP_MILLIS, 1000 * REST_SHARE * seconds(answer)));
        return new MeteredWindow(sample, inferences, answer, after, recorder.nanos(), asked, answered);
    }

    @Override
    public double seconds(MeteredWindow window) throws DutException {
        return seconds(window.answer());
    }

    /** By the device's clock, or by the host's where a pin tells and not the text. */
    private static double seconds(Dut.Inference answer) throws DutException {
        if (answer.timed()) {
            return answer.micros() / 1e6;
        }
        if (answer.beganNanos() == 0 || answer.endedNanos() == 0) {
            throw new DutException(
                    "the device said neither m-lap-us nor m-infer-start and m-infer-done, so nobody knows"
                            + " how long its inferences took; check its firmware");
        }
        // Lines come late, and the first may come earlier than the second: so much may be missing from the window.
        return Math.max(0, (answer.endedNanos() - answer.beganNanos()) / 1e9 - LATE_SECONDS);
    }
}
