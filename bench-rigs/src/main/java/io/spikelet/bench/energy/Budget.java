package io.spikelet.bench.energy;

import io.spikelet.bench.energy.BudgetPart.Source;
import io.spikelet.bench.energy.IntervalPart.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Collects parts of an uncertainty and makes an interval and a table of them; all in micro-joules per inference. */
final class Budget {
    private static final double ROOT_3 = Math.sqrt(3);
    /** So that what a meter of 1 % gives is never wider than 2 % by the last digit. */
    private static final double HAIR = 1 - 1e-12;

    /** Degrees of freedom beyond which Student's distribution is the normal one to six digits. */
    private static final double AS_GOOD_AS_NORMAL = 1e6;

    private record Part(Source source, double standard, double degrees, boolean common) {}

    private final List<Part> parts = new ArrayList<>();

    /** A part within limits, the same in all windows (GUM 4.3.7: standard uncertainty limit / √3). */
    void limit(Source source, double limit) {
        if (limit > 0) {
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
        return around(parts, value, level, guard);
    }

    /** The same by what the instruments owe alone: how far the value lies from what these very windows took. */
    Interval instruments(double value, double level, double guard) {
        return around(only(source -> source.group() != Group.RUN_TO_RUN), value, level, guard);
    }

    /** What each group would make of the interval if it were alone, in the order of {@link Group}. */
    List<IntervalPart> groups(double value, double level, double guard) {
        List<IntervalPart> groups = new ArrayList<>();
        for (Group group : Group.values()) {
            Interval alone = around(only(source -> source.group() == group), value, level, guard);
            groups.add(new IntervalPart(group, alone.high() - alone.low(), alone.relativeWidth()));
        }
        return groups;
    }

    private List<Part> only(Predicate<Source> wanted) {
        return parts.stream().filter(part -> wanted.test(part.source)).toList();
    }

    /** A budget of a table's lines that are wanted. */
    static Budget of(List<BudgetPart> table, Predicate<Source> wanted) {
        Budget budget = new Budget();
        table.stream()
                .filter(line -> wanted.test(line.source()))
                .forEach(line ->
                        budget.parts.add(new Part(line.source(), line.standard(), line.degrees(), line.common())));
        return budget;
    }

    private static Interval around(List<Part> parts, double value, double level, double guard) {
        double variance = 0;
        double fourth = 0;
        List<Double> limits = new ArrayList<>();
        for (Part part : parts) {
            if (isLimit(part)) {
                limits.add(part.standard * ROOT_3);
            } else {
                double square = part.standard * part.standard;
                variance += square;
                fourth += square * square / part.degrees;
            }
        }
        double freedom = fourth > 0 ? Math.max(1, variance * variance / fourth) : Double.POSITIVE_INFINITY;
        double degrees = freedom > AS_GOOD_AS_NORMAL ? Double.POSITIVE_INFINITY : freedom;
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
