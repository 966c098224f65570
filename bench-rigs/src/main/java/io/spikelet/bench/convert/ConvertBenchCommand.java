package io.spikelet.bench.convert;

import io.spikelet.host.Progress;
import io.spikelet.host.cli.Json;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.convert.RateFidelity;
import io.spikelet.host.convert.ThresholdRule;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench convert}: what conversion costs, with its controls. */
@Command(
        name = "convert",
        description = {
            "Convert conventional networks to spiking ones and measure what that costs, in integers, on test samples:"
                + " trained ceilings against the largest activation, loss-free pools against plain maxima, thresholds"
                + " without data against thresholds from samples, single spikes with logarithmic weights, low"
                + " thresholds before and after they are adjusted.",
            "",
            "The networks are ONNX files of bench-rigs/zoo/fashion_ann.py, or any others."
        },
        footer = {
            "",
            "Exit code 1 with --check when a promise does not hold.",
            "",
            "Example:",
            "  spikelet bench convert --data fashion-mnist --relu fashion-ann.onnx --clip fashion-clip.onnx"
                    + " --first-spike fashion-ttfs.onnx"
        })
public final class ConvertBenchCommand implements Callable<Integer> {
    /** What can be measured alone. */
    enum Part {
        CEILINGS,
        POOLS,
        WITHOUT_DATA,
        FIRST_SPIKE,
        CALIBRATION,
        ADJUSTED
    }

    @Option(names = "--data", required = true, paramLabel = "PATH", description = "Samples, as for evaluate.")
    private Path data;

    @Option(
            names = "--calibrate",
            defaultValue = "train:0-500",
            paramLabel = "SPLIT",
            description = "Where thresholds are found (default: ${DEFAULT-VALUE}).")
    private String calibrate;

    @Option(names = "--samples", paramLabel = "N", description = "The first N test samples (default: all).")
    private Integer limit;

    @Option(names = "--relu", required = true, paramLabel = "FILE", description = "A network of plain ReLUs.")
    private Path relu;

    @Option(names = "--clip", paramLabel = "FILE", description = "The same network with trained ceilings.")
    private Path clip;

    @Option(names = "--first-spike", paramLabel = "FILE", description = "The same network trained for single spikes.")
    private Path firstSpike;

    @Option(
            names = "--steps",
            split = ",",
            defaultValue = "4,8,16,32",
            paramLabel = "T",
            description = "Time steps, rising; promises are judged at the last (default: ${DEFAULT-VALUE}).")
    private List<Integer> steps;

    @Option(
            names = "--window",
            defaultValue = "24",
            paramLabel = "T",
            description = "Steps in which a neuron may fire once (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--percentile",
            defaultValue = "99.5",
            paramLabel = "P",
            description = "Of activations, for thresholds with and without data (default: ${DEFAULT-VALUE}).")
    private double percentile;

    @Option(
            names = "--adjusted-steps",
            defaultValue = "4",
            paramLabel = "T",
            description = "Time steps where thresholds are adjusted (default: ${DEFAULT-VALUE}).")
    private int adjustedSteps;

    @Option(
            names = "--adjusted-percentile",
            defaultValue = "97",
            paramLabel = "P",
            description = "Of activations, for thresholds that are then raised (default: ${DEFAULT-VALUE}).")
    private double adjustedPercentile;

    @Option(
            names = "--parts",
            split = ",",
            defaultValue = "ceilings,pools,without_data,first_spike,calibration,adjusted",
            paramLabel = "PART",
            description = "What is measured (default: all, ${DEFAULT-VALUE}).")
    private Set<Part> parts;

    @Option(names = "--threads", defaultValue = "1", description = "Networks that share the samples.")
    private int threads;

