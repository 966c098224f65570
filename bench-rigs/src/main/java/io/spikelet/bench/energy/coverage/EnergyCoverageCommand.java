package io.spikelet.bench.energy.coverage;

import io.spikelet.bench.energy.coverage.CoverageStudy.FaultRow;
import io.spikelet.bench.energy.coverage.CoverageStudy.Row;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench energy-coverage}: whether intervals of measured energy hold the true one. */
@Command(
        name = "energy-coverage",
        description = {
            "Measure boards whose energy is known through simulated meters of 1 %% accuracy, whose gain, offset,"
                    + " clock and"
                    + " noise are drawn anew for each run, in virtual time; count the intervals that hold the true"
                    + " energy, by each"
                    + " way of cutting windows, and whether faults are told.",
        },
        footer = {
            "",
            "'without gain' divides the drawn gain error out and asks whether the other parts alone, at 95 %%, hold"
                    + " what is left.",
            "",
            "Exit code 1 when fewer than 95 of 100 intervals hold, or without gain fewer than 89; when one is wider"
                    + " than 2 %%, or a result refused, where noise is small, windows are cut on edges and nothing is"
                    + " told; or when a fault goes untold.",
            "",
            "Example:",
            "  spikelet bench energy-coverage --runs 100"
        })
public final class EnergyCoverageCommand implements Callable<Integer> {
    private static final double HOLD = 95;
    private static final double WIDTH = .02;
    /** Fewer of 100 hold with probability .006 where 95 are to be expected. */
    private static final double HOLD_WITHOUT_GAIN = 89;

    @Option(
            names = "--runs",
            defaultValue = "100",
            paramLabel = "N",
            description = "Of each kind (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of the first run (default: 1).")
    private long seed;

    @Spec
    private CommandSpec spec;

    EnergyCoverageCommand() {}

    @Override
    public Integer call() throws Exception {
        if (runs < 1) {
            throw new IllegalArgumentException("--runs must be 1 or more: " + runs);
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean sound = true;
        out.println("kind                          held  without gain  refused  width: median  largest  largest error "
                + " borders    parts");
        for (StudyCase study : CoverageStudy.cases()) {
            Row row = CoverageStudy.repeat(study, runs, seed);
            boolean wide = study.quiet() && (row.largestWidth() > WIDTH * (1 + 1e-9) || row.refused() > 0);
            boolean fails = row.percent() < HOLD || row.restPercent() < HOLD_WITHOUT_GAIN || wide;
            sound &= !fails;
            out.println(line(row) + (fails ? "  BROKEN" : ""));
            row.noted().forEach((kind, count) -> out.printf(Locale.ROOT, "    told in %d runs: %s%n", count, kind));
            out.flush();
        }
        out.println("fault         told         beside");
        for (Fault fault : Fault.values()) {
            FaultRow row = CoverageStudy.provoke(fault, Math.min(runs, 20), seed, 10);
            boolean fails = row.told() < row.runs();
            sound &= !fails;
            out.printf(
                    Locale.ROOT,
                    "%-12s  %3d of %-3d  %s%s%n",
                    fault,
                    row.told(),
                    row.runs(),
                    row.beside().isEmpty() ? "-" : row.beside(),
                    fails ? "  BROKEN" : "");
            out.flush();
        }
        return sound ? 0 : 1;
    }

    private static String line(Row row) {
        String parts = row.parts().entrySet().stream()
                .sorted((one, other) -> Double.compare(other.getValue(), one.getValue()))
                .filter(part -> part.getValue() >= 5e-4)
                .map(part ->
                        String.format(Locale.ROOT, "%s %.1f %%", part.getKey().words(), 100 * part.getValue()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%-28s %3d/%-3d  %3d/%-3d  %9d         %6.3f %% %8s       %6.3f %%  %7.4f ms  %s",
                row.study().name(),
                row.held(),
                row.runs(),
                row.restHeld(),
                row.runs() - row.refused(),
                row.refused(),
                100 * row.medianWidth(),
                row.largestWidth() == 0 ? "-" : String.format(Locale.ROOT, "%.3f %%", 100 * row.largestWidth()),
                100 * row.largestError(),
                row.borderMillis(),
                parts);
    }
}
