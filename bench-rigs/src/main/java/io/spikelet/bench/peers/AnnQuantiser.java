package io.spikelet.bench.peers;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.bench.peers.onnx.AttributeProto;
import io.spikelet.bench.peers.onnx.ModelProto;
import io.spikelet.bench.peers.onnx.NodeProto;
import io.spikelet.bench.peers.onnx.TensorProto;
import io.spikelet.bench.peers.onnx.ValueInfoProto;
import io.spikelet.model.MalformedDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Static int8 quantisation of a float ONNX model, as the runtime's own tools do it: QuantizeLinear and DequantizeLinear
 * around Conv, Gemm and MatMul, weights symmetric a channel, biases int32, activations uint8 with ranges from calibration
 * images. Operators that it does not know stay in float. The model then takes pixels as uint8, as ours does.
 */
final class AnnQuantiser {
    private static final Set<String> WEIGHTED = Set.of("Conv", "Gemm", "MatMul");

    /** What hands values on: its output has the range of its input. */
    private static final Set<String> MOVING = Set.of("MaxPool", "GlobalMaxPool", "Flatten", "Reshape");

    /** Names that no float model has. */
    private static final String PIXELS = "spikelet/pixels";

    private static final String ANSWER = "spikelet/answer";

    private final ModelProto model;
    private final Map<String, TensorProto> constants;
    private final Map<String, ValueRange> ranges;
    private final OnnxGraph graph;
    private final int weightBits;

    /** Of each tensor of the float model, what stands for it now. */
    private final Map<String, String> renamed = new HashMap<>();

    /** Of each tensor that is quantised, its range. */
    private final Map<String, ValueRange> quantised = new HashMap<>();

    private AnnQuantiser(ModelProto model, List<byte[]> images, OnnxInputs pixels, int weightBits) {
        this.model = model;
        this.weightBits = weightBits;
        constants = model.getGraph().getInitializerList().stream()
                .collect(Collectors.toMap(TensorProto::getName, tensor -> tensor));
        List<String> watched = model.getGraph().getNodeList().stream()
                .filter(node -> WEIGHTED.contains(node.getOpType()))
                .map(node -> rectified(node.getOutput(0)))
                .toList();
        ranges = AnnRanges.measure(model, watched, images, pixels);
        graph = new OnnxGraph(model.getOpsetImportList());
    }

    /**
     * @param model bytes of a float ONNX file with one input and one output
     * @param images for calibration, (count) of (input) uint8 each
     * @param pixels how pixels become the float model's input
     * @param weightBits of a weight with its sign, 2..8; with 7 no pair of products with uint8 leaves 16 bits, where ONNX
     *     Runtime saturates on processors that have AVX2 and no VNNI
     * @throws MalformedDataException when the bytes are no ONNX model of this kind
     */
    static byte[] quantise(byte[] model, List<byte[]> images, OnnxInputs pixels, int weightBits)
            throws MalformedDataException {
        try {
            return new AnnQuantiser(ModelProto.parseFrom(model), images, pixels, weightBits).write(pixels);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDataException(0, "this is no ONNX model: " + e.getMessage(), e);
        }
    }

    /** Whether a model takes floats, so that there is something to quantise. */
    static boolean isFloat(byte[] model) throws MalformedDataException {
        try {
            List<ValueInfoProto> inputs = ModelProto.parseFrom(model).getGraph().getInputList();
            return !inputs.isEmpty()
                    && inputs.getFirst().getType().getTensorType().getElemType() == OnnxGraph.FLOAT;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDataException(0, "this is no ONNX model: " + e.getMessage(), e);
        }
    }

    private byte[] write(OnnxInputs pixels) throws MalformedDataException {
        ValueInfoProto input = inputOf(model);
        graph.input(PIXELS, OnnxGraph.UINT8, shape(input));
        dequantise(PIXELS, input.getName(), pixels.range());
        model.getGraph().getInitializerList().forEach(graph::constant);
        for (NodeProto node : model.getGraph().getNodeList()) {
            node(node);
        }
        ValueInfoProto output = model.getGraph().getOutput(0);
        graph.named("Identity", List.of(now(output.getName())), ANSWER);
        graph.output(ANSWER, OnnxGraph.FLOAT, shape(output));
        return graph.toBytes();
    }

