package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.model.Layer;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/** How far one unit of real input moves the membranes of a layer of neurons, by the profile that its image was made with. */
public final class DriveFactors {
    private DriveFactors() {}

    /**
     * @param neurons a layer of the network that has membranes
     * @return (neurons) real membrane for a unit of input
     * @throws QuantiseException when the graph's node of that name has tables of its own, or other parameters than it may
     */
    public static double[] of(Graph graph, SpikingNetwork network, Layer neurons) throws QuantiseException {
        int size = neurons.shape().size();
        Node node = graph.nodes().get(neurons.name());
        if (node == null || !node.fires() && !node.integrates()) {
            // What is read out behind weights has no node of its own and keeps its input as it is.
            double[] ones = new double[size];
            Arrays.fill(ones, 1);
            return ones;
        }
        if (node instanceof Node.TwoBranch) {
            throw new QuantiseException("the neurons '" + neurons.name()
                    + "' have gains and offsets of their own, which what was learned cannot be told apart from");
        }
        return NeuronDynamics.of(
                        neurons.name(),
                        node,
                        size,
                        Profile.named(network.discretisation().profile()),
                        network.discretisation().dt())
                .factor();
    }
}
