package io.spikelet.host.quantise;

import io.spikelet.host.graph.Attention;
import io.spikelet.host.graph.Node;

/** What a layer of the integer network stands for in the graph. */
sealed interface Part {
    /** A node that has a layer of its own kind. */
    record OfNode(Node node) implements Part {}

    /** The input and what makes spike times of its values. */
    record Times(Node.FirstSpike neuron) implements Part {}

    /** Several edges into a node that wants one: their sum, of spikes or of small integers. */
    record Sum() implements Part {}

    /** A pool of spikes and the threshold behind it, as one OR ({@link io.spikelet.host.graph.OrPools}). */
    record Or(Node.Pool2d pool) implements Part {}

    /** What gates the membranes of a node of neurons, from their spikes of the step before. */
    record Gate(Attention attention, String neurons) implements Part {}

    /** The output of a graph that ends in weights: neurons that only pass potentials on to the readout. */
    record Potential() implements Part {}
}
