package io.spikelet.bench.peers;

import com.google.protobuf.ByteString;
import io.spikelet.bench.peers.onnx.AttributeProto;
import io.spikelet.bench.peers.onnx.GraphProto;
import io.spikelet.bench.peers.onnx.ModelProto;
import io.spikelet.bench.peers.onnx.NodeProto;
import io.spikelet.bench.peers.onnx.OperatorSetIdProto;
import io.spikelet.bench.peers.onnx.TensorProto;
import io.spikelet.bench.peers.onnx.TensorShapeProto;
import io.spikelet.bench.peers.onnx.TypeProto;
import io.spikelet.bench.peers.onnx.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes one ONNX model: constants and nodes in the order they are added. */
final class OnnxGraph {
    /** Element types, as TensorProto.DataType numbers them. */
    static final int FLOAT = 1;

    static final int UINT8 = 2;
    static final int INT8 = 3;
    static final int INT32 = 6;

    private static final int IR_VERSION = 8;
    private static final int OPSET = 15;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("twin");
    private final List<OperatorSetIdProto> operators;
    private int nodes;

    OnnxGraph() {
        this(List.of(
                OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET).build()));
    }

    /** @param operators versions of the sets of operators that nodes are from */
    OnnxGraph(List<OperatorSetIdProto> operators) {
        this.operators = List.copyOf(operators);
    }

    void input(String name, int type, long... shape) {
        graph.addInput(value(name, type, shape));
    }

    void output(String name, int type, long... shape) {
        graph.addOutput(value(name, type, shape));
    }

    private static ValueInfoProto value(String name, int type, long[] shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long extent : shape) {
            dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(dimensions)))
                .build();
    }

    /** @return the name, to be used as a node's input */
    String constant(String name, int type, byte[] littleEndian, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type).setRawData(ByteString.copyFrom(littleEndian));
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        graph.addInitializer(tensor);
        return name;
    }

    void constant(TensorProto tensor) {
        graph.addInitializer(tensor);
    }

    String constant(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(name, FLOAT, bytes.array(), shape);
    }

    /** A scalar. */
    String constant(String name, float value) {
        return constant(name, new float[] {value});
    }

    /** @return the output's name, made from the operator's, ours and a running number */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        String output = "spikelet/" + operator + nodes;
        named(operator, inputs, output, attributes);
        return output;
    }

    void named(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        nodes++;
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
    }

    /** A node of another model, as it is. */
    void add(NodeProto node) {
        nodes++;
        graph.addNode(node);
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    byte[] toBytes() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("spikelet bench")
                .setGraph(graph)
                .addAllOpsetImport(operators)
                .build()
                .toByteArray();
    }
}
