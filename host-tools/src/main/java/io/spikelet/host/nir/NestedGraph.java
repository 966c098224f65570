package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph as NIR nests it. Flattening gives every node the name {@code graph.node} and joins the edges that meet at an
 * inner graph's Input and Output nodes, which then go away.
 *
 * @param prefix what its nodes' names begin with; empty for the outermost graph
 * @param members nodes and graphs by their own names
 * @param edges between members, by their own names
 */
record NestedGraph(String prefix, Map<String, Member> members, List<Graph.Edge> edges) {

    sealed interface Member {}

    /**
     * A node.
     *
     * @param declaredInput the shape that a Flatten node says it receives, or null
     */
    record Leaf(Node node, int[] declaredInput) implements Member {}

    record Inner(NestedGraph graph) implements Member {}

    Graph flatten(String name, List<String> warnings, String digest) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        List<Graph.Edge> flat = new ArrayList<>();
        List<String> doors = new ArrayList<>();
        collect(nodes, flat, doors);
        for (String door : doors) {
            flat = joined(flat, door);
            nodes.remove(door);
        }
        warnings.addAll(LostInNir.of(nodes, flat));
        return new Graph(name, nodes, flat, warnings, digest);
    }

    /** Checks what Flatten nodes say they receive; only after flattening is it known what that is. */
    void verifyFlattenInputs(GraphShapes shapes) {
        members.forEach((name, member) -> {
            if (member instanceof Inner inner) {
                inner.graph().verifyFlattenInputs(shapes);
            } else if (member instanceof Leaf leaf && leaf.declaredInput() != null) {
                Shape found = shapes.inputOf(prefix + name);
                if (!Arrays.equals(withoutOnes(leaf.declaredInput()), withoutOnes(extents(found)))) {
                    throw new InvalidGraphException("node '" + prefix + name + "', field 'input_type': says "
                            + Arrays.toString(leaf.declaredInput()) + " but " + found
                            + " reaches it; connect layers whose shapes agree");
                }
            }
        });
    }

    private static int[] extents(Shape shape) {
        return new int[] {shape.channels(), shape.height(), shape.width()};
    }

    private static int[] withoutOnes(int[] extents) {
        return Arrays.stream(extents).filter(extent -> extent != 1).toArray();
    }

    private void collect(Map<String, Node> nodes, List<Graph.Edge> flat, List<String> doors) {
        members.forEach((name, member) -> {
            switch (member) {
                case Inner inner -> inner.graph().collect(nodes, flat, doors);
                case Leaf leaf -> {
                    if (nodes.put(prefix + name, leaf.node()) != null) {
                        throw new InvalidGraphException("node '" + prefix + name
                                + "' stands twice once nested graphs are flattened; rename one of the two");
                    }
                    boolean door = leaf.node() instanceof Node.Input || leaf.node() instanceof Node.Output;
                    if (door && !prefix.isEmpty()) {
                        doors.add(prefix + name);
                    }
                }
            }
        });
        for (Graph.Edge edge : edges) {
            flat.add(new Graph.Edge(leaving(edge.from()), entering(edge.to())));
        }
    }

    private String leaving(String member) {
        return members.get(member) instanceof Inner inner ? inner.graph().door(Node.Output.class) : prefix + member;
    }

    private String entering(String member) {
        return members.get(member) instanceof Inner inner ? inner.graph().door(Node.Input.class) : prefix + member;
    }

    private String door(Class<? extends Node> kind) {
        List<String> found = members.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Leaf leaf && kind.isInstance(leaf.node()))
                .map(Map.Entry::getKey)
                .toList();
        if (found.size() != 1) {
            throw new InvalidGraphException("node '" + prefix.substring(0, prefix.length() - 1) + "' is a graph with "
                    + found.size() + " " + kind.getSimpleName() + " nodes; a nested graph needs exactly one");
        }
        return prefix + found.getFirst();
    }

    private static List<Graph.Edge> joined(List<Graph.Edge> edges, String door) {
        List<Graph.Edge> joined = new ArrayList<>();
        for (Graph.Edge edge : edges) {
            if (edge.from().equals(door)) {
                continue;
            }
            if (!edge.to().equals(door)) {
                joined.add(edge);
                continue;
            }
            for (Graph.Edge onward : edges) {
                if (onward.from().equals(door)) {
                    joined.add(new Graph.Edge(edge.from(), onward.to()));
                }
            }
        }
        return joined;
    }
}
