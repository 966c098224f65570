package io.spikelet.model;

import java.util.List;

/**
 * One layer of the integer network.
 *
 * @param name the name of the node it was imported from
 * @param inputs the connections into it, in the order its operation names them
 * @param shape the extent of its output
 * @param output what values its output may take
 * @param operation what it computes
 */
public record Layer(String name, List<Inbound> inputs, Shape shape, EdgeDomain output, Operation operation) {
    public Layer {
        inputs = List.copyOf(inputs);
    }
}
