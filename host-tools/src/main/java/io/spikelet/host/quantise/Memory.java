package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.report.InferenceSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How long what a layer of weights adds stays in the membranes behind it, on average over its neurons.
 *
 * @param synaptic what is left of a synaptic current after a step; 0 without one
 * @param membrane what is left of a membrane after a step
 */
record Memory(double synaptic, double membrane) {
    /**
     * A spike that resets forgets too, about every tenth step; without that, neurons that never leak would remember
     * whole samples.
     */
    private static final double LONGEST = 0.9;

    /** The memory of the neurons that read a node; where a graph ends in weights the readout forgets nothing. */
    static Memory behind(Graph graph, String linear, GraphShapes shapes, InferenceSettings settings)
            throws QuantiseException {
        double synaptic = 0;
        double membrane = 0;
        int neurons = 0;
        for (String target : readers(graph, linear)) {
            Node node = graph.node(target);
            if (node instanceof Node.TwoBranch neuron) {
                int size = shapes.outputOf(target).size();
                double gate =
                        neuron.attention() == null ? 1 : neuron.attention().atRest();
                for (float decay : neuron.a0().spread(size)) {
                    membrane += gate * Math.clamp(decay, 0f, 1f);
                }
                neurons += size;
            } else if (node.fires() || node.integrates()) {
                int size = shapes.outputOf(target).size();
                NeuronDynamics dynamics = NeuronDynamics.of(target, node, size, settings.profile(), settings.dt());
                for (int n = 0; n < size; n++) {
                    synaptic += dynamics.hasSynapticCurrent() ? dynamics.synapticDecay()[n] : 0;
                    membrane += dynamics.decay()[n];
                }
                neurons += size;
            }
        }
        return neurons == 0
                ? new Memory(0, LONGEST)
                : new Memory(synaptic / neurons, Math.min(LONGEST, membrane / neurons));
    }

    /** What reads a node, through nodes that only pass on. */
    private static List<String> readers(Graph graph, String node) {
        List<String> readers = new ArrayList<>();
        for (String target : graph.targetsOf(node)) {
            if (graph.node(target) instanceof Node.Flatten || graph.node(target) instanceof Node.CurrentAdd) {
                readers.addAll(readers(graph, target));
            } else {
                readers.add(target);
            }
        }
        return readers;
    }
}
