package io.spikelet.bench.gradients;

import io.spikelet.host.cli.Json;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningMethod.Feedback;
import io.spikelet.model.LearningMethod.Kind;
import io.spikelet.model.SpikingNetwork;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench gradients}: what the board's integers learn of a sample, beside the same rule in double. */
@Command(
        name = "gradients",
        description = {
            "Learn each sample from the same random weights, in the board's integers and in double precision by the"
                    + " same rule, and compare the weight updates of each layer: dense, convolutional, and recurrent,"
                    + " which reads a picture row by row."
        },
        footer = {
            "",
            "Exit code 1 with --check when a layer's cosine, of all samples together or in their mean, is below 0.98.",
            "",
            "Examples:",
            "  spikelet bench gradients --data fashion-mnist --check",
            "  spikelet bench gradients --data fashion-mnist --samples 20 --json"
        })
public final class GradientsCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "PATH", description = "Pictures, as for evaluate.")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "train",
            paramLabel = "SPLIT",
            description = "Which of them (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--samples",
            defaultValue = "100",
            paramLabel = "N",
            description = "The first N of them (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of weights and rounding.")
    private long seed;

    @Option(names = "--check", description = "Exit code 1 when a cosine is too small.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public GradientsCommand() {
        // Options are set by picocli.
    }

    private interface Wiring {
        SpikingNetwork build(int height, int width, int fullScale, int classes, LearningMethod method, long seed);
    }

    private record Trial(String wiring, String rule, Wiring network, LearningMethod method) {}

    private static final List<Trial> TRIALS = List.of(
            new Trial("dense", "OTTT", GradientNetwork::dense, LearningMethod.OTTT),
            new Trial("convolutional", "OTTT", GradientNetwork::convolutional, LearningMethod.OTTT),
            new Trial(
                    "convolutional",
                    "OTTT, random feedback",
                    GradientNetwork::convolutional,
                    LearningMethod.OTTT.withFeedback(Feedback.RANDOM)),
            new Trial("recurrent", "OTTT", GradientNetwork::recurrent, LearningMethod.OTTT),
            new Trial(
                    "recurrent", "e-prop", GradientNetwork::recurrent, LearningMethod.OTTT.withKind(Kind.E_PROP, 0.5f)),
            new Trial(
                    "recurrent",
                    "e-prop, random feedback",
                    GradientNetwork::recurrent,
                    LearningMethod.OTTT.withKind(Kind.E_PROP, 0.5f).withFeedback(Feedback.RANDOM)));

    @Override
    public Integer call() throws Exception {
        if (count < 1) {
            throw new IllegalArgumentException("--samples is above 0: samples=" + count);
        }
        SampleSet samples = SampleSet.read(data, split).first(count);
        int[] extents = samples.sampleShape();
        if (extents.length < 2 || samples.sampleBytes() != extents[extents.length - 2] * extents[extents.length - 1]) {
            throw new SampleFileException(samples.name() + ": gradients are compared on pictures of one channel");
        }
        int height = extents[extents.length - 2];
        int width = extents[extents.length - 1];
        List<LayerCosine> rows = new ArrayList<>();
        for (Trial trial : TRIALS) {
            SpikingNetwork network =
                    trial.network().build(height, width, samples.fullScale(), samples.classes(), trial.method(), seed);
            ProgressLine line = new ProgressLine(spec.commandLine().getErr(), trial.wiring() + ", " + trial.rule());
            rows.addAll(GradientRun.of(trial.wiring(), trial.rule(), network, samples, seed, line::at));
            line.done();
        }
        print(samples, rows);
        return check && rows.stream().anyMatch(row -> !row.holds()) ? 1 : 0;
    }

    private void print(SampleSet samples, List<LayerCosine> rows) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(object -> {
                object.writeStringField("data", samples.name());
                object.writeNumberField("samples", samples.count());
                object.writeNumberField("floor", LayerCosine.FLOOR);
                object.writeArrayFieldStart("layers");
                for (LayerCosine row : rows) {
                    object.writeStartObject();
                    object.writeStringField("network", row.wiring());
                    object.writeStringField("rule", row.rule());
                    object.writeStringField("layer", row.layer());
                    object.writeNumberField("samples", row.samples());
                    object.writeNumberField("cosine", row.cosine());
                    object.writeNumberField("mean", row.mean());
                    object.writeNumberField("least", row.least());
                    object.writeBooleanField("holds", row.holds());
                    object.writeEndObject();
                }
                object.writeEndArray();
            }));
            return;
        }
        out.printf(
                Locale.ROOT,
                "%d samples of %s; cosine of integer and double updates%n%n",
                samples.count(),
                samples.name());
        out.printf("%-15s %-25s %-10s %9s %9s %9s%n", "network", "rule", "layer", "all", "mean", "least");
        for (LayerCosine row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-15s %-25s %-10s %9.4f %9.4f %9.4f%s%n",
                    row.wiring(),
                    row.rule(),
                    row.layer(),
                    row.cosine(),
                    row.mean(),
                    row.least(),
                    row.holds() ? "" : "  BROKEN: below " + LayerCosine.FLOOR);
        }
    }
}
