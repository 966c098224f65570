package io.spikelet.host.page;

import io.spikelet.host.report.Accuracy;
import java.util.List;

/**
 * One chart: what is drawn, and what is said beside it.
 *
 * @param id of its place in the page
 * @param kind how it is drawn
 * @param title above it
 * @param caption what one sees, and the unit
 * @param description the chart in words, for those who do not see it
 * @param across what the horizontal axis shows, with its unit
 * @param up what the vertical axis shows, with its unit
 * @param ceiling the top of the vertical axis; NaN lets the data decide
 * @param format of one value, for {@link String#format}
 * @param ticks under the horizontal axis
 * @param labels what each tick means, at length
 * @param series (series) with a value for each label
 */
public record Chart(
        String id,
        Kind kind,
        String title,
        String caption,
        String description,
        String across,
        String up,
        double ceiling,
        String format,
        List<String> ticks,
        List<String> labels,
        List<Series> series) {

    public Chart {
        ticks = List.copyOf(ticks);
        labels = List.copyOf(labels);
        series = List.copyOf(series);
        for (Series one : series) {
            if (ticks.size() != labels.size() || one.values().size() != labels.size()) {
                throw new IllegalArgumentException("ticks, labels and values must be as many: chart=" + id + " labels="
                        + labels.size() + " series=" + one.name());
            }
        }
    }

    public enum Kind {
        BARS,
        LINES,
        HISTOGRAM
    }

    /** What a series stands for; the page gives each its colour and stroke. */
    public enum Role {
        FLOAT,
        BOARD,
        CONTROL,
        LEVEL,
        PLAIN,
        PEER
    }

    /**
     * @param values one for each label, NaN where nothing was measured
     * @param intervals one for each label, in the values' unit, or none at all
     */
    public record Series(String name, Role role, List<Double> values, List<Accuracy.Interval> intervals) {
        public Series {
            values = List.copyOf(values);
            intervals = List.copyOf(intervals);
        }

        public Series(String name, Role role, List<Double> values) {
            this(name, role, values, List.of());
        }
    }
}
