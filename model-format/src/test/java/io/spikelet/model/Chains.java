package io.spikelet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Small networks that may run, and the parts of which tests build ones that may not. */
final class Chains {
    private Chains() {}

    /** Four bytes of at most 10, two spiking neurons. */
    static SpikingNetwork plain(int timeSteps) {
        return network(timeSteps, input(EdgeDomain.unsigned(10)), dense(0, 4), neuron(1));
    }

    static SpikingNetwork network(int timeSteps, Layer... layers) {
        return network(timeSteps, Encoder.DIRECT, readout(Readout.Kind.COUNT, Readout.Exit.NEVER), layers);
    }

    static SpikingNetwork network(int timeSteps, Encoder encoder, Readout readout, Layer... layers) {
        return new SpikingNetwork(
                "chain",
                timeSteps,
                encoder,
                readout,
                List.of(layers),
                new Discretisation("snntorch", 1e-3),
                Optional.empty(),
                0,
                new Provenance("", "", "test", 0, 0));
    }

    /** The same network with something that may learn. */
    static SpikingNetwork learning(SpikingNetwork network, int layer) {
        return withLearning(network, new LearningRule(List.of(layer), 0.5f, 1));
    }

    /** The same network that learns by a rule. */
    static SpikingNetwork withLearning(SpikingNetwork network, LearningRule rule) {
        return new SpikingNetwork(
                network.name(),
                network.timeSteps(),
                network.encoder(),
                network.readout(),
                network.layers(),
                network.discretisation(),
                Optional.of(rule),
                0,
                network.provenance());
    }

    static Readout readout(Readout.Kind kind, Readout.Exit exit) {
        return new Readout(kind, 2, 1, exit);
    }

    static Layer input(EdgeDomain domain) {
        return new Layer("in", List.of(), new Shape(2, 2, 1), domain, new Operation.Input());
    }

    static Layer layer(String name, Shape shape, EdgeDomain domain, Operation operation, int... sources) {
        List<Inbound> inputs = new ArrayList<>();
        for (int source : sources) {
            inputs.add(Inbound.from(source));
        }
        return new Layer(name, inputs, shape, domain, operation);
    }

    /** (2, inputs): 1, 2, 3 … in the first row, the same negative in the second. */
    static Layer dense(int source, int inputs) {
        byte[] weights = new byte[2 * inputs];
        for (int i = 0; i < inputs; i++) {
            weights[i] = (byte) (i + 1);
            weights[inputs + i] = (byte) -(i + 1);
        }
        return dense(source, WeightKind.INT8, weights);
    }

    static Layer dense(int source, WeightKind kind, byte... weights) {
        return layer(
                "dense",
                Shape.vector(2),
                EdgeDomain.signed(Integer.MAX_VALUE),
                new Operation.Dense(2, weights.length / 2, kind, weights, new float[] {1, 1}),
                source);
    }

    /** Two neurons, no leak: 5 · edge + 3. */
    static Operation.Neuron neurons(int edges) {
        Operation.Drive[] drives = new Operation.Drive[edges];
        Arrays.fill(drives, new Operation.Drive(new int[] {5}, new int[] {3}, true));
        return new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[0],
                new int[] {32768},
                new int[] {0},
                new int[] {32768},
                new int[] {-100},
                new int[] {100},
                List.of(drives),
                new float[] {0.01f},
                Integer.MAX_VALUE);
    }

    static Layer neuron(int source) {
        return neuron(EdgeDomain.SPIKE, neurons(1), source);
    }

    static Layer neuron(EdgeDomain domain, Operation.Neuron neuron, int... sources) {
        return layer("neurons", Shape.vector(2), domain, neuron, sources);
    }

    /** The network in which one layer is another. */
    static SpikingNetwork with(SpikingNetwork network, int index, UnaryOperator<Layer> change) {
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.set(index, change.apply(layers.get(index)));
        return network.withLayers(layers);
    }

    static SpikingNetwork withOperation(SpikingNetwork network, int index, Operation operation) {
        return with(
                network,
                index,
                layer -> new Layer(layer.name(), layer.inputs(), layer.shape(), layer.output(), operation));
    }

    static SpikingNetwork withDomain(SpikingNetwork network, int index, EdgeDomain domain) {
        return with(
                network,
                index,
                layer -> new Layer(layer.name(), layer.inputs(), layer.shape(), domain, layer.operation()));
    }
}
