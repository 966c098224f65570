package io.spikelet.engine;

import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Puts a test's network together, layer by layer, each declared with the bounds that it really has. */
final class NetworkSketch {
    private final int timeSteps;
    private final Encoder encoder;
    private final List<Layer> layers = new ArrayList<>();
    private Optional<LearningRule> learning = Optional.empty();

    NetworkSketch(int timeSteps, Encoder encoder, Shape input, EdgeDomain domain) {
        this.timeSteps = timeSteps;
        this.encoder = encoder;
        layers.add(new Layer("input", List.of(), input, domain, new Operation.Input()));
    }

    int last() {
        return layers.size() - 1;
    }

    Layer layer(int index) {
        return layers.get(index);
    }

    Shape shape(int index) {
        return layers.get(index).shape();
    }

    NetworkSketch learning(LearningRule rule) {
        learning = Optional.of(rule);
        return this;
    }

    /** Adds a layer that reads the given ones at this step. */
    int add(String name, Operation operation, Shape shape, int... sources) {
        return add(
                name,
                operation,
                shape,
                Arrays.stream(sources).mapToObj(Inbound::from).toList());
    }

    int add(String name, Operation operation, Shape shape, List<Inbound> inputs) {
        Layer layer = declared(new Layer(name, inputs, shape, draft(operation, inputs), operation));
        layers.add(layer);
        return last();
    }

    /** Adds a layer whose recurrent source is still to come: of a bit edge, so that its bound is known. */
    int addAhead(String name, Operation operation, Shape shape, EdgeDomain output, Inbound... inputs) {
        layers.add(new Layer(name, List.of(inputs), shape, output, operation));
        return last();
    }

    private EdgeDomain draft(Operation operation, List<Inbound> inputs) {
        return switch (operation) {
            case Operation.Neuron neuron when neuron.output() == Operation.Neuron.Output.SPIKE -> EdgeDomain.SPIKE;
            case Operation.Neuron neuron
            when neuron.output() == Operation.Neuron.Output.BURST ->
                neuron.calibration().isPresent()
                        ? EdgeDomain.signed(-1, neuron.burst())
                        : EdgeDomain.unsigned(neuron.burst());
            case FirstSpike neuron -> EdgeDomain.time(neuron.window());
            case Operation.Dense _, Operation.Conv2d _ -> EdgeDomain.signed(Integer.MAX_VALUE);
            case Operation.Neuron _, io.spikelet.model.CurrentAdd _ -> EdgeDomain.signed(Integer.MAX_VALUE);
            case io.spikelet.model.AttentionGate _ -> EdgeDomain.unsigned(1 << 15);
            default -> inherited(operation, inputs);
        };
    }

    private EdgeDomain inherited(Operation operation, List<Inbound> inputs) {
        EdgeDomain.Kind kind = EdgeDomain.Kind.UNSIGNED;
        for (Inbound inbound : inputs) {
            EdgeDomain source = layers.get(inbound.source()).output();
            if (source.kind() == EdgeDomain.Kind.TIME) {
                return source;
            }
            boolean canBeNegative = source.kind() == EdgeDomain.Kind.SIGNED
                    || operation instanceof io.spikelet.model.Pool2d pool
                            && pool.kind() == io.spikelet.model.Pool2d.Kind.LOSS_FREE;
            kind = canBeNegative ? EdgeDomain.Kind.SIGNED : kind;
        }
        return new EdgeDomain(kind, Integer.MAX_VALUE);
    }

    /** The same layer, its declared maxima as tight as they are proved. */
    private Layer declared(Layer draft) {
        List<Layer> soFar = new ArrayList<>(layers);
        soFar.add(draft);
        SpikingNetwork network = network(soFar, new Readout(1, 1));
        int index = layers.size();
        Operation operation = switch (draft.operation()) {
            case Operation.Neuron neuron -> neuron.withMembraneMaximum(Bounds.membraneMaximum(network, index));
            case FirstSpike neuron ->
                new FirstSpike(
                        neuron.window(), neuron.threshold(), neuron.drives(), Bounds.potentialMaximum(network, index));
            default -> draft.operation();
        };
        EdgeDomain output = draft.output();
        if (output.maximum() == Integer.MAX_VALUE) {
            long reach =
                    LongStream.of(Bounds.outputMaxima(network, index)).max().orElseThrow();
            output = new EdgeDomain(output.kind(), Math.clamp(reach, 1, Integer.MAX_VALUE));
            if (output.kind() == EdgeDomain.Kind.UNSIGNED && output.maximum() == 1) {
                output = EdgeDomain.SPIKE;
            }
        }
        return new Layer(draft.name(), draft.inputs(), draft.shape(), output, operation);
    }

    SpikingNetwork network(Readout readout) {
        return network(layers, readout);
    }

    private SpikingNetwork network(List<Layer> soFar, Readout readout) {
        return new SpikingNetwork(
                "sketch",
                timeSteps,
                encoder,
                readout,
                soFar,
                new Discretisation("snntorch", 1e-4),
                learning,
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }
}
