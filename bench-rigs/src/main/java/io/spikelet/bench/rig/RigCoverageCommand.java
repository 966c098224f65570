package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.rig.RigCoverage.Row;
import io.spikelet.hal.Clock;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.cli.Json;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet bench rig-coverage}: whether the rig's intervals hold what is true, on our own board. */
@Command(
        name = "rig-coverage",
        description = "Measure our own board, a process at a pseudo-terminal, many times with simulated meters that"
                + " are wrong, noisy and late within their promise, and count how often the stated interval holds the"
                + " energy that the simulated load truly took.",
        footer = {
            "",
            "Exit code 1 when fewer than 95 of 100 intervals hold it; a run that is refused counts as not held.",
            "",
            "Example:",
            "  spikelet bench rig-coverage play/digits.img --data bench-rigs/zoo/data/digits.h5"
        })
public final class RigCoverageCommand implements Callable<Integer> {
    private static final double LEAST_SHARE = .95;
    private static final double PERCENT = 100;

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
            defaultValue = "20",
            paramLabel = "PERCENT",
            description = "The most that windows may lie apart (default: ${DEFAULT-VALUE}).")
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
        Inputs inputs = Inputs.of(SampleSet.read(Path.of(data), "test"), 1);
        DutAddress own = DutAddress.parse("board:" + image);
        List<Row> rows;
        try (Bench bench = Bench.open(own, List.of(ImageFile.read(image)), Clock.system(), err)) {
            ProgressLine progress = new ProgressLine(err, "measuring");
            rows = new RigCoverage(bench, inputs, rules, plan).run(runs, seed, progress::at);
            progress.done();
        }
        long held = rows.stream().filter(Row::holds).count();
        long refused = rows.stream().filter(row -> row.found().isEmpty()).count();
        double[] widths = rows.stream()
                .flatMap(row -> row.found().stream())
                .mapToDouble(Interval::relativeWidth)
                .toArray();
        out.println(json ? json(rows, held, refused, widths) : text(rows, held, refused, widths));
        return held >= LEAST_SHARE * runs ? 0 : 1;
    }

    private String text(List<Row> rows, long held, long refused, double[] widths) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (each) {
                text.append(String.format(
                        Locale.ROOT,
                        "seed %d: true %.2f µJ an inference, stated %s: %s%n",
                        row.seed(),
                        row.truth(),
                        row.found().map(RigCoverageCommand::words).orElse(String.join("; ", row.refusals())),
                        row.holds() ? "held" : "NOT HELD"));
            }
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "held      %d of %d intervals hold what is true; %d refused%nwidth     %.2f %% of the value,"
                            + " median; %.2f %% largest%nwindows   5 of at least %s s; each meter 1 %%, 50 ppm, 20 mW"
                            + " of noise, a fifth of a period of jitter",
                        held,
                        rows.size(),
                        refused,
                        PERCENT * (widths.length == 0 ? Double.NaN : RigCoverage.median(widths)),
                        PERCENT * max(widths),
                        seconds))
                .toString();
    }

    private static String words(Interval found) {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", found.value(), found.low(), found.high());
    }

    private static double max(double[] values) {
        double most = Double.NaN;
        for (double value : values) {
            most = Double.isNaN(most) ? value : Math.max(most, value);
        }
        return most;
    }

    private String json(List<Row> rows, long held, long refused, double[] widths) throws IOException {
        return Json.object(json -> {
            json.writeNumberField("runs", rows.size());
            json.writeNumberField("held", held);
            json.writeNumberField("refused", refused);
            json.writeNumberField("median_width", widths.length == 0 ? Double.NaN : RigCoverage.median(widths));
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
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
