package io.spikelet.host.cli;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.EventFraming;
import io.spikelet.engine.Offload;
import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.Verification;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet offload}: where an image's layers go on co-processors, and what it answers there. */
@Command(
        name = "offload",
        description = {
            "Place an image's layers on co-processors and say where each went, or why it stays on the processor. With"
                    + " samples: what it answers there, beside the processor.",
            "Exit code 1: a device failed, or with --same a score differs; 2: bad input."
        },
        footer = {
            "",
            "Devices: " + CoProcessors.WORDS,
            "",
            "Examples:",
            "  spikelet offload digits.img --on crossbar:rram",
            "  spikelet offload fashion.img --on crossbar:rram,gains=on --data fashion-mnist --calibrate train:0-128",
            "  spikelet offload chip.img --on tinyodin:sim --data fashion-mnist --limit 100 --same",
            "  spikelet offload chip.img --on tinyodin:192.168.1.20:4000"
        })
final class OffloadCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Parameters(paramLabel = "IMAGE", description = "A model image.")
    private Path image;

    @Option(
            names = "--on",
            required = true,
            paramLabel = "DEVICES",
            description = "Devices, see below; may be repeated. A layer takes the first free one that can hold it.")
    private List<String> on;

    @Option(
            names = "--if-it-fails",
            defaultValue = "stop",
            paramLabel = "POLICY",
            description =
                    "stop, or processor: let the processor go on without a device that fails, and say so (default:"
                            + " ${DEFAULT-VALUE}).")
    private String policy;

    @Option(
            names = "--calibrate",
            paramLabel = "SPLIT",
            description =
                    "Calibrate the devices on these samples of --data first, such as train:0-128; a hundred or more are"
                            + " wise.")
    private String calibrate;

    @Option(
            names = "--read-each-step",
            description = "Read a layer whose input is constant at every step, and not once a sample.")
    private boolean readEachStep;

    @Mixin
    private DataOption data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(names = "--same", description = "Exit code 1 when a single score differs from the processor's.")
    private boolean same;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    OffloadCommand() {}

    @Override
    public Integer call() throws Exception {
        Offload.Policy chosen = Offload.Policy.of(policy);
        if (!data.isGiven() && (calibrate != null || same)) {
            throw new IllegalArgumentException("--calibrate and --same need samples; give --data");
        }
        SpikingNetwork network = ImageFile.network(image, ImageFile.read(image));
        List<CoProcessor> devices = CoProcessors.openAll(on, network.layers().size());
        try {
            return run(network, devices, chosen);
        } finally {
            devices.forEach(CoProcessor::close);
        }
    }

    private int run(SpikingNetwork network, List<CoProcessor> devices, Offload.Policy chosen) throws Exception {
        Offload offload = Offload.plan(network, devices, chosen);
        offload.readConstantInputsEachStep(readEachStep);
        offload.program();
        Map<String, Optional<Verification>> verified = new LinkedHashMap<>();
        for (Offload.Placement placement : offload.placements()) {
            if (placement.device().isPresent()) {
                verified.put(placement.name(), offload.verify(placement));
            }
        }
        Map<String, Optional<Verification>> after = new LinkedHashMap<>();
        Evaluation processor = null;
        Evaluation placed = null;
        SampleSet samples = null;
        if (data.isGiven()) {
            samples = data.read(split, EventFraming.of(network));
            if (calibrate != null) {
                SampleSet seen = data.read(calibrate, EventFraming.of(network));
                offload.calibrate(seen.samples(), seen.count());
            }
            processor = evaluated("on the processor", network, samples, Classifier.load(network));
            placed = evaluated("on the devices", network, samples, Classifier.load(offload));
            for (Offload.Placement placement : offload.placements()) {
                if (placement.device().isPresent()) {
                    after.put(placement.name(), offload.verify(placement));
                }
            }
        }
        OffloadText text =
                new OffloadText(network, offload, verified, after, samples == null ? "" : samples.name(), processor, placed);
        spec.commandLine().getOut().println(json ? text.json() : text.lines());
        return same && text.differing() > 0 || text.hasFailed() ? FAILED : 0;
    }

    private Evaluation evaluated(String what, SpikingNetwork network, SampleSet samples, Classifier classifier) {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), what);
        try {
            return Evaluation.ofClassifier(network, samples, classifier, progress::at);
        } finally {
            progress.done();
        }
    }
}
