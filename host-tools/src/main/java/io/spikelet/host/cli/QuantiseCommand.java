package io.spikelet.host.cli;

import io.spikelet.engine.EventFraming;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.lava.LavaImporter;
import io.spikelet.host.lava.LavaNet;
import io.spikelet.host.onnx.OnnxIntegers;
import io.spikelet.host.page.QuantisationPage;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.QuantisedModel;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.quantise.WeightRule;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.QuantisationReport;
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
        description =
                "Turn a trained model into an integer image, and report what that cost. Integers are taken as they are:"
                        + " a lava-dl .net, and with --steps 1 a quantised ONNX file.",
        footer = {
            "",
            "Examples:",
            "  spikelet quantise digits-conv.nir --data digits.h5 --steps 4 --key team.pem -o digits.img",
            "  spikelet quantise nmnist-frames.nir --data nmnist_train1k.zip --fold 1/5 --steps 6"
                    + " --encoder event-frames --count-maximum 15 -o nmnist.img",
            "  spikelet quantise onestep.nir --data fashion-mnist --split train:0-1000 --steps 1"
                    + " --weights int4 --rounding adaptive -o onestep4.img",
            "  spikelet quantise digits-conv.nir --data digits.h5 --steps 4 --learning-rate 0.0078125 --learn all"
                    + " --learn-parts both --threshold-rate 0.002 --key team.pem -o digits.img",
            "  spikelet quantise keywords.nir --data keywords.h5 --steps 100 --encoder frames --learning-rate 0.001"
                    + " --learn all --learning-kind e-prop --eligibility-decay 0.9 --feedback random -o keywords.img",
            "  spikelet quantise oxford.net --steps 2000 -o oxford.img",
            "  spikelet quantise network-int8.onnx --data fashion-mnist --split train:0-1000 --steps 1 -o network.img",
            "  spikelet quantise onestep.nir --data fashion-mnist --split train:0-500 --steps 1 --advise"
                    + " --html report.html -o onestep.img",
            "  spikelet quantise onestep.nir --data fashion-mnist --split train:0-500 --steps 1"
                    + " --byte-budget 60000 -o small.img"
        })
final class QuantiseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A NIR, ONNX, layer (.json) or lava-dl .net file.")
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

    @Mixin
    private NamingOption naming;

    @Mixin
    private LearningOption learning;

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
        if (LavaImporter.isMeantBy(model)) {
            return takeIntegers();
        }
        ModelFile file = GraphFiles.open(model);
        Graph graph = GraphFiles.read(file);
        Optional<EventFraming> framing = run.framing(graph);
        SampleSet samples = data.read(split, framing);
        InferenceSettings settings = run.settings(samples, graph);
        if (settings.timeSteps() == 1 && GraphFiles.holdsIntegers(file)) {
            requireNothingToChoose();
            OnnxIntegers integers = OnnxIntegers.read(
                    file,
                    naming.nameOf(model),
                    settings,
                    samples.fullScale(),
                    naming.securityCounter(),
                    Quantiser.TOOL);
            QuantisedModel taken = measured(progress -> Quantiser.asItIs(
                    integers.graph(), integers.network(), settings, integers.notes(), samples, progress));
            return written(taken, ChoiceOption.Choice.NONE, samples);
        }
        QuantiseOptions options = QuantiseOptions.of(naming.nameOf(model), settings, samples.fullScale())
                .withSecurityCounter(naming.securityCounter())
                .withWeights(weights.rule());
        if (framing.isPresent()) {
            options = options.withInputMaximum(framing.get().maximum());
        }
        Optional<QuantiseOptions.Learning> learns = learning.learning();
        if (learns.isPresent()) {
            options = options.withLearning(learns.get());
        }
        ChoiceOption.Choice chosen =
                choice.choose(graph, options, samples, spec.commandLine().getErr());
        return written(
                measured(progress -> Quantiser.quantise(graph, chosen.options(), samples, progress)), chosen, samples);
    }

    /** A file of integers says itself what its weights are. */
    private void requireNothingToChoose() {
        if (!weights.rule().equals(WeightRule.AUTO) || learning.isGiven() || choice.isMade()) {
            throw new IllegalArgumentException(model + " holds integers, which are taken as they are; leave --weights,"
                    + " --weights-of, --rounding, --one-scale, --powers-of-two, --advise, --byte-budget and"
                    + " --learning-rate out");
        }
    }

    private interface Measurement {
        QuantisedModel run(Progress progress) throws QuantiseException;
    }

    private QuantisedModel measured(Measurement measurement) throws QuantiseException {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "running float and integer");
        try {
            return measurement.run(progress::at);
        } finally {
            progress.done();
        }
    }

    private int written(QuantisedModel quantised, ChoiceOption.Choice chosen, SampleSet samples) throws Exception {
        QuantisationReport report =
                quantised.report().withEnergyModel(form.energyModel()).withChoice(chosen.advice(), chosen.plan());
        String written = output.write(quantised.network(), Optional.of(samples), naming.version());
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

    /** Integers need no calibration; samples only measure. */
    private int takeIntegers() throws Exception {
        IntegerNetwork.refuseRealOptions(spec, model);
        if (form.wantsPage() || choice.isMade()) {
            throw new IllegalArgumentException(model + " holds integers, whose weights are taken as they are; leave"
                    + " --html, --advise and --byte-budget out");
        }
        LavaNet net = LavaImporter.read(model);
        Optional<SampleSet> samples =
                data.isGiven() ? Optional.of(data.read(split, run.framing(net))) : Optional.empty();
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "running in integers");
        IntegerNetwork taken;
        try {
            taken = IntegerNetwork.of(
                    net, run.run(naming.nameOf(model), samples, naming.securityCounter()), samples, progress::at);
        } finally {
            progress.done();
        }
        String written = output.write(taken.network(), samples, naming.version());
        var out = spec.commandLine().getOut();
        out.println(form.wantsJson() ? taken.json() : taken.lines());
        if (!form.wantsJson()) {
            out.println(written);
        }
        return 0;
    }
}
