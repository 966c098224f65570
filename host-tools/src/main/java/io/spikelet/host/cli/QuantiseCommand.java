package io.spikelet.host.cli;

import io.spikelet.engine.EventFraming;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.page.QuantisationPage;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.QuantisedModel;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.container.Version;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet quantise}: a graph and calibration samples become an integer image and a report. */
@Command(
        name = "quantise",
        aliases = "quantize",
        description = "Turn a trained model into an integer image, and report what that cost.",
        footer = {
            "",
            "Examples:",
            "  spikelet quantise digits-conv.nir --data digits.h5 --steps 4 --key team.pem -o digits.img",
            "  spikelet quantise nmnist-frames.nir --data nmnist_train1k.zip --fold 1/5 --steps 6"
                    + " --encoder event-frames --count-maximum 15 -o nmnist.img",
            "  spikelet quantise onestep.nir --data fashion-mnist --split train:0-1000 --weights int4"
                    + " --rounding adaptive -o onestep4.img",
            "  spikelet quantise onestep.nir --data fashion-mnist --split train:0-500 --advise --html report.html"
                    + " -o onestep.img",
            "  spikelet quantise onestep.nir --data fashion-mnist --split train:0-500 --byte-budget 60000"
                    + " -o small.img"
        })
final class QuantiseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A NIR file.")
    private Path model;

    @Mixin
    private DataOption data;

    @Option(
            names = "--split",
            defaultValue = "calibration",
            paramLabel = "NAME",
            description = "The part of the samples to calibrate and report on (default: ${DEFAULT-VALUE}).")
    private String split;

    @Mixin
    private RunOption run;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "The model's name on the board; the file's by default.")
    private String name;

    @Option(
            names = "--model-version",
            defaultValue = "1.0.0",
            paramLabel = "X.Y.Z[+B]",
            description = "The image's version (default: ${DEFAULT-VALUE}).")
    private Version version;

    @Option(
            names = "--security-counter",
            defaultValue = "0",
            paramLabel = "N",
            description = "A board never goes back below the highest counter it has confirmed"
                    + " (default: ${DEFAULT-VALUE}).")
    private long securityCounter;

    @Option(
            names = "--learning-rate",
            paramLabel = "ETA",
            description = "Let the dense layers behind the last convolution learn on the board, with this step.")
    private Float learningRate;

    @Option(
            names = "--logit-gain",
            defaultValue = "1",
            paramLabel = "KAPPA",
            description = "Logits are this many times the spikes of a class (default: ${DEFAULT-VALUE}).")
    private float logitGain;

    @Mixin
    private WeightsOption weights;

    @Mixin
    private ChoiceOption choice;

    @Mixin
    private ImageOutput output;

    @Mixin
    private ReportOption form;

    @Spec
    private CommandSpec spec;

    QuantiseCommand() {}

    @Override
    public Integer call() throws Exception {
        output.prepare();
        form.prepare();
        choice.verify();
        Graph graph = GraphFiles.read(model);
        Optional<EventFraming> framing = run.framing(graph);
        SampleSet samples = data.read(split, framing);
        String modelName = name == null ? model.getFileName().toString().replaceFirst("\\.[^.]*$", "") : name;
        QuantiseOptions options = QuantiseOptions.of(modelName, run.settings(samples, graph), samples.fullScale())
                .withSecurityCounter(securityCounter)
                .withWeights(weights.rule());
        if (framing.isPresent()) {
            options = options.withInputMaximum(framing.get().maximum());
        }
        if (learningRate != null) {
            options = options.withLearning(learningRate, logitGain);
        }
        ChoiceOption.Choice chosen =
                choice.choose(graph, options, samples, spec.commandLine().getErr());
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "running float and integer");
        QuantisedModel quantised;
        try {
            quantised = Quantiser.quantise(graph, chosen.options(), samples, progress::at);
        } finally {
            progress.done();
        }
        QuantisationReport report =
                quantised.report().withEnergyModel(form.energyModel()).withChoice(chosen.advice(), chosen.plan());
        String written = output.write(NetworkCodec.encode(quantised.network()), version);
        String page = form.wantsPage() ? form.write(QuantisationPage.of(report)) : "";
        var out = spec.commandLine().getOut();
        out.println(form.wantsJson() ? report.toJson() : report.toText());
        if (!form.wantsJson()) {
            out.println(written);
            if (form.wantsPage()) {
                out.println(page);
            }
        }
        return 0;
    }
}
