package io.spikelet.bench.rig;

import io.spikelet.host.cli.Json;
import io.spikelet.host.report.TextTable;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet rig list}: the runs in a results folder. */
@Command(
        name = "list",
        description = "List the runs that a results folder keeps, the oldest first.",
        footer = {"", "Example:", "  spikelet rig list results"})
final class ListCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            defaultValue = "results",
            paramLabel = "FOLDER",
            description = "As of --out (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    ListCommand() {}

    @Override
    public Integer call() throws IOException, MalformedDataException {
        List<KeptRun> runs = new ArrayList<>();
        for (Path path : new ResultsFolder(folder).runs()) {
            runs.add(KeptRun.read(path));
        }
        spec.commandLine().getOut().println(json ? json(runs) : text(runs));
        return 0;
    }

    private String text(List<KeptRun> runs) {
        if (runs.isEmpty()) {
            return "no runs in " + folder + "; 'spikelet rig run' makes one";
        }
        TextTable table =
                new TextTable("run", "µJ an inference", "inferences/s", "accuracy", "device and image").endingInWords();
        for (KeptRun run : runs) {
            table.row(
                    run.name(),
                    run.microjoules()
                            .map(interval -> String.format(
                                            Locale.ROOT,
                                            "%.5g ±%.2f %%",
                                            interval.value(),
                                            50 * interval.relativeWidth())
                                    + (run.is("/energy/simulated") ? " simulated" : ""))
                            .orElse(run.is("/energy/refused") ? "refused" : "-"),
                    run.inferencesPerSecond().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    "%.1f",
                                    run.inferencesPerSecond().getAsDouble())
                            : run.is("/performance/refused") ? "refused" : "-",
                    run.accuracy()
                            .map(accuracy -> String.format(Locale.ROOT, "%.2f %%", 100 * accuracy.share()))
                            .orElse("-"),
                    run.device() + ", " + run.image() + (run.is("/manifest/rules/by_the_rules") ? "" : ", a trial")
                            + run.incomplete()
                                    .map(phase -> ", INCOMPLETE: broke off in " + phase)
                                    .orElse(""));
        }
        StringBuilder text = new StringBuilder();
        table.appendTo(text);
        return text.toString().stripTrailing();
    }

    private static String json(List<KeptRun> runs) {
        return Json.object(json -> {
            json.writeArrayFieldStart("runs");
            for (KeptRun run : runs) {
                json.writeStartObject();
                json.writeStringField("folder", run.folder().toString());
                json.writeStringField("started", run.started().toString());
                json.writeStringField("device", run.device());
                json.writeStringField("image", run.image());
                json.writeBooleanField("by_the_rules", run.is("/manifest/rules/by_the_rules"));
                json.writeBooleanField("incomplete", run.incomplete().isPresent());
                json.writeBooleanField("simulated", run.is("/energy/simulated"));
                if (run.microjoules().isPresent()) {
                    EnergyJson.interval(
                            json, "microjoules_per_inference", run.microjoules().get());
                }
                if (run.inferencesPerSecond().isPresent()) {
                    json.writeNumberField(
                            "inferences_per_second", run.inferencesPerSecond().getAsDouble());
                }
                if (run.accuracy().isPresent()) {
                    json.writeNumberField("accuracy", run.accuracy().get().share());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
