package io.spikelet.host.diff;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.OrPools;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.ScaleFolding;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import java.util.Map;

/**
 * Compares a graph with an image that may have been made of it. What rounding changes is told apart from what differs:
 * weights by at most one LSB in the root mean square, a threshold by at most one LSB of the membrane, a leak by at most
 * 2^−15.
 */
public final class SourceDiff {
    private static final double LEAK_TOLERANCE = 1.0 / Q15.ONE;

    /** Thresholds are float32. */
    private static final double FLOAT_TOLERANCE = 1e-6;

    private final Graph graph;
    private final SpikingNetwork network;
    private final NamedLayers layers;
    private final Comparison.Gathering found = new Comparison.Gathering();

    private SourceDiff(Graph graph, SpikingNetwork network) {
        this.graph = graph;
        this.network = network;
        layers = NamedLayers.of(network);
    }

    /**
     * @param network checked
     * @throws QuantiseException when no image can be made of the graph, because a Scale node has no weights beside it
     */
    public static Comparison of(Graph graph, SpikingNetwork network) throws QuantiseException {
        SourceDiff diff = new SourceDiff(ScaleFolding.of(graph), network);
        diff.origin(graph);
        diff.nodes();
        diff.layersWithoutNode();
        return diff.found.done();
    }

    private void origin(Graph source) {
        String made = network.provenance().sourceDigest();
        if (made.equals(source.digest())) {
            found.note("the image says that it was made of this very file");
        } else {
            found.compare("model", "made of", source.digest(), made.isEmpty() ? "nothing that it names" : made);
        }
        network.learning()
                .ifPresent(rule -> found.note("the image learns: weights of "
                        + String.join(
                                ", ",
                                rule.layers().stream()
                                        .map(index ->
                                                network.layers().get(index).name())
                                        .toList())
                        + " may have moved on a board"));
    }

    private void nodes() {
        var ors = OrPools.of(graph);
        for (Map.Entry<String, Node> entry : graph.nodes().entrySet()) {
            String name = entry.getKey();
            Node node = entry.getValue();
            Layer layer = node instanceof Node.Input ? network.input() : layers.layer(name);
            boolean mayVanish = node instanceof Node.Output
                    || node instanceof Node.Flatten
                    || node instanceof Node.Relu
                    || node.integrates()
                    || ors.contains(name);
            if (layer == null) {
                if (!mayVanish) {
                    found.removed(name, node.getClass().getSimpleName());
                }
            } else if (!ors.contains(name)) {
                compare(name, node, layer);
            }
        }
    }

    private void layersWithoutNode() {
        layers.places().forEach((name, place) -> {
            Operation operation = network.layers().get(place).operation();
            boolean computes = operation instanceof Operation.Dense
                    || operation instanceof Operation.Conv2d
                    || operation instanceof FirstSpike
                    || operation instanceof Operation.Neuron neuron
                            && neuron.output() != Operation.Neuron.Output.POTENTIAL;
            if (computes && graph.node(name) == null) {
                found.added(name, operation.getClass().getSimpleName());
            }
        });
    }

    private void compare(String name, Node node, Layer layer) {
        switch (node) {
            case Node.Input input -> {
                int size = 1;
                for (int extent : input.shape()) {
                    size *= extent;
                }
                found.compare(name, "values", size, layer.shape().size());
            }
            case Node.Affine affine
            when layer.operation() instanceof Operation.Dense dense ->
                new WeightRounding(name, affine.weight(), dense.kind(), dense.weights(), dense.scale()).compare(found);
            case Node.Conv2d conv
            when layer.operation() instanceof Operation.Conv2d integer -> {
                int[] held = {
                    integer.strideY(),
                    integer.strideX(),
                    integer.paddingY(),
                    integer.paddingX(),
                    integer.dilationY(),
                    integer.dilationX(),
                    integer.groups()
                };
                int[] wanted = {
                    conv.stride()[0],
                    conv.stride()[1],
                    conv.padding()[0],
                    conv.padding()[1],
                    conv.dilation()[0],
                    conv.dilation()[1],
                    conv.groups()
                };
                found.compare(
                        name,
                        "stride, padding, dilation, groups",
                        java.util.Arrays.toString(wanted),
                        java.util.Arrays.toString(held));
                new WeightRounding(name, conv.weight(), integer.kind(), integer.weights(), integer.scale())
                        .compare(found);
            }
            case Node.Affine _, Node.Conv2d _ ->
                found.compare(
                        name,
                        "operation",
                        node.getClass().getSimpleName(),
                        layer.operation().getClass().getSimpleName());
            case Node.Pool2d pool
            when layer.operation() instanceof Pool2d integer ->
                found.compare(name, "window", window(pool), window(integer));
            case Node.Threshold fired
            when layer.operation() instanceof Operation.Neuron neuron ->
                threshold(name, fired.threshold(), neuron, layer);
            case Node.If fires
            when layer.operation() instanceof Operation.Neuron neuron -> {
                threshold(name, fires.threshold(), neuron, layer);
                leak(name, "leak", null, neuron.a0(), layer);
            }
            case Node.Lif fires
            when layer.operation() instanceof Operation.Neuron neuron -> {
                threshold(name, fires.threshold(), neuron, layer);
                leak(name, "leak", fires.tau(), neuron.a0(), layer);
            }
            case Node.TwoBranch fires
            when layer.operation() instanceof Operation.Neuron neuron -> {
                found.compare(
                        name,
                        "comparison",
                        fires.comparison().name(),
                        neuron.comparison().name());
                decay(name, "a0", fires.a0(), neuron.a0(), layer);
                decay(name, "a1", fires.a1(), neuron.a1(), layer);
                thresholds(name, fires, neuron, layer);
                GateDiff.compare(name, fires.attention(), layer, network, found);
            }
            case Node.CubaLif fires
            when layer.operation() instanceof Operation.Neuron neuron -> {
                threshold(name, fires.threshold(), neuron, layer);
                leak(name, "leak", fires.tauMem(), neuron.a0(), layer);
                if (neuron.hasSynapticCurrent()) {
                    leak(name, "leak of the current", fires.tauSyn(), neuron.synapticLeak(), layer);
                } else {
                    found.compare(name, "synaptic current", "present", "none");
                }
            }
            default -> {
                // Delays and joins are counted in steps and edges, which the other layers' sources tell.
            }
        }
    }

