package io.spikelet.host.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import java.io.IOException;
import java.util.Map;

/**
 * Counts a file's messages before they are parsed. An empty message takes two bytes in a file and some fifty in memory,
 * so a large file of nothing else would ask for gigabytes.
 */
final class MessageCount {
    private static final int MOST_MESSAGES = 1 << 18;

    /** The fields that hold messages or text, by the message that they stand in; all others are passed over. */
    private enum Place {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR,
        VALUE,
        TYPE,
        TENSOR_TYPE,
        SHAPE,
        LEAF;

        private static final Map<Integer, Place> IN_MODEL = Map.of(7, GRAPH, 8, LEAF);
        private static final Map<Integer, Place> IN_GRAPH = Map.of(1, NODE, 5, TENSOR, 11, VALUE, 12, VALUE, 15, LEAF);
        private static final Map<Integer, Place> IN_NODE = Map.of(1, LEAF, 2, LEAF, 5, ATTRIBUTE);
        private static final Map<Integer, Place> IN_ATTRIBUTE = Map.of(5, TENSOR);
        private static final Map<Integer, Place> IN_TENSOR = Map.of(13, LEAF);

        Place within(int field) {
            return switch (this) {
                case MODEL -> IN_MODEL.get(field);
                case GRAPH -> IN_GRAPH.get(field);
                case NODE -> IN_NODE.get(field);
                case ATTRIBUTE -> IN_ATTRIBUTE.get(field);
                case TENSOR -> IN_TENSOR.get(field);
                case VALUE -> field == 2 ? TYPE : null;
                case TYPE -> field == 1 ? TENSOR_TYPE : null;
                case TENSOR_TYPE -> field == 2 ? SHAPE : null;
                case SHAPE -> field == 1 ? LEAF : null;
                case LEAF -> null;
            };
        }
    }

    private final String name;
    private int count;

    private MessageCount(String name) {
        this.name = name;
    }

    /**
     * @throws ImportException when there are more messages than any network needs
     * @throws IOException when the bytes are no messages
     */
    static void require(ModelFile file) throws ImportException, IOException {
        new MessageCount(file.name()).walk(CodedInputStream.newInstance(file.bytes()), Place.MODEL);
    }

    private void walk(CodedInputStream in, Place place) throws ImportException, IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Place inner = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                    ? place.within(WireFormat.getTagFieldNumber(tag))
                    : null;
            if (inner == null) {
                in.skipField(tag);
                continue;
            }
            count++;
            if (count > MOST_MESSAGES) {
                throw new ImportException(name + ": holds more than " + MOST_MESSAGES
                        + " nodes, tensors and attributes; check that it is the right file");
            }
            int outer = in.pushLimit(in.readRawVarint32());
            if (inner == Place.LEAF) {
                in.skipRawBytes(in.getBytesUntilLimit());
            } else {
                walk(in, inner);
            }
            in.popLimit(outer);
        }
    }
}
