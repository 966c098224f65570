package io.spikelet.host.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.diff.SourceDiff;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.ActivityMeter;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.NetworkCosts;
import io.spikelet.host.report.SynapticOperations;
import io.spikelet.model.AttentionGate;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden values: torch's spikes and scores from SCTFA's equations; bench-rigs/golden/attention.py. */
class GoldenAttentionTest {
    private static final Path GOLDEN = Path.of("src/test/golden/layers");
    private static final String[] NEURONS = {"lif1", "lif2"};

    /** Of all spikes: what a logistic of 256 cells and weights of 8 bits may change. */
    private static final double FEW = 0.002;

    private static JsonNode golden;

    @BeforeAll
    static void readGolden() throws Exception {
        golden = new ObjectMapper()
                .readTree(GOLDEN.resolve("attention-spikes.json").toFile());
    }

    @ParameterizedTest
    @CsvSource({"attention, '', norse", "attention, '', snntorch", "attention-half, half., norse"})
    void shouldFireInFloatAsTorchDoesEverySpike(String file, String prefix, String profile) throws Exception {
        FloatSimulator simulator =
                FloatSimulator.of(GraphFiles.read(GOLDEN.resolve(file + ".json")), Profile.named(profile), 1);
        for (JsonNode sample : golden.get("samples")) {
            simulator.reset();
            double[] scores = new double[5];
            for (int t = 0; t < steps(); t++) {
                simulator.step(frame(sample, t));
                for (String neurons : NEURONS) {
                    JsonNode wanted = sample.get(prefix + "spikes").get(neurons).get(t);
                    float[] given = simulator.output(neurons);
                    for (int n = 0; n < given.length; n++) {
                        assertEquals(wanted.get(n).intValue(), (int) given[n], neurons + " " + n + " at step " + t);
                    }
                }
                for (int c = 0; c < scores.length; c++) {
                    scores[c] += simulator.output()[c];
                }
            }
            for (int c = 0; c < scores.length; c++) {
                assertEquals(sample.get(prefix + "scores").get(c).doubleValue(), scores[c], 1e-3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"norse", "snntorch", "custom:reset=subtract,spikes=many,floor=threshold"})
    void shouldFireInIntegersAsTorchDoesButForFewSpikes(String profile) throws Exception {
        SpikingNetwork network = network("attention", profile);
        assertTrue(differing(network, "") <= FEW, "share " + differing(network, ""));
    }

    @Test
    void shouldFireOtherwiseWhereTheFactorIsAlwaysOneHalf() throws Exception {
        SpikingNetwork halved = network("attention-half", "norse");
        assertTrue(differing(halved, "half.") <= FEW, "share " + differing(halved, "half."));
        assertTrue(differing(halved, "") > 5 * differing(network("attention", "norse"), ""));
    }

    /** Of the spikes of either, how many only one has. */
    private static double differing(SpikingNetwork network, String prefix) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        int other = 0;
        int spikes = 0;
        for (JsonNode sample : golden.get("samples")) {
            byte[] bytes = bytes(sample);
            classifier.begin(bytes, 0, inference);
            for (int t = 0; t < network.timeSteps(); t++) {
                classifier.advance(bytes, 0, t, inference);
                for (String neurons : NEURONS) {
                    int[] given = classifier.engine().values(index(network, neurons));
                    for (int n = 0; n < given.length; n++) {
                        int wanted = sample.get(prefix + "spikes")
                                .get(neurons)
                                .get(t)
                                .get(n)
                                .intValue();
                        other += given[n] == wanted ? 0 : 1;
                        spikes += given[n] | wanted;
                    }
                }
            }
        }
        return (double) other / spikes;
    }

    @Test
    void shouldStandBeforeItsNeuronsAndReadTheirSpikesOfTheStepBefore() throws Exception {
        SpikingNetwork network = NetworkCodec.decode(NetworkCodec.encode(network("attention", "norse")));
        for (String neurons : NEURONS) {
            int index = index(network, neurons);
            int gate = index(network, neurons + ".attention");
            assertEquals(index - 1, gate);
            assertEquals(index, network.layers().get(gate).inputs().getFirst().source());
            assertEquals(1, network.layers().get(gate).inputs().getFirst().delay());
            assertEquals(gate, network.layers().get(index).inputs().getLast().source());
            assertTrue(((Operation.Neuron) network.layers().get(index).operation()).gated());
            AttentionGate made = (AttentionGate) network.layers().get(gate).operation();
            assertTrue(made.channelStep() >= 1 << 14, "a step of 15 bits: " + made.channelStep());
        }
    }

    @Test
    void shouldFindNothingButRoundingBetweenFileAndImage() throws Exception {
        Graph graph = GraphFiles.read(GOLDEN.resolve("attention.json"));
        assertEquals(
                List.of(), SourceDiff.of(graph, network("attention", "norse")).differences());
        var other = SourceDiff.of(graph, network("attention-half", "norse"));
        assertTrue(other.toString().contains("lif1.spatial"), other.toString());
    }

    @Test
    void shouldCountWhatGatesWorkAsTheEngineDoesAndTheirProductsToo() throws Exception {
        SpikingNetwork network = network("attention", "norse");
        byte[] bytes = bytes(golden.get("samples").get(0));
        SampleSet samples = SampleSet.of("golden", 5, 1, new int[] {bytes.length}, bytes, new byte[1]);
        List<LayerActivity> layers = ActivityMeter.run(network, samples, Progress.SILENT);
        assertEquals(
                Evaluation.ofInteger(network, samples, Progress.SILENT).operationsPerInference(),
                NetworkCosts.of(network, layers).operations().events());
        SynapticOperations gate =
                layers.get(index(network, "lif1.attention")).operations().orElseThrow();
        int neurons = 6 * 8 * 8;
        assertEquals(steps() * (neurons + 2 * 3 * 6 + 2 * neurons), gate.dense());
        assertEquals(spikes("lif1"), gate.accumulates(), "each spike but those of the last step, once");
        assertTrue(gate.multiplies() >= steps() * 2 * neurons);
    }

    private static int spikes(String neurons) {
        int spikes = 0;
        for (int t = 0; t < steps() - 1; t++) {
            for (JsonNode spike :
                    golden.get("samples").get(0).get("spikes").get(neurons).get(t)) {
                spikes += spike.intValue();
            }
        }
        return spikes;
    }

    private static SpikingNetwork network(String file, String profile) throws Exception {
        Readout readout = new Readout(Readout.Kind.POTENTIAL, 5, 1, Readout.Exit.NEVER);
        InferenceSettings settings = new InferenceSettings(Profile.named(profile), 1, steps(), Encoder.FRAMES, readout);
        return Quantiser.convert(
                GraphFiles.read(GOLDEN.resolve(file + ".json")),
                QuantiseOptions.of("golden", settings, 1).withInputMaximum(3));
    }

    private static int index(SpikingNetwork network, String name) {
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no layer " + name);
    }

    private static int steps() {
        return golden.get("steps").intValue();
    }

    private static byte[] bytes(JsonNode sample) {
        byte[] bytes = new byte[sample.get("input").size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) sample.get("input").get(i).intValue();
        }
        return bytes;
    }

    private static float[] frame(JsonNode sample, int step) {
        byte[] bytes = bytes(sample);
        float[] frame = new float[bytes.length / steps()];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = bytes[step * frame.length + i];
        }
        return frame;
    }
}
