package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Bounds;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer of neurons that spike once, at the largest precision at which its worst potential stays below 2^30. The highest
 * threshold is {@code 2^precision} LSBs.
 *
 * @param neuron the layer, declaring that worst case
 */
record FirstSpikeProof(FirstSpike neuron) {
    private static final int HIGHEST_PRECISION = 24;

    /** The last thresholds of a window are far below the first, and must still be told apart. */
    private static final int LOWEST_PRECISION = 10;

    private static final long LIMIT = 1L << 30;

    /**
     * Finds the precision.
     *
     * @param network with all layers that feed this one defined
     * @throws QuantiseException when no useful precision fits
     */
    static FirstSpikeProof of(SpikingNetwork network, int index, Node.FirstSpike node, List<NeuronFit.Edge> edges)
            throws QuantiseException {
        Layer layer = network.layers().get(index);
        for (int precision = HIGHEST_PRECISION; precision >= LOWEST_PRECISION; precision--) {
            FirstSpike draft = draft(node, edges, layer.shape(), precision);
            long maximum = Bounds.potentialMaximum(with(network, index, draft), index);
            if (maximum < LIMIT) {
                return new FirstSpikeProof(new FirstSpike(draft.window(), draft.threshold(), draft.drives(), maximum));
            }
        }
        throw new QuantiseException("node '" + layer.name() + "' could leave 32 bits at any precision that tells its "
                + node.window() + " thresholds apart; use a shorter window or split the layer");
    }

    private static FirstSpike draft(Node.FirstSpike node, List<NeuronFit.Edge> edges, Shape shape, int precision) {
        double unit = node.threshold() / (double) (1L << precision);
        float[] values = node.values();
        int[] threshold = new int[values.length];
        for (int t = 0; t < threshold.length; t++) {
            threshold[t] = NeuronFit.rounded(node.threshold() * (double) values[t] / unit);
        }
        List<Operation.Drive> drives = new ArrayList<>();
        for (NeuronFit.Edge edge : edges) {
            int[] gain = new int[shape.size()];
            int[] bias = new int[shape.size()];
            for (int n = 0; n < gain.length; n++) {
                gain[n] = NeuronFit.rounded(edge.scale()[n] / unit);
                bias[n] = NeuronFit.rounded(edge.bias()[n] / unit);
            }
            drives.add(
                    new Operation.Drive(ParameterPacking.pack(gain, shape), ParameterPacking.pack(bias, shape), true));
        }
        return new FirstSpike(threshold.length, threshold, drives, 0);
    }

    private static SpikingNetwork with(SpikingNetwork network, int index, FirstSpike draft) {
        List<Layer> layers = new ArrayList<>(network.layers());
        Layer layer = layers.get(index);
        EdgeDomain times = EdgeDomain.time(draft.window());
        layers.set(index, new Layer(layer.name(), layer.inputs(), layer.shape(), times, draft));
        return network.withLayers(layers);
    }
}
