package io.spikelet.host.cli;

import io.spikelet.host.convert.Conversion;
import io.spikelet.host.convert.ConversionException;
import io.spikelet.host.convert.ConvertOptions;
import io.spikelet.host.convert.Converter;
import io.spikelet.host.convert.MaximumPool;
import io.spikelet.host.convert.RateFidelity;
import io.spikelet.host.convert.ThresholdAdjustment;
import io.spikelet.host.convert.ThresholdRule;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Provenance;
import io.spikelet.model.SpikingNetwork;
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

/** {@code spikelet convert}: a conventional network becomes a spiking image, without training. */
@Command(
        name = "convert",
        description = "Turn a conventional network of ReLUs into a spiking image, without training.",
        footer = {
            "",
            "Examples:",
            "  spikelet convert fashion-clip.onnx --thresholds clip --steps 32 -o clip.img",
            "  spikelet convert fashion-ann.onnx --data fashion-mnist --split train:0-500"
                    + " --thresholds percentile:99.9 --steps 32 -o rate.img",
            "  spikelet convert fashion-clip.onnx --data fashion-mnist --split train:0-500 --thresholds clip --steps 4"
                    + " --adjust-thresholds -o quiet.img",
            "  spikelet convert fashion-ann.onnx --data-free --steps 32 -o private.img",
            "  spikelet convert fashion-clip.onnx --thresholds clip --steps 32 --spike-calibration=half -o"
                    + " calibrated.img",
            "  spikelet convert fashion-ttfs.onnx --code first-spike --steps 24 --thresholds clip -o ttfs.img"
        })
final class ConvertCommand implements Callable<Integer> {
    private static final int FULL_SCALE = 255;

    /** Samples on which spikes are compared with activations, neuron by neuron, at most. */
    private static final int FIDELITY_SAMPLES = 500;

    @Parameters(paramLabel = "MODEL", description = "A conventional network, ONNX.")
    private Path model;

    @ArgGroup(exclusive = false, heading = "Samples, to find thresholds on and to compare both networks on:%n")
    private DataOption data;

    @Option(
            names = "--split",
            defaultValue = "calibration",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--code",
            defaultValue = "rate",
            paramLabel = "CODE",
            description = "rate: values are numbers of spikes; first-spike: the time of one (default:"
                    + " ${DEFAULT-VALUE}).")
    private String code;

    @Option(
            names = "--steps",
            required = true,
            paramLabel = "T",
            description = "Time steps of one inference; of the window in which neurons fire once.")
    private int steps;

    @Option(
            names = "--thresholds",
            paramLabel = "RULE",
            description =
                    "max, percentile:NUMBER, clip (ceilings that were trained) or search (the percentile whose output"
                            + " is nearest to the model's) (default: percentile:99.9; without data 99, since"
                            + " made-up images drive neurons harder).")
    private String thresholds;

    @Option(names = "--data-free", description = "Find thresholds on images that the network makes up, not on samples.")
    private boolean dataFree;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of made-up images (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--pool",
            defaultValue = "loss-free",
            paramLabel = "KIND",
            description =
                    "What maximum pools become: loss-free, exact over all steps, or or, one spike wherever there is one"
                            + " (default: ${DEFAULT-VALUE}).")
    private String pool;

    @Option(
            names = "--reset",
            defaultValue = "soft",
            paramLabel = "KIND",
            description =
                    "What a spike does to the membrane: soft takes the threshold off, hard sets it to 0, which loses"
                            + " what is above (default: ${DEFAULT-VALUE}).")
    private String reset;

    @Mixin
    private AdjustmentOption adjustment;

    @Mixin
    private BurstOption bursts;

    @Mixin
    private NamingOption naming;

    @Option(names = "--threads", defaultValue = "1", description = "Networks that share the samples.")
    private int threads;

    @Mixin
    private ImageOutput output;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    ConvertCommand() {}

