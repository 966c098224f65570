package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.rig.RigCoverage.Row;
import io.spikelet.hal.Clock;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.cli.Json;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet bench rig-coverage}: whether the rig's intervals hold what is true, on our own board. */
@Command(
        name = "rig-coverage",
        description = {
            "Measure our own board, a process at a pseudo-terminal, many times with simulated meters that"
                    + " are wrong, noisy and late within their promise, and count how often the stated interval holds"
                    + " what the simulated load truly took in the windows of that very run.",
            "",
            "Accuracy and performance are run once, energy for each seed. The interval that is judged is the one by"
                    + " the instruments alone: scatter of the board from window to window belongs to the truth."
        },
        footer = {
            "",
            "Exit code 1 when fewer than 95 of 100 intervals hold it, or one is wider than 2 %%. A run that is refused"
                    + " counts as not held; none is drawn again.",
            "",
            "Example:",
            "  spikelet bench rig-coverage play/digits.img --data bench-rigs/zoo/data/digits.h5"
        })
public final class RigCoverageCommand implements Callable<Integer> {
    private static final double LEAST_SHARE = .95;
    private static final double MOST_WIDTH = .02;
    private static final double PERCENT = 100;
    private static final int ACCURACY_SAMPLES = 50;

    @Parameters(paramLabel = "IMAGE", description = "A model image.")
    private Path image;

    @Option(names = "--data", required = true, paramLabel = "SET", description = "Samples; the first of them is run.")
    private String data;

    @Option(
            names = "--runs",
            defaultValue = "100",
            paramLabel = "N",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of the first meter (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seconds",
            defaultValue = "0.5",
            paramLabel = "S",
            description = "The least that each of five windows lasts (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--scatter",
            defaultValue = "1000",
            paramLabel = "PERCENT",
            description = "The most that windows may lie apart. 'rig run' refuses at 5, since it speaks of the board;"
                    + " here each window's own truth is known (default: ${DEFAULT-VALUE}).")
    private double scatter;

    @Option(names = "--each", description = "Print a line for each run.")
    private boolean each;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public RigCoverageCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        if (runs < 1) {
            throw new IllegalArgumentException("--runs must be 1 or more: " + runs);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        WindowRules rules = new WindowRules(WindowRules.RULED_WINDOWS, seconds, 10, scatter / PERCENT);
        EnergyPlan plan = new EnergyPlan(EnergyPlan.Cut.EDGES, OptionalInt.empty(), 0, false);
        SampleSet all = SampleSet.read(Path.of(data), "test");
        SampleSet samples = all.first(Math.min(ACCURACY_SAMPLES, all.count()));
        Inputs inputs = Inputs.of(samples, 1);
        DutAddress own = DutAddress.parse("board:" + image);
        List<Row> rows;
        try (Bench bench = Bench.open(own, List.of(ImageFile.read(image)), Clock.system(), err)) {
            ProgressLine progress = new ProgressLine(err, "measuring");
            rows = new RigCoverage(bench, samples, inputs, rules, plan).run(runs, seed, progress::at);
            progress.done();
        }
        Counted counted = Counted.of(rows);
        out.println(json ? json(rows, counted) : text(rows, counted));
        return counted.sound() ? 0 : 1;
    }

    /** What is judged; widths are shares of the value. */
    private record Counted(
            int runs,
            long held,
            long refused,
            double medianWidth,
            double mostWidth,
            long wholeHeld,
            double wholeWidth) {
        static Counted of(List<Row> rows) {
            double[] widths = widths(rows, Row::found);
            return new Counted(
                    rows.size(),
                    rows.stream().filter(Row::holds).count(),
                    rows.stream().filter(Row::refused).count(),
                    middle(widths),
                    Arrays.stream(widths).max().orElse(Double.NaN),
                    rows.stream().filter(Row::wholeHolds).count(),
                    middle(widths(rows, Row::whole)));
        }

        private static double[] widths(List<Row> rows, Function<Row, Optional<Interval>> of) {
            return rows.stream()
                    .flatMap(row -> of.apply(row).stream())
                    .mapToDouble(Interval::relativeWidth)
                    .toArray();
        }

        private static double middle(double[] values) {
            return values.length == 0 ? Double.NaN : Spread.of(values).median();
        }

        boolean sound() {
            return held >= LEAST_SHARE * runs && mostWidth <= MOST_WIDTH;
        }
    }

    private String text(List<Row> rows, Counted counted) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (each || row.refused()) {
                text.append(String.format(
                        Locale.ROOT,
                        "seed %d: true %.2f µJ an inference, stated %s: %s%n",
                        row.seed(),
                        row.truth(),
                        row.found().map(RigCoverageCommand::words).orElse(String.join("; ", row.refusals())),
                        row.holds() ? "held" : row.refused() ? "REFUSED" : "NOT HELD"));
            }
        }
        return text.append(String.format(
                        Locale.ROOT,
                        """
                        runs      %d
                        held      %d intervals by the instruments hold what was true of the run
                        refused   %d
                        width     %.3f %% of the value, median; %.3f %% largest
                        whole     %d intervals with the board's scatter hold it too, %.2f %% wide, median
                        windows   5 of at least %s s, up to %s %% apart; each meter 1 %%, 0.5 mW, 50 ppm, 20 mW of\
                         noise, a fifth of a period of jitter\
                        """,
                        counted.runs(),
                        counted.held(),
                        counted.refused(),
                        PERCENT * counted.medianWidth(),
                        PERCENT * counted.mostWidth(),
                        counted.wholeHeld(),
                        PERCENT * counted.wholeWidth(),
                        seconds,
                        scatter))
                .toString();
    }

    private static String words(Interval found) {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", found.value(), found.low(), found.high());
    }

    private static String json(List<Row> rows, Counted counted) {
        return Json.object(json -> {
            json.writeNumberField("runs", rows.size());
            json.writeNumberField("held", counted.held());
            json.writeNumberField("refused", counted.refused());
            RunJson.number(json, "median_width", counted.medianWidth());
            RunJson.number(json, "largest_width", counted.mostWidth());
            json.writeNumberField("whole_held", counted.wholeHeld());
            RunJson.number(json, "whole_median_width", counted.wholeWidth());
            json.writeBooleanField("sound", counted.sound());
            json.writeArrayFieldStart("rows");
            for (Row row : rows) {
                json.writeStartObject();
                json.writeNumberField("seed", row.seed());
                json.writeNumberField("true_microjoules", row.truth());
                if (row.found().isPresent()) {
                    json.writeNumberField("low", row.found().get().low());
                    json.writeNumberField("high", row.found().get().high());
                }
                json.writeBooleanField("held", row.holds());
                json.writeBooleanField("refused", row.refused());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
