package io.spikelet.bench.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often values fall into bins of equal, round width; the last bin takes everything above, so that one late value
 * does not flatten the rest.
 *
 * @param from where the first bin begins
 * @param width of a bin
 * @param counts (bins)
 */
record Histogram(double from, double width, List<Integer> counts) {
    private static final int BINS = 20;
    private static final double SHOWN_IN_FULL = 0.98;

    Histogram {
        counts = List.copyOf(counts);
    }

    /** @param values one or more */
    static Histogram of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double top = sorted[(int) Math.floor(SHOWN_IN_FULL * (sorted.length - 1))];
        double width = roundWidth(Math.max(top - sorted[0], 1) / BINS);
        double from = width * Math.floor(sorted[0] / width);
        int[] counts = new int[(int) Math.floor((top - from) / width) + 2];
        for (double value : sorted) {
            counts[(int) Math.min((value - from) / width, counts.length - 1)]++;
        }
        boolean nothingAbove = counts[counts.length - 1] == 0;
        return new Histogram(
                from,
                width,
                Arrays.stream(counts, 0, counts.length - (nothingAbove ? 1 : 0))
                        .boxed()
                        .toList());
    }

    /** The least of 1, 2 and 5 times a power of ten that is not below. */
    private static double roundWidth(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= atLeast) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Where each bin begins. */
    List<String> ticks() {
        List<String> ticks = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            ticks.add(number(from + i * width));
        }
        return ticks;
    }

    /** Each bin in words; the last one is open when values above it were counted there. */
    List<String> labels(double largest) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            double end = from + (i + 1) * width;
            boolean open = i == counts.size() - 1 && largest >= end;
            labels.add(number(from + i * width) + (open ? " and more" : " to " + number(end)));
        }
        return labels;
    }

    List<Double> values() {
        return counts.stream().map(Integer::doubleValue).toList();
    }

    private String number(double value) {
        return String.format(Locale.ROOT, width < 1 ? "%,.2f" : "%,.0f", value);
    }
}
