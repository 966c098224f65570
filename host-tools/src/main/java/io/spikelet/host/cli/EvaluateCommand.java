package io.spikelet.host.cli;

import io.spikelet.engine.EventFraming;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.lava.LavaImporter;
import io.spikelet.host.lava.LavaNet;
import io.spikelet.host.lava.LavaNetwork;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.ImageCosts;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet evaluate}: accuracy and costs of a graph in float, or of an image in integers. */
@Command(
        name = "evaluate",
        description =
                "Measure accuracy and costs: an image or a .net in integers, exactly as a board runs it; a graph in"
                        + " float.",
        footer = {
            "",
            "Examples:",
            "  spikelet evaluate digits.img --data digits.h5",
            "  spikelet evaluate fashion.img --data fashion-mnist --float fashion.nir --threads 2",
            "  spikelet evaluate digits-conv.nir --data digits.h5 --steps 4",
            "  spikelet evaluate digits.img --data digits.h5 --float digits-conv.nir --html digits.html",
            "  spikelet evaluate nmnist.img --data nmnist_train1k.zip --fold 1/5"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A model image, or a NIR, ONNX, layer or lava-dl .net file.")
    private Path model;

    @Mixin
    private DataOption data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--float",
            paramLabel = "FILE",
            description = "For an image: the NIR, ONNX or layer file that it was made from, run in float on the same"
                    + " samples.")
    private Path source;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Threads that share the samples, 1 to 256; the answers stay the same (default:"
                    + " ${DEFAULT-VALUE}).")
    private int threads;

    @ArgGroup(exclusive = false, heading = "For a graph or a .net file only:%n")
    private RunOption run;

    @Option(
            names = "--layers",
            description = "For an image: also count layer by layer, on the first " + ImageCosts.MOST_SAMPLES
                    + " samples; --html does so too.")
    private boolean layers;

    @Option(
            names = "--scores",
            paramLabel = "FILE",
            description =
                    "Also write each sample's label, class and score of every class, as CSV; in integers for an image.")
    private Path scores;

    @Mixin
    private ReportOption form;

    @Spec
    private CommandSpec spec;

    EvaluateCommand() {}

    @Override
    public Integer call() throws Exception {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("--threads must be 1 to 256: " + threads);
        }
        form.prepare();
        if (scores != null) {
            ImageFile.requireFolder(scores);
        }
        EvaluationText text =
                ImageFile.looksLikeAnImage(model) ? image() : LavaImporter.isMeantBy(model) ? integers() : graph();
        String page =
                form.wantsPage() ? form.write(text.page(model.getFileName().toString())) : "";
        var out = spec.commandLine().getOut();
        out.println(form.wantsJson() ? text.json() : text.lines());
        if (form.wantsPage() && !form.wantsJson()) {
            out.println(page);
        }
        if (scores != null && !form.wantsJson()) {
            out.println(scores + ": the scores of each sample");
        }
        return 0;
    }

    private EvaluationText image() throws Exception {
        if (run != null) {
            throw new IllegalArgumentException("--steps, --encoder and their like are for a graph; " + model
                    + " is an image and says itself how it runs");
        }
        SpikingNetwork network = ImageFile.network(model, ImageFile.read(model));
        Graph graph = source == null ? null : ImageFile.source(source, model, network);
        SampleSet samples = data.read(split, EventFraming.of(network));
        ProgressLine progress = progress("evaluating in integers");
        Evaluation integer;
        try {
            integer = Evaluation.ofInteger(network, samples, threads, progress::at);
        } finally {
            progress.done();
        }
        writeScores(samples, integer);
        Evaluation floating = graph == null ? null : floating(graph, InferenceSettings.of(network), samples);
        ImageCosts costs = layers || form.wantsPage() ? costs(network, graph, samples) : null;
        return new EvaluationText(samples.name(), threads, integer, floating, costs, form.energyModel());
    }

    private ImageCosts costs(SpikingNetwork network, Graph graph, SampleSet samples) throws MalformedDataException {
        ProgressLine progress = progress("counting layer by layer");
        try {
            InferenceSettings settings = graph == null ? null : InferenceSettings.of(network);
            return ImageCosts.of(network, graph, settings, samples, progress::at);
        } finally {
            progress.done();
        }
    }

    private EvaluationText graph() throws Exception {
        if (source != null) {
            throw new IllegalArgumentException(
                    "--float goes with an image; " + model + " is a graph and runs in float");
        }
        if (layers) {
            throw new IllegalArgumentException(
                    "--layers counts what integers do; " + model + " is a graph, quantise it first");
        }
        Graph graph = GraphFiles.read(model);
        if (run == null) {
            throw new IllegalArgumentException("a graph needs --steps T, which its file does not carry; a conventional"
                    + " network takes --steps 1");
        }
        SampleSet samples = data.read(split, run.framing(graph));
        Evaluation floating = floating(graph, run.settings(samples, graph), samples);
        writeScores(samples, floating);
        return new EvaluationText(samples.name(), threads, null, floating, null, form.energyModel());
    }

    private EvaluationText integers() throws Exception {
        if (source != null) {
            throw new IllegalArgumentException("--float goes with an image; " + model + " is integers");
        }
        if (run == null) {
            throw new IllegalArgumentException("a .net file needs --steps T, which it does not carry");
        }
        IntegerNetwork.refuseRealOptions(spec, model);
        LavaNet net = LavaImporter.read(model);
        SampleSet samples = data.read(split, run.framing(net));
        SpikingNetwork network = LavaNetwork.of(net, run.run(net.name(), Optional.of(samples), 0))
                .network();
        ProgressLine progress = progress("evaluating in integers");
        try {
            Evaluation integer = Evaluation.ofInteger(network, samples, threads, progress::at);
            writeScores(samples, integer);
            return new EvaluationText(samples.name(), threads, integer, null, null, form.energyModel());
        } finally {
            progress.done();
        }
    }

    private void writeScores(SampleSet samples, Evaluation evaluation) throws IOException {
        if (scores != null) {
            ScoreFile.write(scores, samples, evaluation);
        }
    }

    private Evaluation floating(Graph graph, InferenceSettings settings, SampleSet samples) {
        ProgressLine progress = progress("evaluating in float");
        try {
            return Evaluation.ofFloat(graph, settings, samples, threads, progress::at);
        } finally {
            progress.done();
        }
    }

    private ProgressLine progress(String what) {
        return new ProgressLine(spec.commandLine().getErr(), what);
    }
}
