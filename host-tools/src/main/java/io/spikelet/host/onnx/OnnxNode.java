package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.onnx.wire.AttributeProto;
import io.spikelet.host.onnx.wire.NodeProto;
import io.spikelet.host.onnx.wire.TensorProto;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One operation of a file, with typed access to its attributes and a sentence for what is wrong with it. */
final class OnnxNode {
    /** The largest kernel, stride, padding or dilation that is looked at. */
    private static final long LARGEST_EXTENT = 1 << 20;

    private static final int FLOAT = 1;
    private static final int INTEGER = 2;
    private static final int TEXT = 3;
    private static final int TENSOR = 4;
    private static final int FLOATS = 6;
    private static final int INTEGERS = 7;

    private final String file;
    private final NodeProto proto;
    private final String name;
    private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();

    /** @param place the node's number in the file, for nodes without any name */
    OnnxNode(String file, NodeProto proto, int place) throws ImportException {
        this.file = file;
        this.proto = proto;
        String first = proto.getOutputCount() > 0 ? proto.getOutput(0) : "";
        String given = proto.getName().isEmpty() ? first : proto.getName();
        name = given.isEmpty() ? proto.getOpType() + " " + place : given;
        for (AttributeProto attribute : proto.getAttributeList()) {
            attributes.put(attribute.getName(), attribute);
        }
        if (first.isEmpty()) {
            throw fault("gives nothing a name; the file is damaged, export it again");
        }
    }

    String kind() {
        return proto.getOpType();
    }

    /** Empty for ONNX's own operators. */
    String domain() {
        return proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain();
    }

    String name() {
        return name;
    }

    List<String> inputs() {
        return proto.getInputList();
    }

    List<String> outputs() {
        return proto.getOutputList();
    }

    /** Whether an input is there; optional ones may be left out at the end or have an empty name. */
    boolean hasInput(int index) {
        return index < proto.getInputCount() && !proto.getInput(index).isEmpty();
    }

    /** The name of an input that must be there. */
    String input(int index) throws ImportException {
        if (!hasInput(index)) {
            throw fault("has no input " + index + "; the file is damaged, export it again");
        }
        return proto.getInput(index);
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    long integer(String attribute, long otherwise) throws ImportException {
        return has(attribute) ? typed(attribute, INTEGER).getI() : otherwise;
    }

    float real(String attribute, float otherwise) throws ImportException {
        if (!has(attribute)) {
            return otherwise;
        }
        float value = typed(attribute, FLOAT).getF();
        if (!Float.isFinite(value)) {
            throw fault(attribute, "is " + value + "; every number must be finite");
        }
        return value;
    }

    String text(String attribute, String otherwise) throws ImportException {
        return has(attribute) ? typed(attribute, TEXT).getS().toString(StandardCharsets.UTF_8) : otherwise;
    }

    TensorProto tensor(String attribute) throws ImportException {
        return typed(attribute, TENSOR).getT();
    }

    List<Float> reals(String attribute) throws ImportException {
        return typed(attribute, FLOATS).getFloatsList();
    }

    long[] integers(String attribute) throws ImportException {
        return typed(attribute, INTEGERS).getIntsList().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** So many extents of windows, none negative; all the same where the attribute is left out. */
    int[] extents(String attribute, int count, int otherwise) throws ImportException {
        int[] extents = new int[count];
        Arrays.fill(extents, otherwise);
        if (!has(attribute)) {
            return extents;
        }
        long[] given = integers(attribute);
        if (given.length != count) {
            throw fault(attribute, "has " + given.length + " values; it needs " + count);
        }
        for (int i = 0; i < count; i++) {
            if (given[i] < 0 || given[i] > LARGEST_EXTENT) {
                throw fault(attribute, "is " + Arrays.toString(given) + "; its values are 0 to " + LARGEST_EXTENT);
            }
            extents[i] = (int) given[i];
        }
        return extents;
    }

    /** What is wrong with an attribute or an input, as the end of a sentence that says what to do. */
    ImportException fault(String field, String what) {
        return new ImportException(file + ": node '" + name + "' (" + kind() + "), field '" + field + "': " + what);
    }

    /** What is wrong with the node as a whole. */
    ImportException fault(String what) {
        return new ImportException(file + ": node '" + name + "' (" + kind() + ") " + what);
    }

    private AttributeProto typed(String attribute, int type) throws ImportException {
        AttributeProto found = attributes.get(attribute);
        if (found == null) {
            throw fault(attribute, "is missing; export the model again");
        }
        if (found.getType() != type) {
            throw fault(attribute, "is of type " + found.getType() + "; it must be of type " + type);
        }
        return found;
    }
}
