package io.spikelet.host.learned;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.ScaleFolding;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained model with the weights and biases that its image learned on a board. Layers that do not learn stay as they
 * were trained; Scale nodes are folded as the quantiser does. A weight is the board's integer times its row's scale, so
 * the image's own weights come back up to their rounding.
 */
public final class LearnedGraph {
    private LearnedGraph() {}

    /**
     * @param trained what the image was made of
     * @param learned a network of that image, as pulled from a board
     * @throws QuantiseException when the network does not come from that model, or a layer that learns has no counterpart
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
        Map<String, Node> nodes = new LinkedHashMap<>(folded.nodes());
        for (int index : rule.layers()) {
            Layer layer = learned.layers().get(index);
            nodes.put(layer.name(), node(folded, learned, index));
        }
        return folded.rewritten(nodes, folded.edges());
    }

    private static Node node(Graph graph, SpikingNetwork learned, int index) throws QuantiseException {
        Layer layer = learned.layers().get(index);
        if (!(layer.operation() instanceof Operation.Dense dense)
                || !(graph.node(layer.name()) instanceof Node.Affine affine)
                || affine.weight().size() != dense.weights().length) {
            throw new QuantiseException(
                    "the layer '" + layer.name() + "' that learns is no dense node of that size in " + graph.name());
        }
        float[] weights = new float[dense.weights().length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = dense.weights()[k] * dense.scale()[k / dense.inputs()];
        }
        return new Node.Affine(
                Tensor.of(weights, dense.outputs(), dense.inputs()),
                Tensor.of(bias(graph, learned, index, dense), dense.outputs()));
    }

    /** A bias is what one input of {@code scale / gain} would add: both reach the membrane through the same factor. */
    private static float[] bias(Graph graph, SpikingNetwork learned, int index, Operation.Dense dense)
            throws QuantiseException {
        List<Layer> layers = learned.layers();
        for (Layer driven : layers) {
            for (int k = 0; k < driven.inputs().size(); k++) {
                if (driven.inputs().get(k).source() == index && driven.operation() instanceof Operation.Neuron neuron) {
                    requireNoLeakLevel(graph, driven.name());
                    Operation.Drive drive = neuron.drives().get(k);
                    int[] gain = Parameter.perNeuron(drive.gain(), driven.shape());
                    int[] bias = Parameter.perNeuron(drive.bias(), driven.shape());
                    float[] real = new float[dense.outputs()];
                    for (int o = 0; o < real.length; o++) {
                        real[o] = (float) ((double) bias[o] * dense.scale()[o] / gain[o]);
                    }
                    return real;
                }
            }
        }
        throw new QuantiseException("the layer '" + layers.get(index).name() + "' drives no neuron");
    }

    /** The level that a neuron leaks to is part of the board's bias, and could not be told apart from it. */
    private static void requireNoLeakLevel(Graph graph, String neuron) throws QuantiseException {
        if (graph.node(neuron) instanceof Node.Lif lif) {
            for (float level : lif.leak().values()) {
                if (level != 0) {
                    throw new QuantiseException("the neurons '" + neuron
                            + "' leak to another level than 0, which a learned bias cannot be told apart from");
                }
            }
        }
    }
}
