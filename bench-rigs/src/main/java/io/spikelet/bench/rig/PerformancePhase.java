package io.spikelet.bench.rig;

import io.spikelet.host.Progress;
import java.io.IOException;

/** Windows of many inferences of one sample each, timed by the device's own clock. */
final class PerformancePhase implements WindowSeries.Kind<Window> {
    private final Dut dut;
    private final WindowRules rules;
    private final Progress progress;

    private PerformancePhase(Dut dut, WindowRules rules, Progress progress) {
        this.dut = dut;
        this.rules = rules;
        this.progress = progress;
    }

    static PerformanceResult run(Dut dut, Inputs inputs, WindowRules rules, Progress progress) throws IOException {
        return new PerformanceResult(
                WindowSeries.make(dut, inputs, rules, new PerformancePhase(dut, rules, progress)), rules);
    }

    @Override
    public double seconds(int inferences) throws IOException {
        return timed(inferences, 0);
    }

    @Override
    public Window window(int number, int sample, int inferences) throws IOException {
        return new Window(sample, inferences, timed(inferences, number));
    }

    @Override
    public double seconds(Window window) {
        return window.seconds();
    }

    private double timed(int count, int number) throws IOException {
        long expected = (long) (1000 * rules.seconds());
        Dut.Inference answer = dut.infer(
                count,
                rules.warmups(),
                waited -> progress.at(number * expected + Math.min(waited, expected), rules.windows() * expected));
        if (!answer.timed()) {
            throw new DutException("the device at " + dut.place() + " told no m-lap-us around its inferences; it is in"
                    + " energy mode, where a pin tells: put it into performance mode, or give --mode energy");
        }
        return answer.micros() / 1e6;
    }
}