    @Override
    public Integer call() throws Exception {
        ConvertOptions options = options();
        output.prepare();
        Graph ann = GraphFiles.read(model);
        Optional<SampleSet> samples = data == null ? Optional.empty() : Optional.of(data.readFramed(split));
        ProgressLine looking = progress("looking at activations");
        Conversion conversion;
        try {
            conversion = Converter.convert(ann, options, samples, looking::at);
        } finally {
            looking.done();
        }
        ThresholdAdjustment.Outcome adjusted = null;
        if (adjustment.isWanted()) {
            ProgressLine adjusting = progress("adjusting thresholds, quiet batches");
            try {
                adjusted = adjustment.adjust(ann, options, samples, conversion, adjusting::at);
            } finally {
                adjusting.done();
            }
            conversion = adjusted.after();
        }
        int fullScale = samples.map(SampleSet::fullScale).orElse(FULL_SCALE);
        SpikingNetwork network = integers(conversion, fullScale);
        ConversionText text = new ConversionText(conversion, network, null, null, null, null);
        if (samples.isPresent()) {
            AdjustmentText told = adjusted == null
                    ? null
                    : new AdjustmentText(
                            adjusted,
                            spiking(
                                    "running without the adjustment",
                                    integers(adjusted.before(), fullScale),
                                    samples.get()));
            text = compared(ann, conversion, network, samples.get(), told);
            network = network.withProvenance(new Provenance(
                    ann.digest(),
                    samples.get().digest(),
                    Quantiser.TOOL,
                    text.conventional().accuracy().share(),
                    text.spiking().accuracy().share()));
        }
        String written = output.write(network, samples, naming.version());
        var out = spec.commandLine().getOut();
        out.println(json ? text.json() : text.lines());
        if (!json) {
            out.println(written);
        }
        return 0;
    }

    private SpikingNetwork integers(Conversion conversion, int fullScale) throws QuantiseException {
        return Quantiser.convert(
                conversion.graph(),
                QuantiseOptions.of(naming.nameOf(model), conversion.settings(), fullScale)
                        .withSecurityCounter(naming.securityCounter()));
    }

    private ConversionText compared(
            Graph ann, Conversion conversion, SpikingNetwork network, SampleSet samples, AdjustmentText adjusted)
            throws Exception {
        ProgressLine floating = progress("running the conventional network");
        Evaluation conventional;
        try {
            conventional = Evaluation.ofFloat(
                    ann, Converter.conventional(ann, Optional.of(samples)), samples, threads, floating::at);
        } finally {
            floating.done();
        }
        Evaluation spiking = spiking("running the spiking network", network, samples);
        RateFidelity fidelity = code.equals("rate") ? fidelity(ann, conversion, network, samples) : null;
        return new ConversionText(conversion, network, conventional, spiking, adjusted, fidelity);
    }

    private Evaluation spiking(String what, SpikingNetwork network, SampleSet samples) throws MalformedDataException {
        ProgressLine integers = progress(what);
        try {
            return Evaluation.ofInteger(network, samples, threads, integers::at);
        } finally {
            integers.done();
        }
    }

    private RateFidelity fidelity(Graph ann, Conversion conversion, SpikingNetwork network, SampleSet samples)
            throws ConversionException {
        ProgressLine comparing = progress("comparing spikes with activations");
        SampleSet some = samples.count() > FIDELITY_SAMPLES ? samples.first(FIDELITY_SAMPLES) : samples;
        try {
            return RateFidelity.of(ann, conversion, network, some, comparing::at);
        } finally {
            comparing.done();
        }
    }

    private ConvertOptions options() {
        ConvertOptions.Code chosen = switch (code) {
            case "rate" -> ConvertOptions.Code.RATE;
            case "first-spike" -> ConvertOptions.Code.FIRST_SPIKE;
            default -> throw new IllegalArgumentException("--code is rate or first-spike, not '" + code + "'");
        };
        MaximumPool maximum = switch (pool) {
            case "loss-free" -> MaximumPool.LOSS_FREE;
            case "or" -> MaximumPool.OR;
            default -> throw new IllegalArgumentException("--pool is loss-free or or, not '" + pool + "'");
        };
        ConvertOptions.Reset after = switch (reset) {
            case "soft" -> ConvertOptions.Reset.SOFT;
            case "hard" -> ConvertOptions.Reset.HARD;
            default -> throw new IllegalArgumentException("--reset is soft or hard, not '" + reset + "'");
        };
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("--threads must be 1 to 256: " + threads);
        }
        String words = thresholds != null ? thresholds : dataFree ? "percentile:99" : "percentile:99.9";
        ThresholdRule rule = words.equals("search") ? null : ThresholdRule.parse(words);
        return new ConvertOptions(chosen, steps, rule, maximum, dataFree, seed, after, bursts.of(steps));
    }

    private ProgressLine progress(String what) {
        return new ProgressLine(spec.commandLine().getErr(), what);
    }
}
