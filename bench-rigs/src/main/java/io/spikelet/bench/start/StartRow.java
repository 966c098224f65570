package io.spikelet.bench.start;

import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.workload.Workload;
import java.util.List;

/**
 * Many starts in one way.
 *
 * @param millis from process start to first result
 * @param peakMebibytes resident at most
 */
record StartRow(Workload workload, Starter starter, Spread millis, Spread peakMebibytes) {
    private static final double KIBI = 1024;

    static StartRow of(Workload workload, Starter starter, List<StartTrial> trials) {
        return new StartRow(
                workload,
                starter,
                Spread.of(trials.stream().mapToDouble(StartTrial::millis).toArray()),
                Spread.of(trials.stream()
                        .mapToDouble(trial -> trial.peakKibibytes() / KIBI)
                        .toArray()));
    }
}
