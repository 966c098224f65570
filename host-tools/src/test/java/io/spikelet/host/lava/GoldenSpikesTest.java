package io.spikelet.host.lava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden values: an integer model of Loihi in NumPy, bench-rigs/golden/lava.py, which writes networks and spikes. */
class GoldenSpikesTest {
    static final Path FOLDER = Path.of("src/test/golden");

    @ParameterizedTest
    @ValueSource(strings = {"lava-dense", "lava-planes"})
    void shouldGiveEverySpikeOfEveryBlock(String name) throws Exception {
        Map<String, List<int[]>> golden = golden(name);
        List<int[]> input = golden.get("input");
        LavaNet net = LavaImporter.read(FOLDER.resolve(name + ".net"));
        SpikingNetwork made = LavaNetwork.of(net, new LavaRun(name, input.size(), Encoder.FRAMES, 0, 0))
                .network();
        SpikingNetwork network = NetworkCodec.decode(NetworkCodec.encode(made));
        for (Kernels kernels : List.of(Kernels.REFERENCE, Kernels.fastest())) {
            Classifier classifier = Classifier.load(network, kernels);
            Inference inference = Inference.forNetwork(network);
            byte[] sample = bytes(input);
            classifier.begin(sample, 0, inference);
            for (int t = 0; t < input.size(); t++) {
                classifier.advance(sample, 0, t, inference);
                for (Map.Entry<String, List<int[]>> wanted : golden.entrySet()) {
                    if (!wanted.getKey().equals("input")) {
                        int layer = layer(network, "layer/" + wanted.getKey().substring(5) + "/axon");
                        assertArrayEquals(
                                wanted.getValue().get(t),
                                classifier.engine().values(layer),
                                kernels + " " + wanted.getKey() + " at step " + t);
                    }
                }
            }
        }
        assertEquals("loihi", network.discretisation().profile());
        assertTrue(golden.values().stream().flatMap(List::stream).anyMatch(row -> sum(row) > 0));
    }

    @Test
    void shouldAverageTheLastNeuronsOfEachClass() throws Exception {
        Map<String, List<int[]>> golden = golden("lava-planes");
        List<int[]> last = golden.get("layer5");
        int[] votes = new int[3];
        for (int[] row : last) {
            for (int n = 0; n < row.length; n++) {
                votes[n / 2] += row[n];
            }
        }
        LavaNet net = LavaImporter.read(FOLDER.resolve("lava-planes.net"));
        SpikingNetwork network = LavaNetwork.of(net, new LavaRun("planes", last.size(), Encoder.FRAMES, 0, 0))
                .network();
        Inference inference = Inference.forNetwork(network);
        Classifier.load(network).infer(bytes(golden.get("input")), 0, inference);
        int[] scores = new int[3];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = inference.scores()[c];
        }
        assertArrayEquals(votes, scores);
    }

    @Test
    void shouldKeepWeightsOfNineBitsInTwoLayers() throws Exception {
        LavaNet net = LavaImporter.read(FOLDER.resolve("lava-dense.net"));
        int[] weights = ((LavaBlock.Weighted) net.blocks().getFirst()).synapse().weights();
        List<WeightPlanes.Plane> planes = WeightPlanes.of(weights);
        assertEquals(2, planes.size());
        for (int i = 0; i < weights.length; i++) {
            int sum = 0;
            for (WeightPlanes.Plane plane : planes) {
                sum += plane.step() * plane.codes()[i];
            }
            assertEquals(weights[i], sum);
        }
    }

    @Test
    void shouldTakeTheFewestBitsThatHoldTheWeights() {
        assertEquals(WeightKind.TERNARY, only(-32, 0, 32).kind());
        assertEquals(32, only(-32, 0, 32).step());
        assertEquals(WeightKind.BINARY, only(6, -6).kind());
        assertEquals(WeightKind.INT4, only(14, -2).kind());
        assertEquals(WeightKind.INT8, only(254, -252).kind());
        assertEquals(2, only(254, -252).step());
        assertEquals(WeightKind.TERNARY, only(0, 0).kind());
    }

    @Test
    void shouldSplitTheLargestWeightsThatItTakes() {
        for (int weight : new int[] {-WeightPlanes.MAX_WEIGHT, -129, -128, 128, 255, WeightPlanes.MAX_WEIGHT}) {
            int sum = 0;
            for (WeightPlanes.Plane plane : WeightPlanes.of(new int[] {weight, 1})) {
                assertTrue(plane.kind().allows(plane.codes()[0]));
                sum += plane.step() * plane.codes()[0];
            }
            assertEquals(weight, sum);
        }
    }

    private static WeightPlanes.Plane only(int... weights) {
        List<WeightPlanes.Plane> planes = WeightPlanes.of(weights);
        assertEquals(1, planes.size());
        return planes.getFirst();
    }

    private static int layer(SpikingNetwork network, String name) {
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no layer " + name);
    }

    private static int sum(int[] row) {
        int sum = 0;
        for (int value : row) {
            sum += value;
        }
        return sum;
    }

    static byte[] bytes(List<int[]> rows) {
        byte[] bytes = new byte[rows.size() * rows.getFirst().length];
        int at = 0;
        for (int[] row : rows) {
            for (int value : row) {
                bytes[at++] = (byte) value;
            }
        }
        return bytes;
    }

    /** By key, (steps, values) spikes; each line is a key and one step's digits. */
    static Map<String, List<int[]>> golden(String name) throws IOException {
        Map<String, List<int[]>> spikes = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".txt.gz"))),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    int[] row = words[1].chars().map(digit -> digit - '0').toArray();
                    spikes.computeIfAbsent(words[0], key -> new ArrayList<>()).add(row);
                }
            }
        }
        return spikes;
    }
}
