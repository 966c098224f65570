package io.spikelet.host.layers;

import io.spikelet.host.graph.Node;
import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Optional;

/**
 * One layer of the file.
 *
 * @param part what it is
 * @param from its sources, in the file's order
 * @param tables to be held to the shape that reaches it
 * @param weights what the integers of its weights shall be, where the file says so
 */
record Layer(Part part, List<String> from, List<Table> tables, Optional<WeightKind> weights) {

    /** What a layer is. */
    sealed interface Part {}

    /** Stands for itself. */
    record Plain(Node node) implements Part {}

    /** Goes into the weights before it or the neurons behind it. */
    record Normalised(Norm norm) implements Part {}

    /** Neurons of two branches, spelled somehow. */
    record Neurons(NeuronTables.Spelling spelling) implements Part {}
}
