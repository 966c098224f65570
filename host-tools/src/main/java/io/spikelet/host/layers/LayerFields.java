package io.spikelet.host.layers;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.graph.TrainingNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The fields of one layer, typed; every fault names file, layer and field. */
final class LayerFields {
    /** Extents, strides and paddings; two of them multiply within 31 bits. */
    private static final int MOST = 32_767;

    private static final String PER_STEP = "per_step";

    private final String file;
    private final String layer;

    /** What stands before a field's name where it is part of another. */
    private final String outer;

    private final Map<String, Object> values;
    private final Safetensors tensors;
    private final Set<String> read = new TreeSet<>();
    private final List<Table> tables = new ArrayList<>();

    LayerFields(String file, String layer, Map<String, Object> values, Safetensors tensors) {
        this(file, layer, "", values, tensors);
        read.addAll(List.of("name", "kind", "from"));
    }

    private LayerFields(String file, String layer, String outer, Map<String, Object> values, Safetensors tensors) {
        this.file = file;
        this.layer = layer;
        this.outer = outer;
        this.values = values;
        this.tensors = tensors;
    }

    /** The fields that make up one field. Its tables are its own. */
    LayerFields part(String field) throws ImportException {
        require(field);
        if (!(values.get(field) instanceof Map<?, ?> object)) {
            throw fault(field, "must be an object of fields");
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        object.forEach((key, value) -> parts.put((String) key, value));
        return new LayerFields(file, layer, outer + field + ".", parts, tensors);
    }

    boolean has(String field) {
        read.add(field);
        return values.containsKey(field);
    }

    /** Every table that was read, to be held to the layer's shape once that is known. */
    List<Table> tables() {
        return tables;
    }

    double number(String field, double otherwise) throws ImportException {
        if (!has(field)) {
            return otherwise;
        }
        if (values.get(field) instanceof Number number) {
            return finite(field, number.doubleValue());
        }
        throw fault(field, "must be a number");
    }

    int whole(String field, int otherwise) throws ImportException {
        return has(field) ? whole(field, values.get(field)) : otherwise;
    }

    private int whole(String field, Object value) throws ImportException {
        if (value instanceof Long number && number >= -MOST && number <= MOST) {
            return (int) (long) number;
        }
        throw fault(field, "must be whole numbers of at most " + MOST);
    }

    /** {y, x}; one number stands for both. */
    int[] pair(String field, int otherwise) throws ImportException {
        if (!has(field)) {
            return new int[] {otherwise, otherwise};
        }
        if (values.get(field) instanceof List<?> list && list.size() == 2) {
            return new int[] {whole(field, list.get(0)), whole(field, list.get(1))};
        }
        int both = whole(field, values.get(field));
        return new int[] {both, both};
    }

    String word(String field, String otherwise) throws ImportException {
        if (!has(field)) {
            return otherwise;
        }
        if (values.get(field) instanceof String word) {
            return word;
        }
        throw fault(field, "must be a word");
    }

    /** The tensor that a field names. */
    Tensor tensor(String field) throws ImportException {
        require(field);
        if (values.get(field) instanceof String name) {
            return tensors.tensor(where(field), name);
        }
        throw fault(field, "must name a tensor");
    }

    /** A number, or the tensor that a field names. */
    Tensor numberOrTensor(String field) throws ImportException {
        require(field);
        return values.get(field) instanceof Number number
                ? Tensor.scalar((float) finite(field, number.doubleValue()))
                : tensor(field);
    }

    Tensor numberOrTensor(String field, float otherwise) throws ImportException {
        return has(field) ? numberOrTensor(field) : Tensor.scalar(otherwise);
    }

    /** A number, or a tensor of one. */
    double numberOrOnly(String field, double otherwise) throws ImportException {
        if (!has(field)) {
            return otherwise;
        }
        Tensor tensor = numberOrTensor(field);
        if (tensor.size() != 1) {
            throw fault(field, "has " + tensor.size() + " values; it must be one number");
        }
        return tensor.values()[0];
    }

    /** Holds a tensor to (rows, columns) or (rows, columns, 1, 1). */
    void requireMatrix(String field, Tensor tensor, int rows, int columns) throws ImportException {
        int[] shape = tensor.shape();
        boolean isMatrix = shape.length == 2 || shape.length == 4 && shape[2] == 1 && shape[3] == 1;
        if (!isMatrix || shape[0] != rows || shape[1] != columns) {
            throw fault(field, "has shape " + Arrays.toString(shape) + "; it must be [" + rows + ", " + columns + "]");
        }
    }

    /** A parameter that is the same at every step. */
    Table row(String field) throws ImportException {
        require(field);
        return kept(Table.of(field, 1, numberOrTensor(field)));
    }

    Table row(String field, double otherwise) throws ImportException {
        return has(field) ? row(field) : Table.of(field, otherwise);
    }

    /** A parameter that may have a row a step, as {@code {"per_step": "tensor"}}. */
    Table table(String field) throws ImportException {
        require(field);
        if (!(values.get(field) instanceof Map<?, ?> choice)) {
            return row(field);
        }
        if (choice.size() != 1 || !(choice.get(PER_STEP) instanceof String name)) {
            throw fault(field, "must be a number, a tensor's name or {\"per_step\": a tensor's name}");
        }
        Tensor tensor = tensors.tensor(where(field), name);
        if (tensor.rank() == 0) {
            throw fault(field, "must have the steps as its first dimension");
        }
        return kept(Table.of(field, tensor.shape()[0], tensor));
    }

    Table table(String field, double otherwise) throws ImportException {
        return has(field) ? table(field) : Table.of(field, otherwise);
    }

    /** {@code {"mean": number, "std": number}} in thresholds; null where it is left out. */
    TrainingNoise noise(String field) throws ImportException {
        if (!has(field)) {
            return null;
        }
        if (!(values.get(field) instanceof Map<?, ?> said)
                || said.size() != 2
                || !(said.get("mean") instanceof Number mean)
                || !(said.get("std") instanceof Number deviation)
                || deviation.doubleValue() < 0) {
            throw fault(field, "must be {\"mean\": a number, \"std\": a number of 0 or more}, both in thresholds");
        }
        return new TrainingNoise(
                (float) finite(field, mean.doubleValue()), (float) finite(field, deviation.doubleValue()));
    }

    private Table kept(Table table) {
        tables.add(table);
        return table;
    }

    void require(String field) throws ImportException {
        if (!has(field)) {
            throw new ImportException(file + ": layer '" + layer + "' has no field '" + outer + field
                    + "', which its kind needs; add it");
        }
    }

    /** Refuses fields that nobody asked for. */
    void requireAllRead() throws ImportException {
        for (String field : values.keySet()) {
            if (!read.contains(field)) {
                throw fault(field, "is not one that its kind has; it may have " + String.join(", ", read));
            }
        }
    }

    private double finite(String field, double value) throws ImportException {
        if (!Float.isFinite((float) value)) {
            throw fault(field, "must be a number within the range of float");
        }
        return value;
    }

    ImportException fault(String field, String what) {
        return new ImportException(where(field) + " " + what);
    }

    private String where(String field) {
        return file + ": layer '" + layer + "', field '" + outer + field + "':";
    }
}
