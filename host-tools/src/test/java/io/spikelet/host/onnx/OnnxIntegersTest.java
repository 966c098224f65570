package io.spikelet.host.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.onnx.wire.TensorProto;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden values: files by onnxruntime's static quantiser and the codes that onnxruntime computes, by
 * bench-rigs/golden/onnx_quantised.py.
 */
class OnnxIntegersTest {
    private static final Path GOLDEN = Path.of("src/test/golden/onnx-quantised");
    private static final InferenceSettings SETTINGS = new InferenceSettings(
            Profile.SUBTRACT, 1, 1, Encoder.DIRECT, new Readout(Readout.Kind.POTENTIAL, 3, 1, Readout.Exit.NEVER));

    private static byte[] bytes(String name) throws Exception {
        return Files.readAllBytes(GOLDEN.resolve(name + ".onnx"));
    }

    private static OnnxIntegers read(byte[] bytes) throws ImportException {
        return OnnxIntegers.read(new ModelFile("q.onnx", bytes), "q", SETTINGS, 255, 0, "test");
    }

    @TestFactory
    List<DynamicTest> shouldComputeTheCodesThatOnnxruntimeComputes() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode model :
                new ObjectMapper().readTree(GOLDEN.resolve("codes.json").toFile())) {
            String name = model.get("name").asText();
            tests.add(
                    DynamicTest.dynamicTest(name, () -> check(read(bytes(name)).network(), model.get("samples"))));
        }
        return tests;
    }

    /**
     * All codes are the same. They may differ by one where a sum lies, within the rounding of float, halfway between two
     * codes: onnxruntime rounds that half to even, we up; no sum here does.
     */
    private static void check(SpikingNetwork network, JsonNode samples) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        int codes = 0;
        for (JsonNode sample : samples) {
            byte[] image = new byte[sample.get("image").size()];
            for (int i = 0; i < image.length; i++) {
                image[i] = (byte) sample.get("image").get(i).intValue();
            }
            classifier.infer(image, 0, inference);
            for (JsonNode layer : sample.get("layers")) {
                int index = indexOf(network, layer.get("layer").asText());
                if (index < 0) {
                    continue; // no layer of its own: its codes are those of the layer before it
                }
                boolean isScore = index == network.layers().size() - 1;
                int[] given = classifier.engine().values(index);
                JsonNode wanted = layer.get("codes");
                assertEquals(wanted.size(), given.length);
                for (int i = 0; i < given.length; i++) {
                    int exact = isScore
                            ? wanted.get(i).intValue()
                            : code(wanted.get(i).intValue(), layer);
                    long code = isScore ? code(network, given[i], layer) : given[i];
                    assertEquals(exact, code, layer.get("layer") + " value " + i);
                    codes++;
                }
            }
        }
        assertTrue(codes > 800, codes + " codes compared");
    }

    /** Codes below 0 are cut off where they are made, not in the ReLU behind; those that are added up count from the lowest. */
    private static int code(int wanted, JsonNode layer) {
        return layer.has("summand") ? wanted - layer.get("range").get(0).intValue() : Math.max(0, wanted);
    }

    /** A score as the file's own quantisation of its output would give it. */
    private static long code(SpikingNetwork network, int score, JsonNode layer) {
        float unit = ((Operation.Neuron) network.output().operation()).membraneUnit()[0];
        double exact = (double) score * unit / layer.get("scale").doubleValue();
        return Math.clamp(
                Math.round(exact),
                layer.get("range").get(0).intValue(),
                layer.get("range").get(1).intValue());
    }

    /** Layers of codes have the name of what quantises, or of what is quantised with "codes"; −1 where there is none. */
    private static int indexOf(SpikingNetwork network, String name) {
        String node = name.replace("_QuantizeLinear", "").replace(" codes", "");
        if (node.startsWith("gemm") || node.startsWith("matmul")) {
            return network.layers().size() - 1;
        }
        List<String> names = network.layers().stream().map(Layer::name).toList();
        for (String known : List.of(name, node + " codes", node)) {
            if (names.contains(known)) {
                return names.indexOf(known);
            }
        }
        return -1;
    }

    /** A trained network, whose pixels of 0 to 16 are 15 codes each; onnxruntime rounds scores to 8 bits, where two may tie. */
    @Test
    void shouldAnswerAsOnnxruntimeDoes() throws Exception {
        SampleSet scans = SampleSet.read(ZooFolder.file("data/digits.h5"), "test");
        InferenceSettings settings = new InferenceSettings(
                Profile.SUBTRACT, 1, 1, Encoder.DIRECT, new Readout(Readout.Kind.POTENTIAL, 10, 1, Readout.Exit.NEVER));
        SpikingNetwork network = OnnxIntegers.read(
                        new ModelFile("digits.onnx", bytes("digits")), "digits", settings, 16, 0, "test")
                .network();
        int[] given = Evaluation.ofInteger(network, scans, Progress.SILENT).predictions();
        JsonNode wanted = new ObjectMapper()
                .readTree(GOLDEN.resolve("digits.json").toFile())
                .get("answers");
        assertEquals(given.length, wanted.size());
        int others = 0;
        for (int i = 0; i < given.length; i++) {
            others += given[i] == wanted.get(i).intValue() ? 0 : 1;
        }
        assertTrue(others <= 2, others + " answers differ");
    }

    @Test
    void shouldKeepEveryWeightOfTheFile() throws Exception {
        for (String name : List.of("qdq-plain", "qop-plain")) {
            ChangedModel file = ChangedModel.of(bytes(name));
            SpikingNetwork network = read(bytes(name)).network();
            List<byte[]> stored = file.graph.getInitializerList().stream()
                    .filter(tensor -> tensor.getName().endsWith("_quantized") && tensor.getDimsCount() > 1)
                    .map(tensor -> tensor.getRawData().toByteArray())
                    .toList();
            List<byte[]> taken = network.layers().stream()
                    .map(layer -> switch (layer.operation()) {
                        case Operation.Conv2d conv -> conv.weights();
                        case Operation.Dense dense -> dense.weights();
                        default -> new byte[0];
                    })
                    .filter(weights -> weights.length > 0)
                    .toList();
            assertEquals(3, taken.size());
            // conv0 and the dense layer as they are; conv3's kernels hold zeros for a padding at one side only.
            assertTrue(stored.stream().anyMatch(weights -> java.util.Arrays.equals(weights, taken.get(0))));
            assertTrue(stored.stream().anyMatch(weights -> java.util.Arrays.equals(weights, taken.get(2))));
        }
    }

    @Test
    void shouldGiveTheFloatGraphOfAQuantisedFile() throws Exception {
        Graph graph = OnnxImporter.read(new ModelFile("q.onnx", bytes("qdq-plain")));
        List<Node.Relu> cuts = graph.nodes().values().stream()
                .filter(Node.Relu.class::isInstance)
                .map(Node.Relu.class::cast)
                .toList();
        assertEquals(2, cuts.size());
        assertTrue(cuts.stream().allMatch(cut -> Float.isFinite(cut.ceiling())));
    }

    @Test
    void shouldTellQuantisedFilesFromOthers() throws Exception {
        assertTrue(OnnxIntegers.areIn(new ModelFile("q.onnx", bytes("qop-plain"))));
        assertTrue(OnnxIntegers.areIn(new ModelFile("q.onnx", bytes("qdq-plain"))));
        assertFalse(OnnxIntegers.areIn(new ModelFile("q.onnx", ChangedModel.bytes("torch-line"))));
    }

    private static void refused(String part, byte[] bytes) {
        String message = assertThrows(ImportException.class, () -> read(bytes)).getMessage();
        assertTrue(message.startsWith("q.onnx: ") && message.contains(part), message);
    }

    private static int indexOf(ChangedModel model, String tensor) {
        int index = 0;
        while (!model.graph.getInitializer(index).getName().equals(tensor)) {
            index++;
        }
        return index;
    }

    private static byte[] changed(String name, String tensor, byte... raw) throws Exception {
        ChangedModel model = ChangedModel.of(bytes(name));
        return model.tensor(indexOf(model, tensor), stored -> {
                    ByteString rest = raw(stored).substring(raw.length);
                    stored.clearInt32Data().clearFloatData();
                    stored.setRawData(ByteString.copyFrom(raw).concat(rest));
                })
                .bytes();
    }

    /** The bytes of codes or of one scale, wherever they stand. */
    private static ByteString raw(TensorProto.Builder stored) {
        if (stored.getFloatDataCount() == 1) {
            return ByteString.copyFrom(scale(stored.getFloatData(0)));
        }
        byte[] codes = new byte[stored.getInt32DataCount()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) stored.getInt32Data(i);
        }
        return codes.length > 0 ? ByteString.copyFrom(codes) : stored.getRawData();
    }

    private static byte[] scale(float value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
    }

    @Test
    void shouldRefuseAnInputWhosePixelsAreNoCodes() throws Exception {
        refused(
                "node 'image' is quantised by a scale of 0.005 with the zero point 0, which does not give pixels of 0"
                        + " to 255 codes at equal",
                changed("qop-plain", "image_scale", scale(0.005f)));
        refused(
                "with the zero point 3, which does not give pixels of 0 to 255 codes at equal",
                changed("qop-plain", "image_zero_point", (byte) 3));
    }

    @Test
    void shouldNameTheOptionThatLeavesTheInputOutOfSymmetricCodes() throws Exception {
        ChangedModel model = ChangedModel.of(changed("qdq-symmetric", "image_scale", scale(1 / 127f)));
        model.tensor(indexOf(model, "image_zero_point"), zero -> zero.setDataType(3));
        refused(
                "give onnxruntime's quantize_static the extra option 'TensorQuantOverrides': {'image': [{'quant_type':"
                        + " QuantType.QUInt8, 'symmetric': False}]}",
                model.bytes());
    }

    @Test
    void shouldRefuseCodesBelowZeroBetweenLayers() throws Exception {
        refused(
                "gives codes whose zero point is 9, and no ReLU follows",
                changed("qop-plain", "conv0_zero_point", (byte) 9));
    }

    @Test
    void shouldRefuseWeightsThatAreNotSymmetric() throws Exception {
        refused("has a weight of -128; weights here are -127 to 127", changed("qop-plain", "constant0_quantized", (byte)
                -128));
        refused("has a weight of -1", changed("qop-plain", "constant0_zero_point", (byte) 100));
    }

    @Test
    void shouldRefuseAFileThatIsNotQuantised() throws Exception {
        refused("node 'input' is not quantised; quantise the whole file", ChangedModel.bytes("shapes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qdq-plain", "qdq-residual", "qdq-skip", "qop-plain", "qop-residual", "qop-skip"})
    void shouldTakeInOrRefuseDamagedFilesWithinBounds(String name) throws Exception {
        byte[] whole = bytes(name);
        Random random = new Random(13);
        for (int trial = 0; trial < 200; trial++) {
            byte[] damaged = OnnxMutation.of(whole, random);
            long taken = AllocatedBytes.by(() -> {
                try {
                    read(damaged);
                } catch (ImportException expected) {
                    assertTrue(expected.getMessage().startsWith("q.onnx: "), expected.getMessage());
                }
            });
            assertTrue(taken < 256L << 20, taken + " bytes in trial " + trial);
        }
    }
}
