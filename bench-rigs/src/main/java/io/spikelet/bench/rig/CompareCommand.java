package io.spikelet.bench.rig;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.energy.Interval;
import io.spikelet.host.cli.Json;
import io.spikelet.host.report.TextTable;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet rig compare}: runs held against the first of them. */
@Command(
        name = "compare",
        description = {
            "Hold runs against the first of them, be they minutes or months apart.",
            "",
            "A change counts as seen when its interval does not hold 0."
        },
        footer = {
            "",
            "Examples:",
            "  spikelet rig compare results/2026-05-02T101500Z-rig results/2026-11-28T034628Z-rig",
            "  spikelet rig compare results/2026-05-02T101500Z-rig results     (its newest run)"
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            arity = "2..*",
            paramLabel = "RUN",
            description = "Folders of runs, or a results folder: its newest that is complete.")
    private List<Path> folders;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    CompareCommand() {}

    @Override
    public Integer call() throws IOException, MalformedDataException {
        KeptRun first = KeptRun.read(run(folders.getFirst()));
        List<RunComparison> comparisons = new ArrayList<>();
        for (Path folder : folders.subList(1, folders.size())) {
            comparisons.add(new RunComparison(first, KeptRun.read(run(folder))));
        }
        spec.commandLine().getOut().println(json ? json(comparisons) : text(comparisons));
        return 0;
    }

    /** A run itself, or the newest of a results folder that is complete; of incomplete ones alone the newest. */
    private static Path run(Path folder) throws IOException, MalformedDataException {
        if (Files.isRegularFile(folder.resolve(ResultsFolder.RESULT))) {
            return folder;
        }
        List<Path> runs = new ResultsFolder(folder).runs();
        for (Path run : runs.reversed()) {
            if (KeptRun.read(run).incomplete().isEmpty()) {
                return run;
            }
        }
        return runs.isEmpty() ? folder : runs.getLast(); // the reader says that there is no run
    }

    private static String text(List<RunComparison> comparisons) {
        TextTable table =
                new TextTable("run", "µJ an inference", "change", "inferences/s", "change", "accuracy", "change");
        KeptRun first = comparisons.getFirst().before();
        table.row(first.name(), energy(first), "", speed(first), "", accuracy(first), "");
        for (RunComparison comparison : comparisons) {
            KeptRun run = comparison.after();
            table.row(
                    run.name(),
                    energy(run),
                    comparison
                            .energyChange()
                            .map(change -> percent(change, "%"))
                            .orElse("-"),
                    speed(run),
                    comparison.speedChange().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    "%+.2f %%",
                                    100 * comparison.speedChange().getAsDouble())
                            : "-",
                    accuracy(run),
                    comparison
                            .accuracyChange()
                            .map(change -> percent(change, "points"))
                            .orElse("-"));
        }
        StringBuilder text = new StringBuilder();
        table.appendTo(text);
        for (RunComparison comparison : comparisons) {
            comparison
                    .differences()
                    .forEach(difference -> text.append(
                                    comparisons.size() == 1
                                            ? "note: "
                                            : comparison.after().name() + ": ")
                            .append(difference)
                            .append('\n'));
        }
        return text.toString().stripTrailing();
    }

    private static String percent(Interval change, String unit) {
        return String.format(
                Locale.ROOT,
                "%+.2f (%+.2f to %+.2f) %s%s",
                100 * change.value(),
                100 * change.low(),
                100 * change.high(),
                unit,
                change.holds(0) ? ", not seen" : "");
    }

    private static String energy(KeptRun run) {
        return run.microjoules()
                .map(interval ->
                        String.format(Locale.ROOT, "%.5g ±%.2f %%", interval.value(), 50 * interval.relativeWidth()))
                .orElse("-");
    }

    private static String speed(KeptRun run) {
        OptionalDouble speed = run.inferencesPerSecond();
        return speed.isPresent() ? String.format(Locale.ROOT, "%.1f", speed.getAsDouble()) : "-";
    }

    private static String accuracy(KeptRun run) {
        return run.accuracy()
                .map(accuracy -> String.format(Locale.ROOT, "%.2f %%", 100 * accuracy.share()))
                .orElse("-");
    }

    private static String json(List<RunComparison> comparisons) {
        return Json.object(json -> {
            json.writeStringField(
                    "before", comparisons.getFirst().before().folder().toString());
            json.writeArrayFieldStart("comparisons");
            for (RunComparison comparison : comparisons) {
                json.writeStartObject();
                json.writeStringField("after", comparison.after().folder().toString());
                change(json, "energy_change", comparison.energyChange());
                if (comparison.speedChange().isPresent()) {
                    json.writeNumberField(
                            "speed_change", comparison.speedChange().getAsDouble());
                }
                change(json, "accuracy_change", comparison.accuracyChange());
                json.writeArrayFieldStart("differences");
                for (String difference : comparison.differences()) {
                    json.writeString(difference);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void change(JsonGenerator json, String field, Optional<Interval> change) throws IOException {
        if (change.isPresent()) {
            EnergyJson.interval(json, field, change.get());
        }
    }
}
