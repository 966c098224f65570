package io.spikelet.bench.energy;

import io.spikelet.bench.energy.BudgetPart.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects parts of an uncertainty and makes an interval and a table of them; all in micro-joules per inference. */
final class Budget {
    private static final double ROOT_3 = Math.sqrt(3);
    /** So that what a meter of 1 % gives is never wider than 2 % by the last digit. */
    private static final double HAIR = 1 - 1e-12;

    private record Part(Source source, double standard, double degrees, boolean common) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Double> limits = new ArrayList<>();

    /** A part within limits, the same in all windows (GUM 4.3.7: standard uncertainty limit / √3). */
    void limit(Source source, double limit) {
        if (limit > 0) {
            limits.add(limit);
            parts.add(new Part(source, limit / ROOT_3, Double.POSITIVE_INFINITY, true));
        }
    }

    /** A part of which a standard deviation is known. */
    void normal(Source source, double standard, double degrees, boolean common) {
        if (standard > 0) {
            parts.add(new Part(source, standard, degrees, common));
        }
    }

    /**
     * The interval around a value. Parts that are no limits are one Student's part, its degrees of freedom by Welch and
     * Satterthwaite (GUM G.4.1); with the limits it is convolved. The interval is as wide as the guard asks, but not
     * beyond the largest limit while it holds the level within that: a meter of 1 % then gives ±1 % and no more
     * (docs/energy.md).
     *
     * @param level probability that it holds at least
     * @param guard probability, at or above the level, that is wished
     */
    Interval around(double value, double level, double guard) {
        double variance = 0;
        double fourth = 0;
        for (Part part : parts) {
            if (!isLimit(part)) {
                double square = part.standard * part.standard;
                variance += square;
                fourth += square * square / part.degrees;
            }
        }
        double degrees = fourth > 0 ? Math.max(1, variance * variance / fourth) : Double.POSITIVE_INFINITY;
        double[] rectangular = limits.stream().mapToDouble(Double::doubleValue).toArray();
        CoverageInterval coverage = new CoverageInterval(rectangular, Math.sqrt(variance), degrees);
        double least = coverage.halfWidth(level);
        double limit =
                HAIR * limits.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double half = Math.clamp(limit, least, Math.max(least, coverage.halfWidth(guard)));
        double held = half == least ? level : coverage.level(half);
        return new Interval(value, value - half, value + half, held);
    }

    private static boolean isLimit(Part part) {
        return switch (part.source) {
            case GAIN, OFFSET, RESOLUTION, CLOCK -> true;
            case ALIASING, INTEGRATION, BORDERS, GAPS, IDLE, SCATTER -> false;
        };
    }

    /** The table, largest first. */
    List<BudgetPart> table() {
        double variance = parts.stream()
                .mapToDouble(part -> part.standard * part.standard)
                .sum();
        return parts.stream()
                .map(part -> new BudgetPart(
                        part.source,
                        part.standard,
                        part.degrees,
                        part.common,
                        part.standard * part.standard / variance))
                .sorted(Comparator.comparingDouble(BudgetPart::share).reversed())
                .toList();
    }
}
