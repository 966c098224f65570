package io.spikelet.bench.metrics;

import io.spikelet.bench.measure.ImageSamples;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet bench energy}: NeuroBench's counts of an image, and what published models make of them. */
@Command(
        name = "energy",
        description = {
            "Count what an image does on samples by NeuroBench's definitions, each count with its denominator, and"
                    + " estimate its energy by published models. Nothing here is measured: 'spikelet rig' measures.",
            "",
            "Definitions, constants and sources: docs/metrics.md."
        },
        footer = {
            "",
            "Examples:",
            "  spikelet bench energy digits.img --data bench-rigs/zoo/data/digits.h5 --samples 100",
            "  spikelet bench energy sew.img --data fashion-mnist --samples 50 --mode sata --sata compat --html"
                    + " sew.html",
            "  spikelet bench energy chip.img --data fashion-mnist --mode neurobench --on tinyodin:sim"
        })
public final class EnergyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IMAGE", description = "A model image.")
    private Path image;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "SET",
            description = "Whose samples it answers: whatever 'evaluate' takes.")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "Which part of the data (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--fold",
            paramLabel = "K/N",
            description = "Recordings in N folds of all classes: 'test' is fold K.")
    private String fold;

    @Option(
            names = "--samples",
            defaultValue = "100",
            paramLabel = "N",
            description = "The first N samples; plain kernels are slow (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--mode",
            split = ",",
            defaultValue = "neurobench,45nm,sata",
            paramLabel = "MODE",
            description = "neurobench, 45nm, sata, or several (default: ${DEFAULT-VALUE}).")
    private List<String> modes;

    @Option(
            names = "--sata",
            defaultValue = "corrected",
            paramLabel = "compat|corrected",
            description =
                    "Training by SATA's published script with its slips, or by its formulas; of an inference both are"
                            + " printed (default: ${DEFAULT-VALUE}).")
    private String sata;

    @Option(
            names = "--gradient-sparsity",
            defaultValue = "0.7",
            paramLabel = "S",
            description = "SATA's share of membrane gradients that are 0, which inference does not show (default:"
                    + " ${DEFAULT-VALUE}, its own example's).")
    private double gradientSparsity;

    @Option(
            names = "--float",
            paramLabel = "FILE",
            description = "Also count the graph that the image was made from, in float on the same samples.")
    private Path source;

    @Option(
            names = "--on",
            paramLabel = "DEVICES",
            description = "Also what devices count and model when they run the layers that fit: crossbar:rram,"
                    + " tinyodin:sim, or whatever 'offload' takes; may be repeated.")
    private List<String> on = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write a page with charts, one file that opens offline.")
    private Path html;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public EnergyCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        Set<EnergyMode> wanted = EnumSet.noneOf(EnergyMode.class);
        modes.forEach(word -> wanted.add(EnergyMode.of(word)));
        SataMode mode = SataMode.of(sata);
        if (!(gradientSparsity >= 0 && gradientSparsity <= 1)) {
            throw new IllegalArgumentException("--gradient-sparsity must be 0 to 1: " + gradientSparsity);
        }
        if (html != null) {
            ImageFile.requireFolder(html);
        }
        SpikingNetwork network = ImageFile.network(image, ImageFile.read(image));
        Optional<Graph> graph =
                source == null ? Optional.empty() : Optional.of(ImageFile.source(source, image, network));
        SampleSet samples = ImageSamples.read(image, network, data, split, fold, limit);
        ImageMetrics metrics = measure(network, samples);
        Optional<FloatMetrics> floating = graph.map(source -> floating(source, network, samples));
        EnergyReport report =
                EnergyReport.of(wanted, metrics, floating, mode, gradientSparsity, devices(network, samples));
        if (html != null) {
            ImageFile.write(html, EnergyPage.of(report).toHtml().getBytes(StandardCharsets.UTF_8));
        }
        var out = spec.commandLine().getOut();
        out.println(json ? EnergyJson.of(report) : EnergyText.of(report));
        if (html != null && !json) {
            out.println(html + ": the report as a page");
        }
        return 0;
    }

    private ImageMetrics measure(SpikingNetwork network, SampleSet samples) throws MalformedDataException {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "counting layer by layer");
        try {
            return ImageMetrics.measure(image.getFileName().toString(), network, samples, progress::at);
        } finally {
            progress.done();
        }
    }

    private FloatMetrics floating(Graph graph, SpikingNetwork network, SampleSet samples) {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "counting in float");
        try {
            return FloatMetrics.measure(graph, InferenceSettings.of(network), samples, progress::at);
        } finally {
            progress.done();
        }
    }

    private List<DeviceWork> devices(SpikingNetwork network, SampleSet samples) throws Exception {
        if (on.isEmpty()) {
            return List.of();
        }
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "on devices");
        try {
            return DeviceWork.of(network, samples, on, progress::at);
        } finally {
            progress.done();
        }
    }
}
