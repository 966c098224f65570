package io.spikelet.host.lava;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@code .net} file in the making: fields by path, such as {@code 0/neuron/vDecay}. */
final class WrittenNet {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private WrittenNet() {}

    /** Three inputs, two neurons. */
    static WrittenNet dense() {
        return new WrittenNet()
                .set("0/type", new String[] {"dense"})
                .set("0/shape", new long[] {2})
                .set("0/inFeatures", 3L)
                .set("0/outFeatures", 2L)
                .set("0/weight", new float[][] {{2, -4, 6}, {8, 254, -256}})
                .neuron(0);
    }

    /** Two planes of 4x4, a convolution, a pool, a flatten, a dense block. */
    static WrittenNet planes() {
        return new WrittenNet()
                .set("0/type", new String[] {"input"})
                .set("0/shape", new long[] {2, 4, 4})
                .set("1/type", new String[] {"conv"})
                .set("1/shape", new long[] {1, 4, 4})
                .set("1/weight", new float[1][2][3][3])
                .set("1/kernelSize", new long[] {3, 3})
                .set("1/stride", new long[] {1, 1})
                .set("1/padding", new long[] {1, 1})
                .set("1/dilation", new long[] {1, 1})
                .set("1/groups", 1L)
                .neuron(1)
                .set("2/type", new String[] {"pool"})
                .set("2/shape", new long[] {1, 2, 2})
                .set("2/weight", new float[][][][] {{{{64, 64}, {64, 64}}}})
                .set("2/kernelSize", new long[] {2, 2})
                .set("2/stride", new long[] {2, 2})
                .neuron(2)
                .set("3/type", new String[] {"flatten"})
                .set("3/shape", new long[] {4, 1, 1})
                .set("4/type", new String[] {"dense"})
                .set("4/shape", new long[] {2})
                .set("4/weight", new float[2][4])
                .neuron(4);
    }

    WrittenNet neuron(int layer) {
        return set(layer + "/neuron/type", "CUBA")
                .set(layer + "/neuron/iDecay", 1024L)
                .set(layer + "/neuron/vDecay", 128L)
                .set(layer + "/neuron/vThMant", 80L)
                .set(layer + "/neuron/refDelay", 1L)
                .set(layer + "/neuron/gradedSpike", "FALSE");
    }

    WrittenNet set(String path, Object value) {
        fields.put(path, value);
        return this;
    }

    WrittenNet without(String path) {
        fields.keySet().removeIf(field -> field.equals(path) || field.startsWith(path + "/"));
        return this;
    }

    Path writeTo(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            Map<String, WritableGroup> groups = new LinkedHashMap<>();
            groups.put("", hdf.putGroup("layer"));
            fields.forEach((path, value) -> {
                int slash = path.lastIndexOf('/');
                group(groups, path.substring(0, slash)).putDataset(path.substring(slash + 1), value);
            });
        }
        return file;
    }

    private static WritableGroup group(Map<String, WritableGroup> groups, String path) {
        WritableGroup known = groups.get(path);
        if (known != null) {
            return known;
        }
        int slash = path.lastIndexOf('/');
        WritableGroup made =
                group(groups, slash < 0 ? "" : path.substring(0, slash)).putGroup(path.substring(slash + 1));
        groups.put(path, made);
        return made;
    }
}