    @Option(names = "--check", description = "Exit code 1 when a promise does not hold.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public ConvertBenchCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        SampleSet test = SampleSet.read(data, "test");
        Trial trial = new Trial(
                SampleSet.read(data, calibrate),
                limit == null || limit >= test.count() ? test : test.first(limit),
                threads);
        PrintWriter err = spec.commandLine().getErr();
        ConvertBench bench = new ConvertBench(
                trial, GraphFiles.read(relu), steps, percentile, what -> shown(new ProgressLine(err, what)));
        if (clip != null && parts.contains(Part.CEILINGS)) {
            bench.ceilings(GraphFiles.read(clip));
        }
        if (parts.contains(Part.POOLS)) {
            bench.pools();
        }
        if (parts.contains(Part.WITHOUT_DATA)) {
            bench.withoutData();
        }
        if (firstSpike != null && parts.contains(Part.FIRST_SPIKE)) {
            bench.firstSpike(GraphFiles.read(firstSpike), window);
        }
        if (parts.contains(Part.CALIBRATION)) {
            if (clip == null) {
                bench.calibration(GraphFiles.read(relu), bench.rule());
            } else {
                bench.calibration(GraphFiles.read(clip), new ThresholdRule.Ceiling());
            }
        }
        if (parts.contains(Part.ADJUSTED)) {
            bench.adjusted(adjustedSteps, adjustedPercentile);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? object(bench, trial) : text(bench, trial));
        boolean holds = bench.claims().stream().allMatch(Claim::holds);
        return check && !holds ? 1 : 0;
    }

    /** A line that ends itself, since the next piece of work begins another. */
    private static Progress shown(ProgressLine line) {
        return (done, total) -> {
            line.at(done, total);
            if (done == total) {
                line.done();
            }
        };
    }

    private static String text(ConvertBench bench, Trial trial) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s; thresholds from %s%n%n%-36s %5s %9s   %-18s %-15s  %-17s  %s%n",
                trial.test().name(),
                trial.calibration().name(),
                "network",
                "steps",
                "accuracy",
                "95 % interval",
                "spikes a neuron",
                "silent that fired",
                "output error"));
        for (Row row : bench.rows()) {
            var interval = row.accuracy().interval();
            text.append(String.format(
                    Locale.ROOT,
                    "%-36s %5d %7.2f %%   %.2f to %.2f %%   %-15s  %s%n",
                    row.network(),
                    row.steps(),
                    row.points(),
                    100 * interval.low(),
                    100 * interval.high(),
                    Double.isNaN(row.spikesPerNeuron())
                            ? ""
                            : String.format(Locale.ROOT, "%.3f", row.spikesPerNeuron()),
                    row.fidelity().map(ConvertBenchCommand::words).orElse("")));
        }
        text.append('\n');
        for (Claim claim : bench.claims()) {
            text.append(String.format(
                    Locale.ROOT, "%-6s %s: %s%n", claim.holds() ? "holds" : "FAILS", claim.promise(), claim.found()));
        }
        return text.toString().stripTrailing();
    }

    private static String words(RateFidelity fidelity) {
        return String.format(
                Locale.ROOT, "%6.3f %%           %.4g", 100 * fidelity.silentThatFired(), fidelity.outputError());
    }

    private static String object(ConvertBench bench, Trial trial) {
        return Json.object(json -> {
            json.writeStringField("test", trial.test().name());
            json.writeStringField("calibration", trial.calibration().name());
            json.writeArrayFieldStart("networks");
            for (Row row : bench.rows()) {
                json.writeStartObject();
                json.writeStringField("network", row.network());
                json.writeNumberField("steps", row.steps());
                json.writeNumberField("accuracy", row.accuracy().share());
                json.writeNumberField("correct", row.accuracy().correct());
                json.writeNumberField("samples", row.accuracy().count());
                if (!Double.isNaN(row.spikesPerNeuron())) {
                    json.writeNumberField("spikes_per_neuron", row.spikesPerNeuron());
                }
                if (row.fidelity().isPresent()) {
                    RateFidelity fidelity = row.fidelity().get();
                    json.writeNumberField("compared_samples", fidelity.samples());
                    json.writeNumberField("silent_that_fired", fidelity.silentThatFired());
                    json.writeNumberField("output_mean_squared_error", fidelity.outputError());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("promises");
            for (Claim claim : bench.claims()) {
                json.writeStartObject();
                json.writeStringField("promise", claim.promise());
                json.writeStringField("found", claim.found());
                json.writeBooleanField("holds", claim.holds());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
