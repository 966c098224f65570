package io.spikelet.host.learned;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.quantise.DriveFactors;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.ScaleFolding;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trained model with the weights, biases and thresholds that its image learned on a board. What does not learn stays as it
 * was trained; Scale nodes are folded as the quantiser does. A weight is the board's integer times its row's scale, so the
 * image's own weights come back up to their rounding.
 */
public final class LearnedGraph {
    private final Graph graph;
    private final SpikingNetwork learned;

    private LearnedGraph(Graph graph, SpikingNetwork learned) {
        this.graph = graph;
        this.learned = learned;
    }

    /**
     * @param trained what the image was made of
     * @param learned a network of that image, as pulled from a board
     * @throws QuantiseException when the network does not come from that model, or what learns has no counterpart
     */
    public static Graph of(Graph trained, SpikingNetwork learned) throws QuantiseException {
        LearningRule rule = learned.learning()
                .orElseThrow(() -> new QuantiseException(
                        learned.name() + " names no layer that learns, so there is nothing to bring back"));
        String origin = learned.provenance().sourceDigest();
        if (!origin.isEmpty() && !origin.equals(trained.digest())) {
            throw new QuantiseException(learned.name() + " was not made of " + trained.name()
                    + "; give the trained model that its image was quantised from");
        }
        Graph folded = ScaleFolding.of(trained);
        return folded.rewritten(new LearnedGraph(folded, learned).nodes(rule), folded.edges());
    }

    private Map<String, Node> nodes(LearningRule rule) throws QuantiseException {
        Map<String, Node> nodes = new LinkedHashMap<>(graph.nodes());
        for (int index : rule.layers()) {
            if (rule.method().learnsWeights()) {
                Layer layer = learned.layers().get(index);
                nodes.put(layer.name(), linear(layer, index));
            }
            for (Layer driven : learned.layers()) {
                boolean reads = driven.inputs().stream().anyMatch(inbound -> inbound.source() == index);
                if (reads
                        && rule.method().learnsThresholds()
                        && driven.operation() instanceof Operation.Neuron neuron
                        && neuron.output() == Operation.Neuron.Output.SPIKE) {
                    nodes.put(driven.name(), neurons(driven, neuron));
                }
            }
        }
        return nodes;
    }

    // ---- weights and biases

    private Node linear(Layer layer, int index) throws QuantiseException {
        Node node = graph.node(layer.name());
        if (layer.operation() instanceof Operation.Dense dense
                && node instanceof Node.Affine affine
                && affine.weight().size() == dense.weights().length) {
            return new Node.Affine(
                    Tensor.of(reals(dense.weights(), dense.scale()), dense.outputs(), dense.inputs()),
                    bias(layer, index, dense.outputs()));
        }
        if (layer.operation() instanceof Operation.Conv2d of
                && node instanceof Node.Conv2d conv
                && conv.weight().size() == of.weights().length) {
            return new Node.Conv2d(
                    Tensor.of(reals(of.weights(), of.scale()), conv.weight().shape()),
                    bias(layer, index, of.outChannels()),
                    conv.stride(),
                    conv.padding(),
                    conv.dilation(),
                    conv.groups(),
                    conv.inputShape());
        }
        throw new QuantiseException("the layer '" + layer.name()
                + "' that learns is no dense or convolution node of that size in " + graph.name());
    }

    /** @param scale one a row */
    private static float[] reals(byte[] codes, float[] scale) {
        int row = codes.length / scale.length;
        float[] weights = new float[codes.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = codes[k] * scale[k / row];
        }
        return weights;
    }

    /**
     * A bias reaches the membrane as any real input of its size does.
     *
     * @return one a channel, or where those of a channel differ one a neuron
     */
    private Tensor bias(Layer layer, int index, int channels) throws QuantiseException {
        for (Layer driven : learned.layers()) {
            for (int k = 0; k < driven.inputs().size(); k++) {
                if (driven.inputs().get(k).source() == index && driven.operation() instanceof Operation.Neuron neuron) {
                    requireNoLeakLevel(driven.name());
                    Operation.Drive drive = neuron.drives().get(k);
                    double[] factor = DriveFactors.of(graph, learned, driven);
                    int[] bias = Parameter.perNeuron(drive.bias(), driven.shape());
                    float[] real = new float[bias.length];
                    int area = driven.shape().area();
                    for (int n = 0; n < real.length; n++) {
                        real[n] = (float) (bias[n] * unit(neuron, n, real.length) / factor[n]);
                    }
                    float[] once = oncePerChannel(real, area);
                    return once.length == channels
                            ? Tensor.of(once, once.length)
                            : Tensor.of(
                                    real,
                                    channels,
                                    driven.shape().height(),
                                    driven.shape().width());
                }
            }
        }
        throw new QuantiseException("the layer '" + layer.name() + "' drives no neuron");
    }

    /** One value a channel, or all where those of a channel differ. */
    private static float[] oncePerChannel(float[] values, int area) {
        float[] once = new float[values.length / area];
        for (int n = 0; n < values.length; n++) {
            if (values[n] != values[n / area * area]) {
                return values;
            }
            once[n / area] = values[n];
        }
        return once;
    }

    /** The level that a neuron leaks to is part of the board's bias, and could not be told apart from it. */
    private void requireNoLeakLevel(String neuron) throws QuantiseException {
        if (graph.node(neuron) instanceof Node.Lif lif) {
            for (float level : lif.leak().values()) {
                if (level != 0) {
                    throw new QuantiseException("the neurons '" + neuron
                            + "' leak to another level than 0, which a learned bias cannot be told apart from");
                }
            }
        }
    }

    /** What one membrane LSB of a neuron stands for. */
    private static double unit(Operation.Neuron neuron, int n, int size) {
        float[] unit = neuron.membraneUnit();
        return unit[n / (size / unit.length)];
    }

    // ---- thresholds

    private Node neurons(Layer layer, Operation.Neuron neuron) throws QuantiseException {
        return switch (graph.node(layer.name())) {
            case Node.If node -> new Node.If(node.r(), threshold(layer, neuron, node.threshold()), node.reset());
            case Node.Lif node ->
                new Node.Lif(
                        node.tau(), node.r(), node.leak(), threshold(layer, neuron, node.threshold()), node.reset());
            case Node.Threshold node -> new Node.Threshold(threshold(layer, neuron, node.threshold()));
            case null, default ->
                throw new QuantiseException("the neurons '" + layer.name()
                        + "' that learned thresholds are no IF, LIF or" + " Threshold node in " + graph.name());
        };
    }

    /**
     * The real threshold in the middle between the membranes that fire and those that do not, so that no rounding moves it.
     *
     * @param trained says the shape
     */
    private static Tensor threshold(Layer layer, Operation.Neuron neuron, Tensor trained) {
        int[] integer = Parameter.perNeuron(neuron.threshold(), layer.shape());
        double beside = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE ? 0.5 : -0.5;
        float[] real = new float[integer.length];
        boolean oneForAll = true;
        for (int n = 0; n < real.length; n++) {
            real[n] = (float) ((integer[n] + beside) * unit(neuron, n, real.length));
            oneForAll &= real[n] == real[0];
        }
        if (trained.size() == 1 && oneForAll) {
            return Tensor.of(new float[] {real[0]}, trained.shape());
        }
        if (trained.size() == real.length) {
            return Tensor.of(real, trained.shape());
        }
        return layer.shape().area() == 1
                ? Tensor.of(real, real.length)
                : Tensor.of(
                        real,
                        layer.shape().channels(),
                        layer.shape().height(),
                        layer.shape().width());
    }
}
