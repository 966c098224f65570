package io.spikelet.bench.metrics;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.FanOut;
import io.spikelet.host.report.SynapticOperations;
import io.spikelet.model.Operation;
import io.spikelet.model.WeightKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Counts the operations of one weighted node of a float graph. */
final class FloatLayer {
    private final List<String> sources;
    private final FanOut connections;
    private final long dense;
    private final long weights;
    private final long zeroWeights;
    private final float[] arriving;
    private SynapticOperations done = SynapticOperations.NONE;

    private FloatLayer(List<String> sources, FanOut connections, Tensor weight) {
        this.sources = sources;
        this.connections = connections;
        dense = Arrays.stream(connections.all()).asLongStream().sum();
        weights = weight.size();
        long zeros = 0;
        for (float value : weight.values()) {
            zeros += value == 0 ? 1 : 0;
        }
        zeroWeights = zeros;
        arriving = new float[connections.all().length];
    }

    /** Nothing for a node without weights. */
    static Optional<FloatLayer> of(Graph graph, String name, Node node, GraphShapes shapes) {
        Tensor weight = switch (node) {
            case Node.Affine affine -> affine.weight();
            case Node.Conv2d conv -> conv.weight();
            default -> null;
        };
        if (weight == null) {
            return Optional.empty();
        }
        int outputs = weight.shape()[0];
        byte[] present = new byte[weight.size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = (byte) (weight.at(i) == 0 ? 0 : 1);
        }
        Operation operation = node instanceof Node.Conv2d conv
                ? conv.layer(WeightKind.TERNARY, present, new float[outputs])
                : new Operation.Dense(
                        outputs, weight.size() / outputs, WeightKind.TERNARY, present, new float[outputs]);
        return FanOut.of(operation, shapes.inputOf(name), shapes.outputOf(name))
                .map(connections -> new FloatLayer(graph.sourcesOf(name), connections, weight));
    }

    long weights() {
        return weights;
    }

    long zeroWeights() {
        return zeroWeights;
    }

    SynapticOperations done() {
        return done;
    }

    /** Takes the step that a simulator has run. */
    void count(FloatSimulator simulator) {
        Arrays.fill(arriving, 0);
        for (String source : sources) {
            float[] given = simulator.output(source);
            for (int i = 0; i < arriving.length; i++) {
                arriving[i] += given[i];
            }
        }
        long effective = 0;
        long events = 0;
        boolean areUnits = true;
        for (int i = 0; i < arriving.length; i++) {
            if (arriving[i] != 0) {
                effective += connections.nonZero()[i];
                events += connections.all()[i];
                areUnits &= Math.abs(arriving[i]) == 1;
            }
        }
        done = done.plus(new SynapticOperations(dense, areUnits ? effective : 0, areUnits ? 0 : effective, events));
    }
}
