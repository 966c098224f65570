package io.spikelet.bench.start;

import io.spikelet.bench.workload.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a start may cost.
 *
 * @param row our quickest way of starting of those that keep the limit, or of all when none does
 * @param millis at most
 * @param mebibytes at most
 */
record StartLimit(StartRow row, double millis, double mebibytes) {
    /** Milliseconds and MiB. */
    private static final Map<Workload, double[]> LIMITS =
            Map.of(Workload.W1, new double[] {100, 48}, Workload.W2, new double[] {250, 56});

    /** One for each workload that has a limit. */
    static List<StartLimit> judge(List<StartRow> rows) {
        return rows.stream()
                .map(StartRow::workload)
                .distinct()
                .filter(LIMITS::containsKey)
                .map(workload -> best(workload, rows))
                .toList();
    }

    private static StartLimit best(Workload workload, List<StartRow> rows) {
        double[] limit = LIMITS.get(workload);
        return rows.stream()
                .filter(row -> row.workload() == workload && row.starter().ours())
                .map(row -> new StartLimit(row, limit[0], limit[1]))
                .min(Comparator.comparing((StartLimit candidate) -> !candidate.holds())
                        .thenComparingDouble(
                                candidate -> candidate.row().millis().median()))
                .orElseThrow();
    }

    boolean holds() {
        return row.millis().median() <= millis && row.peakMebibytes().median() <= mebibytes;
    }
}
