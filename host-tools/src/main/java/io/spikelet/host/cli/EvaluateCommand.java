package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet evaluate}: accuracy and costs of a graph in float, or of an image in integers. */
@Command(
        name = "evaluate",
        description = "Measure accuracy and costs: an image in integers, exactly as a board runs it; a graph in float.",
        footer = {
            "",
            "Examples:",
            "  spikelet evaluate digits.img --data digits.h5",
            "  spikelet evaluate digits-conv.nir --data digits.h5 --steps 4"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A model image or a NIR file.")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "Samples, HDF5 (docs/samples.md).")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @ArgGroup(exclusive = false, heading = "For a graph only:%n")
    private RunOption run;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    EvaluateCommand() {}

    @Override
    public Integer call() throws Exception {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "evaluating");
        boolean integer = ImageFile.looksLikeAnImage(model);
        Evaluation evaluation;
        try {
            evaluation = integer ? integer(progress) : floating(progress);
        } finally {
            progress.done();
        }
        print(evaluation, integer);
        return 0;
    }

    private Evaluation integer(ProgressLine progress) throws Exception {
        SpikingNetwork network = ImageFile.network(model, ImageFile.read(model));
        return Evaluation.ofInteger(network, SampleSet.read(data, split), progress::at);
    }

    private Evaluation floating(ProgressLine progress) throws Exception {
        Graph graph = NirImporter.read(model);
        SampleSet samples = SampleSet.read(data, split);
        if (run == null) {
            throw new IllegalArgumentException("a graph needs --steps T, which a NIR file does not carry");
        }
        return Evaluation.ofFloat(graph, run.settings(samples, QuantiseCommand.outputs(graph)), samples, progress::at);
    }

    private void print(Evaluation evaluation, boolean integer) {
        Accuracy accuracy = evaluation.accuracy();
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(fields -> {
                fields.writeStringField("arithmetic", integer ? "integer" : "float");
                fields.writeNumberField("accuracy", accuracy.share());
                fields.writeNumberField("accuracy_low", accuracy.interval().low());
                fields.writeNumberField("accuracy_high", accuracy.interval().high());
                fields.writeNumberField("correct", accuracy.correct());
                fields.writeNumberField("samples", accuracy.count());
                fields.writeNumberField("spikes_per_inference", evaluation.spikesPerInference());
                if (integer) {
                    fields.writeNumberField("synaptic_operations_per_inference", evaluation.operationsPerInference());
                }
            }));
            return;
        }
        out.println("arithmetic            " + (integer ? "integer, as on the board" : "float reference"));
        out.println("accuracy              " + accuracy);
        out.printf(Locale.ROOT, "spikes                %.1f per inference%n", evaluation.spikesPerInference());
        if (integer) {
            out.printf(Locale.ROOT, "synaptic operations   %.0f per inference%n", evaluation.operationsPerInference());
        }
    }
}
