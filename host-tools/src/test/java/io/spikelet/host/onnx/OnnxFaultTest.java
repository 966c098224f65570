package io.spikelet.host.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.onnx.wire.ModelProto;
import io.spikelet.host.onnx.wire.NodeProto;
import io.spikelet.host.onnx.wire.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad file gets one sentence that names file, node and field, and no more memory than a good one. */
class OnnxFaultTest {
    private static final long MOST_BYTES = 256L << 20;

    private static Graph read(byte[] bytes) throws ImportException {
        return OnnxImporter.read(new ModelFile("bad.onnx", bytes));
    }

    private static String refused(byte[] bytes) {
        String message = assertThrows(ImportException.class, () -> read(bytes)).getMessage();
        assertTrue(message.startsWith("bad.onnx: "), message);
        return message;
    }

    private static void refused(String part, ChangedModel model) {
        String message = refused(model.bytes());
        assertTrue(message.contains(part), message);
    }

    private static ChangedModel line() throws Exception {
        return ChangedModel.golden("torch-line");
    }

    @Test
    void shouldRefuseAnOperatorThatIsUnknownAndListThoseThatAreNot() throws Exception {
        refused(
                "node '/2/Relu' (LeakyRelu) is an operator that is not supported; build the model from Conv, Gemm,",
                line().node("Relu", node -> node.setOpType("LeakyRelu")));
        refused(
                "(Relu) is an operator of my.own that is not supported",
                line().node("Relu", node -> node.setDomain("my.own")));
    }

    @Test
    void shouldRefuseExtentsThatAreOpenOrSeveralSamples() throws Exception {
        refused(
                "input 'input' leaves its dimension 2 open; only the batch may be",
                line().extent(2, extent -> extent.clearDimValue()));
        refused("is a batch of 8 samples", line().extent(0, extent -> extent.setDimValue(8)));
        refused("has more values than", line().extent(2, extent -> extent.setDimValue(1L << 40)));
    }

    @Test
    void shouldRefuseWeightsThatAreElsewhereMissingOrNotFinite() throws Exception {
        refused(
                "keeps its numbers in another file; save the model with its weights inside",
                line().tensor(0, tensor -> tensor.setDataLocation(1).clearRawData()));
        refused(
                "is given by no node before it; the file is damaged",
                line().tensor(0, tensor -> tensor.setName("elsewhere")));
        byte[] nan = {0, 0, (byte) 0xc0, 0x7f};
        refused(
                "holds NaN at index 0; every number must be finite",
                line().tensor(
                                0,
                                tensor -> tensor.setRawData(ByteString.copyFrom(nan)
                                        .concat(tensor.getRawData().substring(4)))));
        refused(
                "more numbers than a file can hold",
                line().tensor(0, tensor -> tensor.clearDims().addAllDims(List.of(1L << 30, 1L << 30))));
        refused("bytes but its shape", line().tensor(0, tensor -> tensor.setDims(0, 1 << 20)));
        refused("has an extent of 1099511627776", line().tensor(0, tensor -> tensor.setDims(0, 1L << 40)));
        refused("is of data type 8;", line().tensor(0, tensor -> tensor.setDataType(8)));
    }

    @Test
    void shouldRefuseWindowsThatTheGraphCannotSay() throws Exception {
        refused(
                "node '/3/MaxPool' (MaxPool), field 'pads': are 0 and 1 along one dimension, and pools here are padded"
                        + " alike on both sides; let 39 or 41 values reach it along that dimension instead of 40, or"
                        + " leave out its padding",
                line().attribute("MaxPool", "pads", pads -> pads.setInts(1, 1))
                        .attribute("MaxPool", "kernel_shape", kernel -> kernel.setInts(0, 3)));
        refused(
                "field 'dilations': are above 1",
                line().attribute("MaxPool", "dilations", dilations -> dilations.setInts(0, 2)));
        refused(
                "field 'strides': is [-1]; its values are 0 to",
                line().attribute("Conv", "strides", strides -> strides.setInts(0, -1)));
        refused(
                "which does not fit into",
                line().attribute("MaxPool", "kernel_shape", kernel -> kernel.setInts(0, 50)));
        refused("in 3 groups, but [1, 2, 40] reaches it", line().attribute("Conv", "group", group -> group.setI(3)));
        refused("is of type 7; it must be of type 2", line().attribute("Conv", "group", group -> group.setType(7)));
    }

    @Test
    void shouldRefuseWhatStandsBehindASoftmax() throws Exception {
        ChangedModel model = ChangedModel.golden("tf-conv");
        model.graph.addNode(NodeProto.newBuilder()
                .setName("late")
                .setOpType("Relu")
                .addInput(model.graph.getOutput(0).getName())
                .addOutput("late"));
        refused(
                "node 'late' (Relu) stands behind a Softmax or ArgMax, which is supported at the very end only",
                model.output("late"));
    }

    @Test
    void shouldLeaveOutASoftmaxAtTheEndAndSayIt() throws Exception {
        Graph graph = read(ChangedModel.bytes("tf-conv"));
        assertTrue(
                graph.warnings().stream().anyMatch(warning -> warning.contains("(Softmax) was left out")),
                () -> graph.warnings().toString());
    }

    @Test
    void shouldRefuseAnotherVersionOfTheOperators() throws Exception {
        for (long version : new long[] {6, 22}) {
            refused("uses operator set " + version + " of ONNX; export it with one of 7 to 21", line().opset(version));
        }
    }

