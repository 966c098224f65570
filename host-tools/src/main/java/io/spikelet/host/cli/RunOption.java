package io.spikelet.host.cli;

import io.spikelet.engine.EventFraming;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.lava.LavaNet;
import io.spikelet.host.lava.LavaRun;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a graph becomes a classifier: what a file cannot say, asked once for quantise and evaluate. */
final class RunOption {
    @Option(
            names = "--profile",
            defaultValue = "snntorch",
            paramLabel = "NAME",
            description = "How continuous time becomes steps: snntorch, norse, subtract, snntorch-subtract, spyx,"
                    + " sinabs, loihi, or custom:KEY=WORD,... such as custom:reset=subtract,output=late"
                    + " (docs/equations.md, D13 to D16; default: ${DEFAULT-VALUE}).")
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
            description = "direct: one frame, constant over all steps; frames: one frame a step; event-frames: one"
                    + " frame of event counts a step, made of recordings (default: direct; frames for a .net file).")
    private String encoder;

    @Option(
            names = "--window",
            defaultValue = EventWindowText.WHOLE,
            paramLabel = "WINDOW",
            description = "Event frames: 'whole' cuts a recording into T equal times, 20000us makes a frame of 20 ms,"
                    + " 500ev one of 500 events (default: ${DEFAULT-VALUE}).")
    private String window;

    @Option(
            names = "--count-maximum",
            defaultValue = "255",
            paramLabel = "N",
            description = "Event frames: where counts are clipped, 1 to 255; the network takes the counts as they are"
                    + " (default: ${DEFAULT-VALUE}).")
    private int countMaximum;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "For a .net file: how many classes its outputs speak for, as many each (default: what the"
                    + " samples or an average block say, else one for each output).")
    private Integer classes;

    RunOption() {}

    private Encoder encoder() {
        return encoder("direct");
    }

    private Encoder encoder(String otherwise) {
        return switch (encoder == null ? otherwise : encoder) {
            case "direct" -> Encoder.DIRECT;
            case "frames" -> Encoder.FRAMES;
            case "event-frames" -> EventWindowText.parse(window);
            default ->
                throw new IllegalArgumentException(
                        "--encoder is direct, frames or event-frames, not '" + encoder + "'");
        };
    }

    /** How recordings become samples of a graph; empty for another encoder. */
    Optional<EventFraming> framing(Graph graph) {
        if (!(encoder() instanceof Encoder.EventFrames chosen)) {
            return Optional.empty();
        }
        if (countMaximum < 1 || countMaximum > 255) {
            throw new IllegalArgumentException("--count-maximum must be 1 to 255: " + countMaximum);
        }
        GraphShapes shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        Shape input = shapes.outputOf(nameOf(graph, Node.Input.class));
        return Optional.of(new EventFraming(chosen, input, steps, countMaximum));
    }

    /** Outputs spread evenly over the classes of the samples; where weights end the graph, potentials are compared. */
    InferenceSettings settings(SampleSet samples, Graph graph) {
        if (classes != null) {
            throw new IllegalArgumentException("--classes is for a .net file; the classes of a graph are its samples'");
        }
        int count = samples.classes();
        GraphShapes shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        String last = graph.sourcesOf(nameOf(graph, Node.Output.class)).getFirst();
        int outputs = shapes.outputOf(last).size();
        if (outputs % count != 0) {
            throw new IllegalArgumentException("the network has " + outputs
                    + " outputs, which do not spread evenly over" + " the " + count + " classes of " + samples.name());
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
                new Readout(kind, count, outputs / count, Readout.Exit.NEVER));
    }

    /** How recordings become spikes of a network of integers: several events of one step are one spike. */
    Optional<EventFraming> framing(LavaNet net) {
        return encoder("frames") instanceof Encoder.EventFrames chosen
                ? Optional.of(new EventFraming(chosen, net.input(), steps, 1))
                : Optional.empty();
    }

    /**
     * @param samples where there are any, whose classes the outputs speak for
     * @throws IllegalArgumentException when --classes says other than the samples
     */
    LavaRun run(String name, Optional<SampleSet> samples, long securityCounter) {
        int said = classes == null ? 0 : classes;
        if (classes != null && classes < 1) {
            throw new IllegalArgumentException("--classes must be 1 or more: " + classes);
        }
        if (samples.isPresent() && said != 0 && said != samples.get().classes()) {
            throw new IllegalArgumentException("--classes is " + said + " but "
                    + samples.get().name() + " has " + samples.get().classes() + " classes");
        }
        return new LavaRun(
                name, steps, encoder("frames"), samples.map(SampleSet::classes).orElse(said), securityCounter);
    }

    private static String nameOf(Graph graph, Class<? extends Node> kind) {
        return graph.nodes().entrySet().stream()
                .filter(node -> kind.isInstance(node.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        graph.name() + " has no " + kind.getSimpleName().toLowerCase(Locale.ROOT)));
    }
}