    /** Old exporters list weights among the inputs. */
    private ValueInfoProto inputOf(ModelProto of) throws MalformedDataException {
        return of.getGraph().getInputList().stream()
                .filter(value -> !constants.containsKey(value.getName()))
                .findFirst()
                .orElseThrow(() -> new MalformedDataException(0, "this ONNX model has no input"));
    }

    private static long[] shape(ValueInfoProto value) {
        return OnnxInputs.one(value.getType().getTensorType().getShape().getDimList().stream()
                .mapToLong(dimension -> dimension.getDimValue())
                .toArray());
    }

    private void node(NodeProto node) throws MalformedDataException {
        List<String> inputs = new ArrayList<>(node.getInputList());
        inputs.replaceAll(this::now);
        String source = node.getInput(0);
        boolean weighted = WEIGHTED.contains(node.getOpType())
                && quantised.containsKey(source)
                && constants.containsKey(node.getInput(1));
        if (weighted) {
            quantiseWeights(node, inputs, quantised.get(source));
        }
        String output = node.getOutput(0);
        graph.add(node.toBuilder().clearInput().addAllInput(inputs).build());
        if (ranges.containsKey(output)) {
            requantise(output, ranges.get(output));
        } else if (MOVING.contains(node.getOpType()) && quantised.containsKey(source)) {
            requantise(output, quantised.get(source));
        }
    }

    private void quantiseWeights(NodeProto node, List<String> inputs, ValueRange source) throws MalformedDataException {
        String name = node.getInput(1);
        boolean outputsFirst = node.getOpType().equals("Conv")
                || node.getAttributeList().stream()
                        .anyMatch(attribute -> attribute.getName().equals("transB") && attribute.getI() == 1);
        ChannelWeights weights = ChannelWeights.of(constants.get(name), outputsFirst ? 0 : 1, weightBits);
        AttributeProto axis = OnnxGraph.integer("axis", weights.axis());
        int channels = weights.scales().length;
        String scales = graph.constant(name + "_scales", weights.scales(), channels);
        String zeros = graph.constant(name + "_zeros", OnnxGraph.INT8, new byte[channels], channels);
        String values = graph.constant(name + "_int8", OnnxGraph.INT8, weights.values(), weights.shape());
        inputs.set(1, graph.node("DequantizeLinear", List.of(values, scales, zeros), axis));
        if (inputs.size() > 2 && constants.containsKey(node.getInput(2))) {
            String bias = node.getInput(2);
            float[] units = weights.units(source.scale());
            inputs.set(
                    2,
                    graph.node(
                            "DequantizeLinear",
                            List.of(
                                    graph.constant(
                                            bias + "_int32",
                                            OnnxGraph.INT32,
                                            ChannelWeights.bias(constants.get(bias), units),
                                            channels),
                                    graph.constant(bias + "_units", units, channels)),
                            OnnxGraph.integer("axis", 0)));
        }
    }

    /** A tensor goes through uint8 before anybody reads it. */
    private void requantise(String tensor, ValueRange range) {
        String scale = graph.constant(tensor + "_scale", range.scale());
        String zero = graph.constant(tensor + "_zero", OnnxGraph.UINT8, new byte[] {(byte) range.zeroPoint()});
        String integers = graph.node("QuantizeLinear", List.of(now(tensor), scale, zero));
        renamed.put(tensor, graph.node("DequantizeLinear", List.of(integers, scale, zero)));
        quantised.put(tensor, range);
    }

    private void dequantise(String integers, String tensor, ValueRange range) {
        String scale = graph.constant(tensor + "_scale", range.scale());
        String zero = graph.constant(tensor + "_zero", OnnxGraph.UINT8, new byte[] {(byte) range.zeroPoint()});
        renamed.put(tensor, graph.node("DequantizeLinear", List.of(integers, scale, zero)));
        quantised.put(tensor, range);
    }

    private String now(String tensor) {
        return renamed.getOrDefault(tensor, tensor);
    }

    /** The output of the ReLU that alone reads a tensor, or the tensor itself. */
    private String rectified(String tensor) {
        List<NodeProto> readers = model.getGraph().getNodeList().stream()
                .filter(node -> node.getInputList().contains(tensor))
                .toList();
        return readers.size() == 1 && readers.getFirst().getOpType().equals("Relu")
                ? readers.getFirst().getOutput(0)
                : tensor;
    }
}
