package io.spikelet.bench.rig;

import io.spikelet.host.page.Chart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How often an inference took how long. */
final class LatencyHistogram {
    private static final int BINS = 24;
    /** The slowest in a hundred stand in the last bar together, so that one pause does not flatten all others. */
    private static final double SHOWN = 0.99;

    private LatencyHistogram() {}

    /** @param micros one or more */
    static Chart of(double[] micros, String caption) {
        double[] sorted = micros.clone();
        Arrays.sort(sorted);
        double low = sorted[0];
        double high = sorted[(int) Math.ceil(SHOWN * (sorted.length - 1))];
        double width = Math.max(1, Math.ceil((high - low) / BINS));
        int bins = (int) Math.clamp(Math.floor((high - low) / width) + 1, 1, BINS + 1);
        double[] counts = new double[bins];
        for (double each : sorted) {
            counts[(int) Math.min(bins - 1, (each - low) / width)]++;
        }
        List<String> ticks = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            ticks.add(String.format(Locale.ROOT, "%.0f", low + i * width));
            boolean last = i == bins - 1;
            labels.add(
                    last
                            ? String.format(Locale.ROOT, "%.0f µs and more", low + i * width)
                            : String.format(Locale.ROOT, "%.0f to %.0f µs", low + i * width, low + (i + 1) * width));
        }
        return new Chart(
                "latency",
                Chart.Kind.HISTOGRAM,
                "How long an inference takes",
                caption,
                "Histogram of the time of single inferences in microseconds",
                "µs",
                "samples",
                Double.NaN,
                "%.0f",
                ticks,
                labels,
                List.of(new Chart.Series(
                        "samples",
                        Chart.Role.BOARD,
                        Arrays.stream(counts).boxed().toList())));
    }
}