    @Test
    void shouldRefuseAGraphWithoutOutputAndOneWithTwo() throws Exception {
        refused("output 'absent' does not depend on the input", line().output("absent"));
        ChangedModel two = line();
        String relu = two.graph.getNode(two.indexOf("Relu")).getOutput(0);
        two.graph.addOutput(two.graph.getOutput(0).toBuilder().setName(relu));
        refused("has 2 outputs", two);
    }

    @Test
    void shouldRefuseASumThatDoublesAgainAndAgain() throws Exception {
        ChangedModel model = line();
        model.graph.clearNode();
        String now = "input";
        for (int k = 0; k < 60; k++) {
            model.graph.addNode(NodeProto.newBuilder()
                    .setOpType("Add")
                    .addInput(now)
                    .addInput(now)
                    .addOutput("twice" + k));
            now = "twice" + k;
        }
        refused("adds up the outputs of more than 1024 nodes", model.output(now));
    }

    private static ChangedModel standardised() throws Exception {
        return ChangedModel.golden("torch-standardised-18");
    }

    @Test
    void shouldRefuseConstantsThatCannotBeComputed() throws Exception {
        refused(
                "(Sqrt) makes NaN of constants, at index",
                standardised().node("Sqrt", node -> node.setInput(0, "0.weight")));
        refused("joins constants of shapes", standardised().node("Mul", node -> node.setInput(0, "0.gain")));
        refused(
                "(Max) joins 3 constants; two are computed at import",
                standardised().node("Mul", node -> node.setOpType("Max").addInput("0.gain")));
        refused("(Sqrt) works on integers", standardised().node("ReduceProd", node -> node.setOpType("Sqrt")));
        refused(
                "(ReduceMean) works on integers",
                standardised().node("ReduceProd", node -> node.setOpType("ReduceMean")));
        refused(
                "(Tanh) is computed from constants alone, and is not among",
                standardised().node("Sqrt", node -> node.setOpType("Tanh")));
    }

    @Test
    void shouldRefuseToComputeMoreFromConstantsThanANetworkNeeds() throws Exception {
        int side = 2048;
        refused(
                "stretches constants of shapes [2048, 1] and [1, 2048] to more than 1048576 numbers",
                products(tensor("long", side, 1), tensor("wide", 1, side), 1));
        refused(
                "computes more than 67108864 numbers from constants, with those before it",
                products(tensor("long", side / 2, 1), tensor("wide", 1, side / 2), 65));
    }

    private static TensorProto tensor(String name, long... extents) {
        long size = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(1)
                .addAllDims(Arrays.stream(extents).boxed().toList())
                .setRawData(ByteString.copyFrom(new byte[(int) (Float.BYTES * size)]))
                .build();
    }

    private static ChangedModel products(TensorProto first, TensorProto second, int times) throws Exception {
        ChangedModel model = line();
        model.graph.addInitializer(first).addInitializer(second).clearNode();
        for (int k = 0; k < times; k++) {
            model.graph.addNode(NodeProto.newBuilder()
                    .setOpType("Mul")
                    .addInput("long")
                    .addInput("wide")
                    .addOutput("same"));
        }
        return model.output("same");
    }

    @Test
    void shouldRefuseMoreMessagesThanANetworkNeeds() throws Exception {
        byte[] nodes = new byte[1 << 20];
        for (int i = 0; i < nodes.length; i += 2) {
            nodes[i] = 0x0a;
        }
        ByteString model = ModelProto.newBuilder().build().toByteString();
        byte[] head = {0x3a, (byte) 0x80, (byte) 0x80, 0x40};
        String message = refused(model.concat(ByteString.copyFrom(head))
                .concat(ByteString.copyFrom(nodes))
                .toByteArray());
        assertTrue(message.contains("holds more than 262144 nodes, tensors and attributes"), message);
    }

    @Test
    void shouldRefuseWhatIsNoOnnxFile() {
        assertTrue(refused("a".repeat(5000).getBytes()).contains("is not an ONNX file, or is damaged"));
        assertTrue(refused(new byte[0]).contains("holds no ONNX graph"));
    }

    @Test
    void shouldRefuseEveryTruncation() throws Exception {
        byte[] whole = ChangedModel.bytes("torch-line");
        for (int length = 0; length < whole.length; length += 7) {
            refused(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch-plain", "tf-mean", "shapes", "torch-residual", "torch-standardised", "constants"})
    void shouldTakeInOrRefuseDamagedFilesWithinBounds(String name) throws Exception {
        byte[] whole = ChangedModel.bytes(name);
        Random random = new Random(11);
        int[] refused = {0};
        for (int trial = 0; trial < 200; trial++) {
            byte[] damaged = OnnxMutation.of(whole, random);
            long taken = AllocatedBytes.by(() -> {
                try {
                    read(damaged);
                } catch (ImportException expected) {
                    String message = expected.getMessage();
                    assertTrue(message.startsWith("bad.onnx: "), message);
                    assertEquals(message, message.replaceAll("\\p{Cntrl}", ""), "one line");
                    refused[0]++;
                }
            });
            assertTrue(taken < MOST_BYTES, taken + " bytes in trial " + trial);
        }
        assertTrue(refused[0] > 50, refused[0] + " of 200 refused");
    }
}
