package io.spikelet.bench.rig;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the windows of a phase: a sample each, as many inferences as fill the time, once more when one came out short. */
final class WindowSeries {
    private static final int TRIES = 4;

    private WindowSeries() {}

    /** How a phase measures one window. */
    interface Kind<W> {
        /** How long some inferences take, s, outside of any window. */
        double seconds(int inferences) throws IOException;

        /** Measures. */
        W window(int number, int sample, int inferences) throws IOException;

        /** How long it took. */
        double seconds(W window) throws IOException;
    }

    /** @throws DutException when the device gets faster at every try */
    static <W> List<W> make(Dut dut, Inputs inputs, WindowRules rules, Kind<W> kind) throws IOException {
        inputs.load(dut, 0);
        int count = Tuning.inferences(rules.seconds(), kind::seconds);
        List<W> windows = new ArrayList<>();
        for (int w = 0; w < rules.windows(); w++) {
            int sample = inputs.load(dut, w);
            W window = kind.window(w, sample, count);
            for (int retry = 1; kind.seconds(window) < rules.seconds(); retry++) {
                if (retry == TRIES) {
                    throw new DutException("the device at " + dut.place() + " gets faster at every try: " + count
                            + " inferences took " + kind.seconds(window) + " s, less than " + rules.seconds()
                            + " s; let it settle and run again");
                }
                count = Tuning.longer(count, rules.seconds(), kind.seconds(window), retry);
                window = kind.window(w, sample, count);
            }
            windows.add(window);
        }
        return windows;
    }
}