    private static String window(Node.Pool2d pool) {
        return java.util.Arrays.toString(new int[] {
            pool.kernelSize()[0],
            pool.kernelSize()[1],
            pool.stride()[0],
            pool.stride()[1],
            pool.padding()[0],
            pool.padding()[1]
        });
    }

    private static String window(Pool2d pool) {
        return java.util.Arrays.toString(new int[] {
            pool.kernelHeight(), pool.kernelWidth(), pool.strideY(), pool.strideX(), pool.paddingY(), pool.paddingX()
        });
    }

    private void threshold(String name, Tensor threshold, Operation.Neuron neuron, Layer layer) {
        int size = layer.shape().size();
        if (neuron.thresholdSteps() != 1 || size % threshold.size() != 0) {
            found.compare(name, "thresholds", threshold.size(), neuron.threshold().length);
            return;
        }
        float[] wanted = threshold.spread(size);
        int[] held = Parameter.perNeuron(neuron.threshold(), layer.shape());
        float[] unit = Parameter.perNeuron(neuron.membraneUnit(), layer.shape());
        Moved moved = Moved.of(size, i -> wanted[i], i -> (double) held[i] * unit[i]);
        boolean isRounding = true;
        for (int i = 0; i < size; i++) {
            double off = Math.abs(wanted[i] - (double) held[i] * unit[i]);
            isRounding &= off <= unit[i] + FLOAT_TOLERANCE * Math.abs(wanted[i]);
        }
        tell(name, "threshold", isRounding, moved);
    }

    /** @param tau seconds, or null where nothing leaks */
    private void leak(String name, String what, Tensor tau, int[] leaks, Layer layer) {
        double dt = network.discretisation().dt();
        int size = layer.shape().size();
        if (tau != null && size % tau.size() != 0) {
            return;
        }
        float[] constants = tau == null ? null : tau.spread(size);
        int[] held = Parameter.perNeuron(leaks, layer.shape());
        Moved moved =
                Moved.of(size, i -> constants == null ? 1 : 1 - dt / constants[i], i -> (double) held[i] / Q15.ONE);
        tell(name, what, moved.largest() <= LEAK_TOLERANCE, moved);
    }

    private void decay(String name, String what, Tensor wanted, int[] held, Layer layer) {
        float[] real = Parameter.perNeuron(wanted.values(), layer.shape());
        int[] integer = Parameter.perNeuron(held, layer.shape());
        Moved moved = Moved.of(real.length, i -> real[i], i -> (double) integer[i] / Q15.ONE);
        tell(name, what, moved.largest() <= LEAK_TOLERANCE, moved);
    }

    /** Of every step that the image has. */
    private void thresholds(String name, Node.TwoBranch fires, Operation.Neuron neuron, Layer layer) {
        int rows = neuron.thresholdSteps();
        if (fires.threshold().shape()[0] == 1 != (rows == 1)
                || rows > fires.threshold().shape()[0]) {
            found.compare(name, "rows of thresholds", fires.threshold().shape()[0], rows);
            return;
        }
        int row = neuron.threshold().length / rows;
        for (int t = 0; t < rows; t++) {
            float[] values = Node.TwoBranch.row(name, fires.threshold(), t, layer.shape());
            Operation.Neuron step =
                    neuron.withThreshold(1, java.util.Arrays.copyOfRange(neuron.threshold(), t * row, (t + 1) * row));
            threshold(name, Tensor.of(values, values.length), step, layer);
        }
    }

    private void tell(String name, String what, boolean isRounding, Moved moved) {
        if (isRounding) {
            found.explained(name, what, moved);
        } else {
            found.moved(name, what, moved);
        }
    }
}
