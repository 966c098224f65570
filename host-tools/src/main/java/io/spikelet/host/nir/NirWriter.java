package io.spikelet.host.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.NodeParts;
import io.spikelet.host.graph.Tensor;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lays a graph down in HDF5 as nir.write does: {@code /version} and {@code /node/{type, edges, nodes/NAME/FIELD}}. Reals
 * are float32, whole numbers int64.
 */
final class NirWriter {
    /** The version of NIR that has all these nodes and fields. */
    private static final String VERSION = "1.0.7";

    /** Fields of so many values are compressed; below that the chunk's own index takes more. */
    private static final int COMPRESSED_FROM = 1024;

    private static final Set<String> SCALARS = Set.of("groups", "start_dim", "end_dim");

    private final NirForm form;

    private NirWriter(NirForm form) {
        this.form = form;
    }

    /** @param file that is not there yet */
    static void write(NirForm form, Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset("version", VERSION);
            new NirWriter(form).graph(hdf.putGroup("node"));
        }
    }

    private void graph(WritableGroup group) {
        group.putDataset("type", "NIRGraph");
        group.putDataset(
                "edges",
                form.graph().edges().stream()
                        .map(edge -> new String[] {edge.from(), edge.to()})
                        .toArray(String[][]::new));
        WritableGroup nodes = group.putGroup("nodes");
        // In one order whatever the graph's is, so that the same graph is the same file.
        new TreeMap<>(form.graph().nodes()).forEach((name, node) -> {
            WritableGroup fields = nodes.putGroup(name);
            if (node instanceof Node.Conv2d conv && form.onLines()) {
                lineConvolution(fields, conv);
            } else if (node instanceof Node.Flatten flatten) {
                flatten(fields, flatten, form.arriving().get(name));
            } else {
                node(fields, NodeParts.of(node));
            }
        });
    }

    private static void node(WritableGroup fields, NodeParts parts) {
        fields.putDataset("type", parts.kind());
        parts.values().forEach((field, tensor) -> tensor(fields, field, tensor));
        parts.settings()
                .forEach((field, values) -> fields.putDataset(
                        field,
                        SCALARS.contains(field)
                                ? (Object) (long) values[0]
                                : Arrays.stream(values).asLongStream().toArray()));
    }

    private static void lineConvolution(WritableGroup fields, Node.Conv2d conv) {
        int[] shape = conv.weight().shape();
        fields.putDataset("type", "Conv1d");
        tensor(fields, "weight", new Tensor(conv.weight().values(), new int[] {shape[0], shape[1], shape[3]}));
        tensor(fields, "bias", conv.bias());
        fields.putDataset("stride", (long) conv.stride()[1]);
        fields.putDataset("padding", (long) conv.padding()[1]);
        fields.putDataset("dilation", (long) conv.dilation()[1]);
        fields.putDataset("groups", (long) conv.groups());
        fields.putDataset("input_shape", (long) conv.inputShape()[1]);
    }

    private void flatten(WritableGroup fields, Node.Flatten flatten, int[] arriving) {
        boolean line = form.onLines();
        boolean all = line && flatten.startDim() == 0 && flatten.endDim() == 2;
        fields.putDataset("type", "Flatten");
        fields.putDataset("start_dim", (long) (line ? flatten.startDim() / 2 : flatten.startDim()));
        fields.putDataset("end_dim", all ? -1L : (long) (line ? flatten.endDim() / 2 : flatten.endDim()));
        fields.putDataset("input_type", Arrays.stream(arriving).asLongStream().toArray());
    }

    private static void tensor(WritableGroup fields, String field, Tensor tensor) {
        Object array = nested(tensor.values(), tensor.shape(), 0, 0);
        if (tensor.size() < COMPRESSED_FROM) {
            fields.putDataset(field, array);
        } else {
            fields.putDataset(
                    field,
                    array,
                    DatasetCreationOptions.builder()
                            .chunkDimensions(tensor.shape())
                            .deflate()
                            .build());
        }
    }

    /** The array of arrays that the library takes; a lone number for a scalar. */
    private static Object nested(float[] values, int[] shape, int dimension, int from) {
        if (shape.length == 0) {
            return values[0];
        }
        if (dimension == shape.length - 1) {
            return Arrays.copyOfRange(values, from, from + shape[dimension]);
        }
        int[] extents = new int[shape.length - dimension];
        extents[0] = shape[dimension];
        Object[] rows = (Object[]) Array.newInstance(float.class, extents);
        int row = 1;
        for (int d = dimension + 1; d < shape.length; d++) {
            row *= shape[d];
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = nested(values, shape, dimension + 1, from + i * row);
        }
        return rows;
    }
}
