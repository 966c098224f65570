package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a graph becomes a classifier: what a NIR file cannot say, asked once for quantise and evaluate. */
final class RunOption {
    @Option(
            names = "--profile",
            defaultValue = "snntorch",
            description = "How continuous time becomes steps: snntorch, norse, or subtract for soft reset (default:"
                    + " ${DEFAULT-VALUE}).")
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

    /** Outputs spread evenly over the classes of the samples; where weights end the graph, potentials are compared. */
    InferenceSettings settings(SampleSet samples, Graph graph) {
        int classes = samples.classes();
        GraphShapes shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        String last = graph.sourcesOf(outputNode(graph)).getFirst();
        int outputs = shapes.outputOf(last).size();
        if (outputs % classes != 0) {
            throw new IllegalArgumentException(
                    "the network has " + outputs + " outputs, which do not spread evenly over" + " the " + classes
                            + " classes of " + samples.name());
        }
        while (graph.node(last) instanceof Node.Flatten) {
            last = graph.sourcesOf(last).getFirst();
        }
        Readout.Kind kind = graph.node(last).fires() ? Readout.Kind.COUNT : Readout.Kind.POTENTIAL;
        return new InferenceSettings(
                Profile.named(profile),
                dt,
                steps,
                encoder(),
                new Readout(kind, classes, outputs / classes, Readout.Exit.NEVER));
    }

    private static String outputNode(Graph graph) {
        return graph.nodes().entrySet().stream()
                .filter(node -> node.getValue() instanceof Node.Output)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(graph.name() + " has no output"));
    }
}
