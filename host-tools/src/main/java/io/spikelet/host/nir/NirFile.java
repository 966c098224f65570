package io.spikelet.host.nir;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.hdf5.NodeFields;
import io.spikelet.host.hdf5.ReadBudget;
import io.spikelet.host.hdf5.Superblock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks the HDF5 layout of NIR: {@code /node/{type, edges, nodes/NAME/FIELD}}, nested for graphs inside graphs. */
final class NirFile {
    private static final NodeFields.Writer WRITER =
            new NodeFields.Writer("NIR file", "export the model with nir.write");
    private static final int MAX_DEPTH = 8;
    private static final int MAX_EDGES = 1 << 16;

    private final String file;
    private final ReadBudget budget;
    private final List<String> warnings;
    private int nodesSeen;

    /** Whether the graph has convolutions of one dimension. */
    private boolean linesOnly;

    private NirFile(String file, ReadBudget budget, List<String> warnings) {
        this.file = file;
        this.budget = budget;
        this.warnings = warnings;
    }

    static NestedGraph parse(byte[] bytes, String file, List<String> warnings) throws ImportException {
        Superblock.requireWhole(bytes, file, WRITER);
        // The HDF5 reader trusts its input: a damaged file can raise any of these, at opening or at any field.
        try (HdfFile hdf = HdfFile.fromBytes(bytes)) {
            return new NirFile(file, new ReadBudget(bytes.length), warnings).root(hdf);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw new ImportException(
                    file + ": is truncated or damaged (" + damaged.getMessage() + "); copy or export it again",
                    damaged);
        }
    }

    private NestedGraph root(HdfFile hdf) throws ImportException {
        NodeFields top = fieldsOf(hdf, "/");
        linesOnly = hasLineConvolution(top.group("node"), 0);
        return graph(fieldsOf(top.group("node"), "node"), "", 0);
    }

    private NestedGraph graph(NodeFields fields, String prefix, int depth) throws ImportException {
        String type = fields.string("type");
        if (!type.equals("NIRGraph")) {
            throw fields.fault("type", "is '" + type + "'; the outermost node of a NIR file must be a NIRGraph");
        }
        if (depth > MAX_DEPTH) {
            throw fields.fault("nodes", "nests deeper than " + MAX_DEPTH + " graphs; flatten the model");
        }
        Map<String, NestedGraph.Member> members = new LinkedHashMap<>();
        Group nodes = fields.group("nodes");
        for (String name : nodes.getChildren().keySet()) {
            if (++nodesSeen > GraphOrder.MAX_NODES) {
                throw new ImportException(file + ": has more than the " + GraphOrder.MAX_NODES
                        + " nodes that are supported; split the model");
            }
            members.put(name, member(nodes, name, prefix + name, depth));
        }
        List<Graph.Edge> edges = DanglingEdges.repair(members.keySet(), edges(fields), prefix, warnings);
        return new NestedGraph(prefix, members, edges);
    }

    /** Whether a graph, or one within it, works on lines, [channels, length]; asked before any node is read. */
    private boolean hasLineConvolution(Group graph, int depth) throws ImportException {
        if (depth > MAX_DEPTH
                || !(graph.getChild("nodes") instanceof Group nodes)
                || graph.getChild("nodes").isLink()) {
            return false; // what is wrong with it is said where it is read
        }
        for (Node child : nodes.getChildren().values()) {
            if (child instanceof Group group && !child.isLink()) {
                if (fieldsOf(group, child.getName()).says("type", "Conv1d") || hasLineConvolution(group, depth + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private NestedGraph.Member member(Group nodes, String name, String path, int depth) throws ImportException {
        if (!(nodes.getChild(name) instanceof Group group)
                || nodes.getChild(name).isLink()) {
            throw new ImportException(
                    file + ": node '" + path + "' is not a plain group of fields; export the model with nir.write");
        }
        NodeFields fields = fieldsOf(group, path);
        if (fields.string("type").equals("NIRGraph")) {
            return new NestedGraph.Inner(graph(fields, path + ".", depth + 1));
        }
        return NodeReader.read(fields, path, linesOnly, warnings);
    }

    private List<Graph.Edge> edges(NodeFields fields) throws ImportException {
        String[][] pairs = fields.stringPairs("edges", MAX_EDGES);
        List<Graph.Edge> edges = new ArrayList<>();
        for (String[] pair : pairs) {
            edges.add(new Graph.Edge(pair[0], pair[1]));
        }
        return edges;
    }

    private NodeFields fieldsOf(Group group, String node) {
        return new NodeFields(file, "node '" + node + "'", group, budget, WRITER);
    }
}
