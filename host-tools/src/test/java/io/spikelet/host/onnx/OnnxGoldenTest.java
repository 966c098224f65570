package io.spikelet.host.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden values: onnxruntime's own outputs of files by torch, and as tf2onnx writes them; bench-rigs/golden/onnx_models.py. */
class OnnxGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/golden/onnx");

    @TestFactory
    List<DynamicTest> shouldComputeWhatOnnxruntimeComputes() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode model :
                new ObjectMapper().readTree(GOLDEN.resolve("outputs.json").toFile())) {
            String name = model.get("name").asText();
            tests.add(DynamicTest.dynamicTest(name, () -> check(name, model.get("samples"))));
        }
        return tests;
    }

    @Test
    void shouldPutBatchNormsIntoTheWeightsBehindWhereNoneStandBefore() throws Exception {
        Graph graph = GraphFiles.read(GOLDEN.resolve("torch-norms-behind.onnx"));
        long weights = graph.nodes().values().stream()
                .filter(node -> node instanceof Node.Conv2d || node instanceof Node.Affine)
                .count();
        assertEquals(4, weights);
    }

    @Test
    void shouldGiveEachNeuronItsBiasWhereAConvolutionPadsBehindANorm() throws Exception {
        Graph graph = GraphFiles.read(GOLDEN.resolve("torch-norms-before-padding.onnx"));
        List<Tensor> biases = graph.nodes().values().stream()
                .filter(Node.Conv2d.class::isInstance)
                .map(node -> ((Node.Conv2d) node).bias())
                .toList();
        assertEquals(2, biases.size());
        assertArrayEquals(new int[] {4, 8, 10}, biases.get(0).shape());
        assertArrayEquals(new int[] {6, 2, 2}, biases.get(1).shape());
        assertEquals(
                2,
                graph.warnings().stream()
                        .filter(warning -> warning.contains("so its bias is a value for each of"))
                        .count(),
                graph.warnings().toString());
    }

    private static void check(String name, JsonNode samples) throws Exception {
        Graph graph = GraphFiles.read(GOLDEN.resolve(name + ".onnx"));
        FloatSimulator simulator = FloatSimulator.of(graph, Profile.NORSE, 1);
        for (JsonNode sample : samples) {
            simulator.step(floats(sample.get("input")));
            float[] wanted = floats(sample.get("output"));
            assertEquals(wanted.length, simulator.output().length);
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(wanted[i], simulator.output()[i], 1e-5 * Math.max(1, Math.abs(wanted[i])), "output " + i);
            }
        }
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }
}
