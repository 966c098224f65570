package io.spikelet.host.onnx;

import io.spikelet.host.onnx.wire.AttributeProto;
import io.spikelet.host.onnx.wire.GraphProto;
import io.spikelet.host.onnx.wire.ModelProto;
import io.spikelet.host.onnx.wire.NodeProto;
import io.spikelet.host.onnx.wire.OperatorSetIdProto;
import io.spikelet.host.onnx.wire.TensorProto;
import io.spikelet.host.onnx.wire.TensorShapeProto;
import io.spikelet.host.onnx.wire.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file's messages, to be changed in place; the lite runtime itself can only replace them. */
final class ChangedModel {
    private static final Path GOLDEN = Path.of("src/test/golden/onnx");

    private final ModelProto model;
    final GraphProto.Builder graph;
    private long opset;

    private ChangedModel(byte[] bytes) throws IOException {
        model = ModelProto.parseFrom(bytes);
        graph = model.getGraph().toBuilder();
        opset = model.getOpsetImport(0).getVersion();
    }

    static ChangedModel of(byte[] bytes) throws IOException {
        return new ChangedModel(bytes);
    }

    /** One of the golden files. */
    static ChangedModel golden(String name) throws IOException {
        return of(bytes(name));
    }

    static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(GOLDEN.resolve(name + ".onnx"));
    }

    byte[] bytes() {
        OperatorSetIdProto set =
                model.getOpsetImport(0).toBuilder().setVersion(opset).build();
        return model.toBuilder().setGraph(graph).setOpsetImport(0, set).build().toByteArray();
    }

    ChangedModel opset(long version) {
        opset = version;
        return this;
    }

    ChangedModel tensor(int index, Consumer<TensorProto.Builder> change) {
        TensorProto.Builder tensor = graph.getInitializer(index).toBuilder();
        change.accept(tensor);
        graph.setInitializer(index, tensor);
        return this;
    }

    ChangedModel node(int index, Consumer<NodeProto.Builder> change) {
        NodeProto.Builder node = graph.getNode(index).toBuilder();
        change.accept(node);
        graph.setNode(index, node);
        return this;
    }

    /** The first node of a kind. */
    ChangedModel node(String kind, Consumer<NodeProto.Builder> change) {
        return node(indexOf(kind), change);
    }

    int indexOf(String kind) {
        int index = 0;
        while (!graph.getNode(index).getOpType().equals(kind)) {
            index++;
        }
        return index;
    }

    /** An attribute of the first node of a kind. */
    ChangedModel attribute(String kind, String name, Consumer<AttributeProto.Builder> change) {
        return node(kind, node -> {
            int index = 0;
            while (!node.getAttribute(index).getName().equals(name)) {
                index++;
            }
            attribute(node, index, change);
        });
    }

    static void attribute(NodeProto.Builder node, int index, Consumer<AttributeProto.Builder> change) {
        AttributeProto.Builder attribute = node.getAttribute(index).toBuilder();
        change.accept(attribute);
        node.setAttribute(index, attribute);
    }

    /** One extent of the input. */
    ChangedModel extent(int index, Consumer<TensorShapeProto.Dimension.Builder> change) {
        ValueInfoProto input = graph.getInput(0);
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        TensorShapeProto.Dimension.Builder dimension = shape.getDim(index).toBuilder();
        change.accept(dimension);
        var tensor = input.getType().getTensorType().toBuilder()
                .setShape(shape.toBuilder().setDim(index, dimension));
        graph.setInput(0, input.toBuilder().setType(input.getType().toBuilder().setTensorType(tensor)));
        return this;
    }

    ChangedModel output(String name) {
        graph.setOutput(0, graph.getOutput(0).toBuilder().setName(name));
        return this;
    }
}
