package io.spikelet.bench.energy.coverage;

import io.spikelet.bench.energy.BudgetPart;
import io.spikelet.bench.energy.CutException;
import io.spikelet.bench.energy.CutMethod;
import io.spikelet.bench.energy.EnergyResult;
import io.spikelet.bench.energy.Finding;
import io.spikelet.bench.energy.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Repeats runs with seeds 1, 2, 3 …, and counts. */
final class CoverageStudy {
    /**
     * What runs of one kind say.
     *
     * @param held how many intervals hold the true energy
     * @param restHeld how many hold what is left of the error without the meter's gain, by the other parts alone at 95 %
     * @param refused how many state no figure
     * @param medianWidth of the intervals, as a share of the value
     * @param largestWidth of them, where nothing was told
     * @param largestError of the values, as a share of the true one
     * @param borderMillis how sure borders are, the largest of all runs
     * @param noted findings in runs where there is nothing to find
     * @param parts mean share of each part of the budget
     */
    record Row(
            StudyCase study,
            int runs,
            int held,
            int restHeld,
            int refused,
            double medianWidth,
            double largestWidth,
            double largestError,
            double borderMillis,
            Map<Finding.Kind, Integer> noted,
            Map<BudgetPart.Source, Double> parts) {

        /** The same of the parts beside the gain. */
        double restPercent() {
            return runs == refused ? 0 : 100.0 * restHeld / (runs - refused);
        }

        /** Intervals that hold, among a hundred that were stated. */
        double percent() {
            return runs == refused ? 0 : 100.0 * held / (runs - refused);
        }
    }

    /** How often a fault was told, and what else was told beside it. */
    record FaultRow(Fault fault, int runs, int told, Set<Finding.Kind> beside) {}

    private CoverageStudy() {}

    /** The kinds of runs that docs/measurements/energy.txt holds. */
    static List<StudyCase> cases() {
        return List.of(
                new StudyCase("edges, moments 10 kS/s", CutMethod.EDGES, false, 10_000, false, 0, 3e-4, 10),
                new StudyCase("edges, means 1 kS/s", CutMethod.EDGES, true, 1000, false, 0, 3e-4, 10),
                new StudyCase("edges, 1 % lost in threes", CutMethod.EDGES, false, 10_000, false, .005, 3e-4, 10),
                new StudyCase("edges, less idle power", CutMethod.EDGES, false, 10_000, true, 0, 3e-4, 10),
                new StudyCase("edges, runs differ by 0.5 %", CutMethod.EDGES, false, 5000, false, 0, 5e-3, 10),
                new StudyCase("edges, moments 50 S/s", CutMethod.EDGES, false, 50, false, 0, 3e-4, 10),
                new StudyCase("marks, moments 5 kS/s", CutMethod.MARKS, false, 5000, false, 0, 3e-4, 10),
                new StudyCase("load steps, moments 5 kS/s", CutMethod.ALIGNMENT, false, 5000, false, 0, 3e-4, 10),
                new StudyCase("load steps, means 100 S/s", CutMethod.ALIGNMENT, true, 100, false, 0, 3e-4, 10));
    }

    static Row repeat(StudyCase study, int runs, long firstSeed) {
        record Tried(StudyRun.Outcome outcome, boolean uncut) {}
        List<Tried> tried = IntStream.range(0, runs)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return new Tried(
                                new StudyRun(study, Fault.NONE, seed(study.name(), firstSeed + i)).run(), false);
                    } catch (CutException e) {
                        return new Tried(null, true);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
        int held = 0;
        int restHeld = 0;
        int refused = 0;
        double error = 0;
        double border = 0;
        double largest = 0;
        List<Double> widths = new ArrayList<>();
        Map<Finding.Kind, Integer> noted = new EnumMap<>(Finding.Kind.class);
        Map<BudgetPart.Source, Double> parts = new EnumMap<>(BudgetPart.Source.class);
        for (Tried one : tried) {
            if (one.uncut() || one.outcome().result().refused()) {
                refused++;
            }
            if (one.uncut()) {
                continue;
            }
            EnergyResult result = one.outcome().result();
            kinds(result).forEach(kind -> noted.merge(kind, 1, Integer::sum));
            border = Math.max(border, result.borderNanos() * 1e-6);
            if (result.microjoules().isPresent()) {
                Interval interval = result.microjoules().get();
                held += interval.holds(one.outcome().truth()) ? 1 : 0;
                restHeld += one.outcome().restHolds() ? 1 : 0;
                error = Math.max(
                        error, Math.abs(interval.value() / one.outcome().truth() - 1));
                widths.add(interval.relativeWidth());
                boolean silent =
                        result.findings().stream().allMatch(finding -> finding.kind() == Finding.Kind.LOST_SAMPLES);
                largest = silent ? Math.max(largest, interval.relativeWidth()) : largest;
                result.budget().forEach(part -> parts.merge(part.source(), part.share() / runs, Double::sum));
            }
        }
        widths.sort(null);
        double median = widths.isEmpty() ? Double.NaN : widths.get(widths.size() / 2);
        return new Row(study, runs, held, restHeld, refused, median, largest, error, border, noted, parts);
    }

    private static Set<Finding.Kind> kinds(EnergyResult result) {
        Set<Finding.Kind> kinds = EnumSet.noneOf(Finding.Kind.class);
        result.findings().forEach(finding -> kinds.add(finding.kind()));
        return kinds;
    }

    /** Other draws for other kinds, the same each time. */
    private static long seed(String kind, long number) {
        return kind.hashCode() * 1_000_003L + number;
    }

    /** Runs with one fault each. */
    static FaultRow provoke(Fault fault, int runs, long firstSeed, double seconds) throws CutException, IOException {
        double rate = switch (fault) {
            case IN_STEP -> 200;
            case SLOW_METER -> 1 / .3;
            default -> 2000;
        };
        boolean means = fault != Fault.IN_STEP && fault != Fault.SLOW_METER;
        StudyCase study = new StudyCase("fault", CutMethod.EDGES, means, rate, false, 0, 3e-4, seconds);
        int told = 0;
        Set<Finding.Kind> beside = EnumSet.noneOf(Finding.Kind.class);
        for (int i = 0; i < runs; i++) {
            Set<Finding.Kind> kinds = kinds(new StudyRun(study, fault, seed(fault.name(), firstSeed + i))
                    .run()
                    .result());
            told += fault.told().isEmpty()
                    ? (kinds.isEmpty() ? 1 : 0)
                    : kinds.contains(fault.told().get()) ? 1 : 0;
            fault.told().ifPresent(kinds::remove);
            beside.addAll(kinds);
        }
        return new FaultRow(fault, runs, told, beside);
    }
}
