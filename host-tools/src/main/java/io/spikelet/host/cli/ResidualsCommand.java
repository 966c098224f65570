package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.report.Residual;
import io.spikelet.host.report.ResidualMeter;
import io.spikelet.host.report.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet residuals}: what each step leaves on the membranes of a graph that resets by subtraction. */
@Command(
        name = "residuals",
        description = {
            "Measure what each time step leaves on membranes for the next, in thresholds, layer by layer: the noise to"
                    + " train a network with in one step that is to run in several (docs/quantisation.md, Q17).",
            "",
            "'within' counts what lies between 0 and the threshold: neurons that are driven harder than their"
                    + " threshold, or below 0, do not decide by what is left. Where a layer file says the noise that a"
                    + " layer was trained with, it stands beside."
        },
        footer = {
            "",
            "Examples:",
            "  spikelet residuals noise-steps.json --data fashion-mnist --split train:0-500 --steps 8",
            "  spikelet residuals network.nir --profile subtract --data digits.h5 --steps 8"
        })
final class ResidualsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A NIR or layer (.json) file of neurons with a soft reset.")
    private Path model;

    @Mixin
    private DataOption data;

    @Option(
            names = "--split",
            defaultValue = "calibration",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @Mixin
    private RunOption run;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    ResidualsCommand() {}

    @Override
    public Integer call() throws Exception {
        if (ImageFile.looksLikeAnImage(model)) {
            throw new IllegalArgumentException(
                    model + " is an image; what steps leave is measured in float, give the file it was made of");
        }
        Graph graph = GraphFiles.read(model);
        SampleSet samples = data.read(split, run.framing(graph));
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "running in float");
        List<Residual> residuals;
        try {
            residuals = ResidualMeter.measure(graph, run.settings(samples, graph), samples, progress::at);
        } finally {
            progress.done();
        }
        spec.commandLine().getOut().println(json ? object(residuals, samples) : table(residuals, samples));
        return 0;
    }

    private static String table(List<Residual> residuals, SampleSet samples) {
        StringBuilder text = new StringBuilder(
                samples.name() + ", " + samples.count() + " samples; what a step leaves, in thresholds\n\n");
        TextTable table = new TextTable(
                "layer", "neurons", "mean", "deviation", "within", "mean within", "deviation within", "trained with");
        for (Residual residual : residuals) {
            table.row(
                    residual.layer(),
                    Integer.toString(residual.neurons()),
                    number(residual.all().mean()),
                    number(residual.all().deviation()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * residual.withinShare()),
                    number(residual.within().mean()),
                    number(residual.within().deviation()),
                    residual.noise()
                            .map(noise -> number(noise.mean()) + " ± " + number(noise.deviation()))
                            .orElse(""));
        }
        table.appendTo(text);
        return text.toString().stripTrailing();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String object(List<Residual> residuals, SampleSet samples) {
        return Json.object(fields -> {
            fields.writeStringField("samples", samples.name());
            fields.writeNumberField("count", samples.count());
            fields.writeArrayFieldStart("layers");
            for (Residual residual : residuals) {
                fields.writeStartObject();
                fields.writeStringField("layer", residual.layer());
                fields.writeNumberField("neurons", residual.neurons());
                write(fields, "all", residual.all());
                write(fields, "within", residual.within());
                if (residual.noise().isPresent()) {
                    fields.writeObjectFieldStart("trained_with");
                    fields.writeNumberField("mean", residual.noise().get().mean());
                    fields.writeNumberField("deviation", residual.noise().get().deviation());
                    fields.writeEndObject();
                }
                fields.writeEndObject();
            }
            fields.writeEndArray();
        });
    }

    private static void write(JsonGenerator fields, String what, Residual.Moments moments) throws IOException {
        fields.writeObjectFieldStart(what);
        fields.writeNumberField("count", moments.count());
        if (moments.count() > 0) {
            fields.writeNumberField("mean", moments.mean());
            fields.writeNumberField("deviation", moments.deviation());
        }
        fields.writeEndObject();
    }
}
