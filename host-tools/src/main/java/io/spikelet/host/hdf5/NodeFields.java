package io.spikelet.host.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Tensor;
import java.lang.reflect.Array;

/**
 * The fields of one node, an HDF5 group, read by type. Numbers may be stored as float, double or integers and as
 * 0-dimensional scalars; sizes are bounded before anything is read.
 */
public final class NodeFields {
    /** The most values one field may hold: four times what a layer may hold, 64 MB of weights as float. */
    public static final int MAX_VALUES = 1 << 24;

    private final String file;
    private final String node;
    private final Group group;
    private final ReadBudget budget;
    private final Writer writer;

    /**
     * Who writes files of a kind; for messages.
     *
     * @param kind the kind of file: "NIR file"
     * @param remedy what to do with the model: "export the model with nir.write"
     */
    public record Writer(String kind, String remedy) {
        private String sentence() {
            return Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1);
        }
    }

    /**
     * @param node where the group stands, for messages: "node 'conv1'"
     * @param budget what all fields of the file may take
     */
    public NodeFields(String file, String node, Group group, ReadBudget budget, Writer writer) {
        this.file = file;
        this.node = node;
        this.group = group;
        this.budget = budget;
        this.writer = writer;
    }

    /** The fields of another group of the same file. */
    public NodeFields at(String place, Group other) {
        return new NodeFields(file, place, other, budget, writer);
    }

    public boolean has(String field) {
        return group.getChild(field) != null;
    }

    public Group group(String field) throws ImportException {
        Node child = group.getChild(field);
        if (!(child instanceof Group found) || child.isLink()) {
            throw fault(field, "is missing or is not a group; is this a " + writer.kind() + "? " + writer.sentence());
        }
        return found;
    }

    public String string(String field) throws ImportException {
        Dataset dataset = dataset(field, 1);
        Object value = dataset.getJavaType() == String.class ? dataset.getData() : null;
        if (value instanceof String[] one && one.length == 1) {
            value = one[0];
        }
        if (!(value instanceof String text)) {
            throw fault(field, "is not a text; " + writer.remedy());
        }
        return text;
    }

    /** A truth as h5py writes it, an enumeration of FALSE and TRUE, or a number that is 0 or not. */
    public boolean flag(String field) throws ImportException {
        return isText(field) ? string(field).equalsIgnoreCase("TRUE") : integer(field) != 0;
    }

    /** Whether a field is this text; what is wrong with it is said where it is read. */
    public boolean says(String field, String text) throws ImportException {
        return group.getChild(field) instanceof Dataset dataset
                && !dataset.isLink()
                && dataset.getSize() == 1
                && dataset.getJavaType() == String.class
                && text.equals(string(field));
    }

    /** An (N, 2) array of texts; empty where the dataset is. */
    public String[][] stringPairs(String field, int most) throws ImportException {
        Dataset dataset = dataset(field, 2 * most);
        if (dataset.getSize() == 0) {
            return new String[0][];
        }
        long[] dimensions = dataset.getDimensionsAsLong();
        if (dimensions.length != 2
                || dimensions[1] != 2
                || dataset.getJavaType() != String.class
                || !(dataset.getData() instanceof String[][] pairs)) {
            throw fault(field, "is not a list of pairs of node names; " + writer.remedy());
        }
        return pairs;
    }

    /** Finite numbers with their shape; truth is 1. */
    public Tensor tensor(String field) throws ImportException {
        Dataset dataset = dataset(field, MAX_VALUES);
        int[] shape = dataset.getDimensions();
        float[] values = floats(field, dataset);
        int size = size(shape);
        if (size != values.length) {
            throw fault(
                    field,
                    "holds " + values.length + " values where its shape needs " + size + "; export the model again");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw fault(
                        field,
                        "holds " + values[i] + " at index " + i
                                + "; every number must be finite in float32, so retrain or correct the model");
            }
        }
        return new Tensor(values, shape);
    }

    public Tensor tensorOr(String field, float fallback) throws ImportException {
        return has(field) ? tensor(field) : Tensor.scalar(fallback);
    }

    public Tensor positive(String field) throws ImportException {
        Tensor tensor = tensor(field);
        for (int i = 0; i < tensor.size(); i++) {
            if (!(tensor.values()[i] > 0)) {
                throw fault(
                        field,
                        "is " + tensor.values()[i] + " at index " + i
                                + "; a time constant must be above 0 (in seconds)");
            }
        }
        return tensor;
    }

    /** Whole numbers: a scalar gives one, a vector its values. */
    public int[] integers(String field, int most) throws ImportException {
        Tensor tensor = tensor(field);
        if (tensor.rank() > 1 || tensor.size() < 1 || tensor.size() > most) {
            throw fault(
                    field,
                    "must be 1 to " + most + " whole numbers, it has shape " + java.util.Arrays.toString(tensor.shape())
                            + "; export the model again");
        }
        int[] whole = new int[tensor.size()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) tensor.values()[i];
            if (whole[i] != tensor.values()[i] || Math.abs(whole[i]) > MAX_VALUES) {
                throw fault(field, "is " + tensor.values()[i] + "; it must be a whole number of at most " + MAX_VALUES);
            }
        }
        return whole;
    }

    /** {@code {y, x}} from one number or two. */
    public int[] pair(String field) throws ImportException {
        int[] values = integers(field, 2);
        return values.length == 2 ? values : new int[] {values[0], values[0]};
    }

    public int integer(String field) throws ImportException {
        return integers(field, 1)[0];
    }

    public boolean isText(String field) throws ImportException {
        return dataset(field, MAX_VALUES).getJavaType() == String.class;
    }

    public ImportException fault(String field, String what) {
        return new ImportException(file + ": " + node + ", field '" + field + "' " + what);
    }

    private Dataset dataset(String field, int most) throws ImportException {
        Node child = group.getChild(field);
        if (child == null) {
            throw fault(field, "is missing; export the model again with all parameters of the node");
        }
        if (!(child instanceof Dataset dataset) || child.isLink()) {
            throw fault(field, "is not a plain array; " + writer.remedy());
        }
        long size = 1;
        for (long extent : dataset.getDimensionsAsLong()) {
            // Bounded factor by factor, so that the product cannot overflow.
            size = extent < 0 || extent > most ? Long.MAX_VALUE : size * extent;
            if (size > most) {
                throw fault(
                        field,
                        "has shape " + java.util.Arrays.toString(dataset.getDimensionsAsLong()) + ", more than the "
                                + most + " values that are supported; use a smaller model");
            }
        }
        String refusal = budget.refusal(dataset, size);
        if (refusal != null) {
            throw fault(field, refusal);
        }
        return dataset;
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return size;
    }

    private float[] floats(String field, Dataset dataset) throws ImportException {
        DataType type = dataset.getDataType();
        if (!(type instanceof FloatingPoint || type instanceof FixedPoint || type instanceof EnumDataType)) {
            throw fault(field, "is not numeric; " + writer.remedy());
        }
        // Flat, so that no shape can ask for more arrays than there are numbers.
        Object data = dataset.getSize() == 0 ? new float[0] : dataset.getDataFlat();
        if (data instanceof float[] floats) {
            return floats;
        }
        boolean isArray = data != null && data.getClass().isArray();
        float[] values = new float[isArray ? Array.getLength(data) : 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(field, isArray ? Array.get(data, i) : data);
        }
        return values;
    }

    /** Python writes a boolean as an HDF5 enum of FALSE and TRUE. */
    private float number(String field, Object value) throws ImportException {
        return switch (value) {
            case Number number -> number.floatValue();
            case String truth when truth.equals("TRUE") -> 1;
            case String truth when truth.equals("FALSE") -> 0;
            case null, default -> throw fault(field, "is not numeric; " + writer.remedy());
        };
    }
}
