package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import picocli.CommandLine.Option;

/** How a graph becomes a classifier: what a NIR file cannot say, asked once for quantise and evaluate. */
final class RunOption {
    @Option(
            names = "--profile",
            defaultValue = "snntorch",
            description = "How continuous time becomes steps: snntorch or norse (default: ${DEFAULT-VALUE}).")
    private String profile;

    @Option(
            names = "--dt",
            defaultValue = "1e-4",
            paramLabel = "SECONDS",
            description = "Seconds a time step (default: ${DEFAULT-VALUE}, what snnTorch's exporter means).")
    private double dt;

    @Option(names = "--steps", required = true, paramLabel = "T", description = "Time steps of one inference.")
    private int steps;

    @Option(
            names = "--encoder",
            defaultValue = "direct",
            description = "direct: one frame, constant over all steps; frames: one frame a step"
                    + " (default: ${DEFAULT-VALUE}).")
    private String encoder;

    RunOption() {}

    private Encoder encoder() {
        return switch (encoder) {
            case "direct" -> Encoder.DIRECT;
            case "frames" -> Encoder.FRAMES;
            default -> throw new IllegalArgumentException("--encoder is direct or frames, not '" + encoder + "'");
        };
    }

    /** @param outputs neurons of the output, spread evenly over the classes of the samples */
    InferenceSettings settings(SampleSet samples, int outputs) {
        int classes = samples.classes();
        if (outputs % classes != 0) {
            throw new IllegalArgumentException("the network has " + outputs + " output neurons, which do not spread"
                    + " evenly over the " + classes + " classes of " + samples.name());
        }
        return new InferenceSettings(
                Profile.named(profile), dt, steps, encoder(), new Readout(classes, outputs / classes));
    }
}
