package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Golden values: neurons as the simulators compute them, in NumPy, by bench-rigs/golden/profiles.py. */
class ProfileGoldenTest {
    @TestFactory
    List<DynamicTest> shouldFireAsTheSimulatorOfTheProfileDoes() throws Exception {
        JsonNode file = new ObjectMapper()
                .readTree(Path.of("src/test/golden/profiles.json").toFile());
        int fullScale = file.get("full_scale").asInt();
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode golden : file.get("cases")) {
            String name = golden.get("name").asText();
            tests.add(DynamicTest.dynamicTest(name + " in float", () -> inFloat(golden, fullScale)));
            tests.add(DynamicTest.dynamicTest(name + " in integers", () -> inIntegers(golden, fullScale)));
        }
        return tests;
    }

    private static void inFloat(JsonNode golden, int fullScale) {
        FloatSimulator simulator = FloatSimulator.of(
                graph(golden), profile(golden), golden.get("dt").asDouble());
        for (int t = 0; t < golden.get("input").size(); t++) {
            float[] input = floats(golden.get("input").get(t));
            for (int i = 0; i < input.length; i++) {
                input[i] /= fullScale;
            }
            simulator.step(input);
            assertArrayEquals(floats(golden.get("spikes").get(t)), simulator.output(), "step " + t);
        }
    }

    private static void inIntegers(JsonNode golden, int fullScale) throws Exception {
        int steps = golden.get("input").size();
        int neurons = golden.get("weight").size();
        InferenceSettings settings = new InferenceSettings(
                profile(golden), golden.get("dt").asDouble(), steps, Encoder.FRAMES, new Readout(neurons, 1));
        SpikingNetwork made = Quantiser.convert(graph(golden), QuantiseOptions.of("golden", settings, fullScale));
        SpikingNetwork network = NetworkCodec.decode(NetworkCodec.encode(made));
        byte[] sample = new byte[network.sampleBytes()];
        int at = 0;
        for (JsonNode row : golden.get("input")) {
            for (JsonNode value : row) {
                sample[at++] = (byte) value.asInt();
            }
        }
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        classifier.begin(sample, 0, inference);
        for (int t = 0; t < steps; t++) {
            classifier.advance(sample, 0, t, inference);
            float[] wanted = floats(golden.get("spikes").get(t));
            float[] fired = new float[neurons];
            int[] values = classifier.engine().values(network.layers().size() - 1);
            for (int n = 0; n < neurons; n++) {
                fired[n] = values[n];
            }
            assertArrayEquals(wanted, fired, "step " + t);
        }
    }

    private static Profile profile(JsonNode golden) {
        return Profile.named(golden.get("profile").asText());
    }

    private static Graph graph(JsonNode golden) {
        JsonNode rows = golden.get("weight");
        int inputs = rows.get(0).size();
        float[] weight = new float[rows.size() * inputs];
        for (int o = 0; o < rows.size(); o++) {
            System.arraycopy(floats(rows.get(o)), 0, weight, o * inputs, inputs);
        }
        return ChainBuilder.from(inputs)
                .then("dense", new Node.Affine(Tensor.of(weight, rows.size(), inputs), null))
                .then("neurons", neurons(golden))
                .to(rows.size());
    }

    private static Node neurons(JsonNode golden) {
        Tensor threshold = parameter(golden, "threshold");
        Tensor reset = parameter(golden, "reset");
        Tensor r = parameter(golden, "r");
        return switch (golden.get("kind").asText()) {
            case "IF" -> new Node.If(r, threshold, reset);
            case "LIF" -> new Node.Lif(parameter(golden, "tau"), r, parameter(golden, "leak"), threshold, reset);
            default ->
                new Node.CubaLif(
                        parameter(golden, "tau_syn"),
                        parameter(golden, "tau"),
                        r,
                        parameter(golden, "leak"),
                        Tensor.scalar(1),
                        threshold,
                        reset);
        };
    }

    private static Tensor parameter(JsonNode golden, String name) {
        float[] values = floats(golden.get("node").get(name));
        return Tensor.of(values, values.length);
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
