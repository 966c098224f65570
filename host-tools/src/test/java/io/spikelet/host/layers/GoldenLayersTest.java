package io.spikelet.host.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden values: torch's spikes, from the papers' own update rules; bench-rigs/golden/layer_files.py, and initial_membranes.py
 * for membranes that do not begin at 0.
 */
class GoldenLayersTest {
    private static final Path GOLDEN = Path.of("src/test/golden/layers");
    private static final int FULL_SCALE = 16;

    /** A neuron's own rules hold under any of these. */
    private static final List<Profile> PROFILES = List.of(
            Profile.NORSE, Profile.SNNTORCH, Profile.named("custom:reset=subtract,spikes=many,floor=threshold"));

    private interface Check {
        void run(JsonNode model, Profile profile) throws Exception;
    }

    @TestFactory
    List<DynamicTest> shouldFireInFloatAsTorchDoes() throws Exception {
        return each(GoldenLayersTest::inFloat);
    }

    @TestFactory
    List<DynamicTest> shouldFireInIntegersAsTorchDoes() throws Exception {
        return each(GoldenLayersTest::inIntegers);
    }

    private static List<DynamicTest> each(Check check) throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String spikes : List.of("spikes.json", "start-spikes.json")) {
            for (JsonNode model :
                    new ObjectMapper().readTree(GOLDEN.resolve(spikes).toFile())) {
                for (Profile profile : PROFILES) {
                    String name = model.get("name").asText() + " under " + profile;
                    tests.add(DynamicTest.dynamicTest(name, () -> check.run(model, profile)));
                }
            }
        }
        assertTrue(tests.size() >= PROFILES.size() * 12);
        return tests;
    }

    private static void inFloat(JsonNode model, Profile profile) throws Exception {
        FloatSimulator simulator = FloatSimulator.of(read(model), profile, 1);
        int size = simulator.inputShape().size();
        for (JsonNode sample : model.get("samples")) {
            simulator.reset();
            byte[] bytes = bytes(sample.get("input"));
            float[] frame = new float[size];
            for (int t = 0; t < model.get("steps").intValue(); t++) {
                for (int i = 0; i < size; i++) {
                    frame[i] = (float) bytes[t * size + i] / FULL_SCALE;
                }
                simulator.step(frame);
                for (Map.Entry<String, JsonNode> layer : sample.get("spikes").properties()) {
                    float[] given = simulator.output(layer.getKey());
                    int[] fired = new int[given.length];
                    for (int n = 0; n < fired.length; n++) {
                        fired[n] = (int) given[n];
                    }
                    assertArrayEquals(
                            integers(layer.getValue().get(t)), fired, "step " + t + " of '" + layer.getKey() + "'");
                }
            }
        }
    }

    private static void inIntegers(JsonNode model, Profile profile) throws Exception {
        SpikingNetwork network = network(model, profile);
        Classifier classifier = Classifier.load(NetworkCodec.decode(NetworkCodec.encode(network)));
        Inference inference = Inference.forNetwork(network);
        Map<String, Integer> index = new LinkedHashMap<>();
        for (int i = 0; i < network.layers().size(); i++) {
            index.put(network.layers().get(i).name(), i);
        }
        for (JsonNode sample : model.get("samples")) {
            byte[] bytes = bytes(sample.get("input"));
            classifier.begin(bytes, 0, inference);
            for (int t = 0; t < network.timeSteps(); t++) {
                classifier.advance(bytes, 0, t, inference);
                for (Map.Entry<String, JsonNode> layer : sample.get("spikes").properties()) {
                    assertArrayEquals(
                            integers(layer.getValue().get(t)),
                            classifier.engine().values(index.get(layer.getKey())),
                            "step " + t + " of '" + layer.getKey() + "'");
                }
            }
        }
    }

    @Test
    void shouldGiveWeightsTheKindThatTheFileSaysUnlessAPersonSaysAnother() throws Exception {
        JsonNode model = model("log-weights");
        assertEquals(List.of(WeightKind.LOG2, WeightKind.LOG2), kinds(network(model, Profile.NORSE)));
        Graph graph = read(model);
        QuantiseOptions chosen = options(model, graph, Profile.NORSE).withWeights(WeightKind.INT8);
        assertEquals(List.of(WeightKind.INT8, WeightKind.INT8), kinds(Quantiser.convert(graph, chosen)));
    }

    @Test
    void shouldKeepATableAsTallAsTheStepsThatAreRun() throws Exception {
        Operation.Neuron neuron = network(model("bntt"), Profile.NORSE).layers().stream()
                .filter(layer -> layer.name().equals("lif"))
                .map(layer -> (Operation.Neuron) layer.operation())
                .findFirst()
                .orElseThrow();
        assertEquals(4, neuron.drives().getFirst().steps());
        assertEquals(4 * 3, neuron.drives().getFirst().gain().length);
    }

    private static List<WeightKind> kinds(SpikingNetwork network) {
        return network.layers().stream()
                .filter(layer -> layer.operation() instanceof Operation.Dense)
                .map(layer -> ((Operation.Dense) layer.operation()).kind())
                .toList();
    }

    private static SpikingNetwork network(JsonNode model, Profile profile) throws Exception {
        Graph graph = read(model);
        return Quantiser.convert(graph, options(model, graph, profile));
    }

    private static QuantiseOptions options(JsonNode model, Graph graph, Profile profile) {
        int classes =
                GraphShapes.of(graph, GraphOrder.of(graph)).inputOf("output").size();
        Readout readout = new Readout(Readout.Kind.POTENTIAL, classes, 1, Readout.Exit.NEVER);
        int steps = model.get("steps").intValue();
        return QuantiseOptions.of(
                "golden", new InferenceSettings(profile, 1, steps, Encoder.FRAMES, readout), FULL_SCALE);
    }

    private static Graph read(JsonNode model) throws Exception {
        return GraphFiles.read(GOLDEN.resolve(model.get("name").asText() + ".json"));
    }

    private static JsonNode model(String name) throws Exception {
        return StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(GOLDEN.resolve("spikes.json").toFile())
                                .spliterator(),
                        false)
                .filter(model -> model.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int[] integers(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).intValue();
        }
        return values;
    }

    private static byte[] bytes(JsonNode list) {
        byte[] values = new byte[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) list.get(i).intValue();
        }
        return values;
    }
}
