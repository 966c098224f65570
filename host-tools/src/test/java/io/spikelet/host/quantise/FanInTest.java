package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where edges meet: neurons add them up themselves, all others read one layer that does. */
class FanInTest {
    /** {@code a} and {@code b} fire; {@code c} and {@code d} both read their sum, and so does the neuron {@code f}. */
    private static Graph graph() {
        return ChainBuilder.from(2)
                .then("a", ChainBuilder.lif())
                .then("b", ChainBuilder.lif())
                .then("c", ChainBuilder.affine(2, 1, 2, 3, 4))
                .edge("a", "c")
                .then("f", ChainBuilder.lif())
                .edge("a", "f")
                .edge("b", "f")
                .beside("a", "d", ChainBuilder.affine(2, 1, 0, 0, 1), "f")
                .edge("b", "d")
                .to(2);
    }

    @Test
    void shouldLetReadersOfTheSameSourcesShareOneSum() {
        Graph spelledOut = FanIn.spelledOut(graph());

        assertEquals(new Node.Flatten(0, 0), spelledOut.node("c.sum"));
        assertEquals(List.of("c.sum"), spelledOut.sourcesOf("c"));
        assertEquals(List.of("c.sum"), spelledOut.sourcesOf("d"));
        assertEquals(List.of("b", "a"), spelledOut.sourcesOf("c.sum"));
        assertEquals(4, spelledOut.sourcesOf("f").size());
        assertEquals(graph().nodes().size() + 1, spelledOut.nodes().size());
    }

    @Test
    void shouldMakeOneLayerOfTheSharedSum() throws Exception {
        Topology topology = TopologyBuilder.of(graph());

        long sums = topology.places().stream()
                .filter(place -> place.part() instanceof Part.Sum)
                .count();
        assertEquals(1, sums);
        assertEquals(4, topology.places().getLast().inputs().size());
    }

    @Test
    void shouldNotTakeANameThatIsTaken() {
        Graph taken = ChainBuilder.from(2)
                .then("c.sum", ChainBuilder.lif())
                .then("b", ChainBuilder.lif())
                .then("c", ChainBuilder.affine(2, 1, 2, 3, 4))
                .edge("c.sum", "c")
                .to(2);

        assertEquals(List.of("c.sum'"), FanIn.spelledOut(taken).sourcesOf("c"));
    }
}
