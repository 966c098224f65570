package io.spikelet.host.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraphOrderTest {
    private static final Node LINEAR = new Node.Affine(Tensor.of(new float[] {1}, 1, 1), null);
    private static final Node NEURON = new Node.If(Tensor.scalar(1), Tensor.scalar(1), Tensor.scalar(0));

    /** Two recurrent layers, and feedback from the second over both. */
    private static final Map<String, Node> NODES = Map.of(
            "in", new Node.Input(new int[] {1}),
            "a", LINEAR,
            "n", NEURON,
            "nn", LINEAR,
            "b", LINEAR,
            "m", NEURON,
            "mm", LINEAR,
            "back", LINEAR,
            "out", new Node.Output(new int[] {1}));

    private static final List<Graph.Edge> EDGES =
            edges("in a", "a n", "n nn", "nn n", "n b", "b m", "m mm", "mm m", "m back", "back n", "m out");

    @Test
    void shouldFindRecurrentEdgesWhateverTheNamesAndTheOrderInTheFile() {
        Random random = new Random(3);
        for (int trial = 0; trial < 50; trial++) {
            List<String> shuffled = new ArrayList<>(NODES.keySet());
            Collections.shuffle(shuffled, random);
            Map<String, String> names = new HashMap<>();
            Map<String, Node> nodes = new LinkedHashMap<>();
            for (String name : NODES.keySet()) {
                names.put(name, "node" + shuffled.indexOf(name));
            }
            for (String name : shuffled) {
                nodes.put(names.get(name), NODES.get(name));
            }
            List<Graph.Edge> edges = renamed(EDGES, names);
            Collections.shuffle(edges, random);

            GraphOrder order = GraphOrder.of(new Graph("test", nodes, edges, List.of(), ""));

            assertEquals(Set.copyOf(renamed(edges("nn n", "mm m", "back n"), names)), Set.copyOf(order.recurrent()));
            for (Graph.Edge edge : edges) {
                boolean forward =
                        order.nodes().indexOf(edge.from()) < order.nodes().indexOf(edge.to());
                assertEquals(!order.isRecurrent(edge), forward, edge.toString());
            }
        }
    }

    @Test
    void shouldLetANeuronFeedItself() {
        List<Graph.Edge> edges = edges("in n", "n n", "n out");
        assertEquals(
                Set.of(new Graph.Edge("n", "n")), GraphOrder.of(graph(edges)).recurrent());
    }

    @Test
    void shouldRefuseALoopThatIsEnteredAtTwoPlaces() {
        InvalidGraphException refused = assertThrows(
                InvalidGraphException.class,
                () -> GraphOrder.of(graph(edges("in n", "in m", "n b", "b m", "m back", "back n", "m out"))));
        assertTrue(refused.getMessage().contains("a loop that is entered at more than one place"));
    }

    @Test
    void shouldRefuseTwoOutputs() {
        Map<String, Node> nodes = new LinkedHashMap<>(Map.of("out2", new Node.Output(new int[] {1})));
        nodes.putAll(graph(edges("in n", "n out")).nodes());
        Graph graph = new Graph("test", nodes, edges("in n", "n out", "n out2"), List.of(), "");
        InvalidGraphException refused = assertThrows(InvalidGraphException.class, () -> GraphOrder.of(graph));
        assertEquals("the graph needs exactly one Output node, it has 2", refused.getMessage());
    }

    @Test
    void shouldListTheProfilesWhenOneIsUnknown() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Profile.named("spiky"));
        assertEquals(
                "no discretisation profile is named 'spiky'; choose one of snntorch, norse, subtract,"
                        + " snntorch-subtract, spyx, sinabs, loihi or custom:KEY=WORD,...",
                refused.getMessage());
        assertEquals(Profile.NORSE, Profile.named("norse"));
    }

    private static Graph graph(List<Graph.Edge> edges) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (Graph.Edge edge : edges) {
            nodes.put(edge.from(), NODES.get(edge.from()));
            nodes.put(edge.to(), NODES.get(edge.to()));
        }
        return new Graph("test", nodes, edges, List.of(), "");
    }

    private static List<Graph.Edge> edges(String... pairs) {
        List<Graph.Edge> edges = new ArrayList<>();
        for (String pair : pairs) {
            String[] ends = pair.split(" ");
            edges.add(new Graph.Edge(ends[0], ends[1]));
        }
        return edges;
    }

    private static List<Graph.Edge> renamed(List<Graph.Edge> edges, Map<String, String> names) {
        return edges.stream()
                .map(edge -> new Graph.Edge(names.get(edge.from()), names.get(edge.to())))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
