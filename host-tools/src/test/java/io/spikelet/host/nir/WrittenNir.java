package io.spikelet.host.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small NIR file in the making; fields may be set to anything, so that each kind of bad file can be written. */
public final class WrittenNir {
    private final Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
    private final Map<String, WrittenNir> inner = new LinkedHashMap<>();
    private final List<String[]> edges = new ArrayList<>();

    WrittenNir() {}

    /** {@code input[2] → fc (3 x 2, bias) → lif (3) → output[3]}. */
    public static WrittenNir dense() {
        return new WrittenNir()
                .node("input", "Input", "shape", new long[] {2})
                .node("fc", "Affine", "weight", new float[3][2], "bias", new float[3])
                .node("lif", "LIF", "tau", ones(3), "r", ones(3), "v_leak", new double[3], "v_threshold", ones(3))
                .node("output", "Output", "shape", new long[] {3})
                .edge("fc", "lif")
                .edge("input", "fc")
                .edge("lif", "output");
    }

    /** {@code input[2x6x6] → conv (4 filters 3x3) → if → flatten → output}. */
    static WrittenNir convolution() {
        return new WrittenNir()
                .node("input", "Input", "shape", new long[] {2, 6, 6})
                .node("conv", "Conv2d", "weight", new float[4][2][3][3], "bias", new float[4], "stride", 1L)
                .set("conv", "padding", 0L)
                .set("conv", "dilation", new long[] {1, 1})
                .set("conv", "groups", 1L)
                .set("conv", "input_shape", new long[] {6, 6})
                .node("if", "IF", "r", 1.0, "v_threshold", 1L)
                .node("flatten", "Flatten", "start_dim", 0L, "end_dim", -1L)
                .node("output", "Output", "shape", new long[] {64})
                .edge("input", "conv")
                .edge("conv", "if")
                .edge("if", "flatten")
                .edge("flatten", "output");
    }

    /** {@code input[2x34x34] → flatten → fc → output[2]}: output p is the sum of channel p. */
    public static WrittenNir polarities() {
        int cells = 34 * 34;
        float[][] sums = new float[2][2 * cells];
        for (int p = 0; p < 2; p++) {
            java.util.Arrays.fill(sums[p], p * cells, (p + 1) * cells, 1);
        }
        return new WrittenNir()
                .node("input", "Input", "shape", new long[] {2, 34, 34})
                .node("flatten", "Flatten", "start_dim", 0L, "end_dim", -1L)
                .node("fc", "Affine", "weight", sums, "bias", new float[2])
                .node("output", "Output", "shape", new long[] {2})
                .edge("input", "flatten")
                .edge("flatten", "fc")
                .edge("fc", "output");
    }

    static double[] ones(int count) {
        double[] ones = new double[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    WrittenNir node(String name, String type, Object... fieldsAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            fields.put((String) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        nodes.put(name, fields);
        return this;
    }

    public WrittenNir set(String node, String field, Object value) {
        nodes.get(node).put(field, value);
        return this;
    }

    WrittenNir without(String node, String field) {
        nodes.get(node).remove(field);
        return this;
    }

    WrittenNir edge(String from, String to) {
        edges.add(new String[] {from, to});
        return this;
    }

    WrittenNir withoutEdge(String from, String to) {
        edges.removeIf(edge -> edge[0].equals(from) && edge[1].equals(to));
        return this;
    }

    /** The same graph with every node named anew. */
    WrittenNir renamed(Map<String, String> names) {
        WrittenNir renamed = new WrittenNir();
        nodes.forEach((name, fields) -> renamed.nodes.put(names.get(name), fields));
        edges.forEach(edge -> renamed.edge(names.get(edge[0]), names.get(edge[1])));
        return renamed;
    }

    /** A graph within this one. */
    WrittenNir inner(String name, WrittenNir graph) {
        inner.put(name, graph);
        return this;
    }

    public Path writeTo(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset("version", "1.0.7");
            writeTo(hdf.putGroup("node"));
        }
        return file;
    }

    private void writeTo(WritableGroup top) {
        top.putDataset("type", "NIRGraph");
        if (!edges.isEmpty()) {
            top.putDataset("edges", edges.toArray(String[][]::new));
        } else {
            top.putDataset("edges", new double[0]);
        }
        WritableGroup group = top.putGroup("nodes");
        nodes.forEach((name, fields) -> {
            WritableGroup node = group.putGroup(name);
            fields.forEach(node::putDataset);
        });
        inner.forEach((name, graph) -> graph.writeTo(group.putGroup(name)));
    }
}
