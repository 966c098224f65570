package io.spikelet.bench.board;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small model file, {@code input[2] → fc (3 × 2) → lif (3) → output[3]}, in which one thing can be made wrong. */
final class SmallNir {
    private static final String[][] EDGES = {{"input", "fc"}, {"fc", "lif"}, {"lif", "output"}};

    private final Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();

    SmallNir() {
        double[] ones = {1, 1, 1};
        nodes.put("input", fields("type", "Input", "shape", new long[] {2}));
        nodes.put("fc", fields("type", "Affine", "weight", new float[3][2], "bias", new float[3]));
        nodes.put("lif", fields("type", "LIF", "tau", ones, "r", ones, "v_leak", new double[3], "v_threshold", ones));
        nodes.put("output", fields("type", "Output", "shape", new long[] {3}));
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    SmallNir with(String node, String field, Object value) {
        nodes.get(node).put(field, value);
        return this;
    }

    Path writeTo(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset("version", "1.0.7");
            WritableGroup top = hdf.putGroup("node");
            top.putDataset("type", "NIRGraph");
            top.putDataset("edges", EDGES);
            WritableGroup group = top.putGroup("nodes");
            nodes.forEach((name, fields) -> {
                WritableGroup node = group.putGroup(name);
                fields.forEach(node::putDataset);
            });
        }
        return file;
    }
}
