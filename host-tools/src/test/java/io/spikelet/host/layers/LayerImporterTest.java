package io.spikelet.host.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.diff.SourceDiff;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirExportException;
import io.spikelet.host.nir.NirExporter;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.QuantisedModel;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a layer file means, beyond its golden values. */
class LayerImporterTest {
    private static final Path PAGE = Path.of("../docs/layer-file.md");
    private static final Path GOLDEN = Path.of("src/test/golden/layers");
    private static final String DENSE = "{\"name\":\"dense\",\"kind\":\"affine\",\"weight\":\"w\",\"bias\":\"bias\"}";
    private static final String IDENTITY = "{\"name\":\"dense\",\"kind\":\"affine\",\"weight\":\"one\"}";

    @TempDir
    private Path folder;

    private WrittenLayers written() {
        return new WrittenLayers(folder)
                .tensor("w", "[2,3]", 1, 2, 3, 4, 5, 6)
                .tensor("bias", "[2]", 1, -1)
                .tensor("two", "[2]", 2, -3)
                .tensor("one", "[1,1]", 1)
                .tensor("falling", "[3,1]", 0.5f, 5, 1.5f);
    }

    @Test
    void shouldReadEveryNumberType() throws Exception {
        Graph graph = GraphFiles.read(GOLDEN.resolve("types.json"));
        JsonNode types =
                new ObjectMapper().readTree(GOLDEN.resolve("types-values.json").toFile());
        assertEquals(ElementType.values().length, types.size());
        for (Map.Entry<String, JsonNode> type : types.properties()) {
            float[] wanted = new float[type.getValue().size()];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = type.getValue().get(i).floatValue();
            }
            assertArrayEquals(
                    wanted, ((Node.Affine) graph.node(type.getKey())).weight().values(), type.getKey());
        }
    }

    @Test
    void shouldTurnRowsOfWeightsAroundWhereTheNormsGainIsNegative() throws Exception {
        Graph graph = written().read("[3]", "norm", DENSE, """
            {"name":"norm","kind":"norm","gamma":"two","beta":5,"mean":"bias","var":1,"eps":0}\
            """);
        Node.Affine affine = (Node.Affine) graph.node("dense");
        assertArrayEquals(new float[] {2, 4, 6, -12, -15, -18}, affine.weight().values());
        assertArrayEquals(new float[] {5, 5}, affine.bias().values());
        assertEquals(List.of(new Graph.Edge("input", "dense"), new Graph.Edge("dense", "output")), graph.edges());
    }

    @Test
    void shouldPutANormOverTimeIntoTheNeuronsBehindIt() throws Exception {
        Graph graph = written().read("[1]", "n", IDENTITY, """
            {"name":"norm","kind":"norm","gamma":{"per_step":"falling"},"mean":2,"var":4,"eps":0}\
            """, """
            {"name":"n","kind":"neuron","a0":1,"threshold":1,"gain":4,"offset":1}\
            """);
        Node.TwoBranch neuron = (Node.TwoBranch) graph.node("n");
        assertArrayEquals(new float[] {1, 10, 3}, neuron.gain().values());
        assertArrayEquals(new float[] {-1, -19, -5}, neuron.offset().values());
        assertEquals(List.of("dense"), graph.sourcesOf("n"));
    }

    @Test
    void shouldCompareWithTheThresholdOfEachStep() throws Exception {
        // u ← u + 1, reset to 0: 1 > 0.5 fires; 1 > 5 does not; 2 > 1.5 fires.
        assertEquals(2, fired(falling()));
        QuantiseOptions options = options(3);
        QuantisedModel quantised = Quantiser.quantise(falling(), options, samples(5), Progress.SILENT);
        assertTrue(
                quantised.report().toText().contains("100.00 %"),
                quantised.report().toText());
        SpikeComparison comparison =
                SpikeComparison.run(falling(), options.inference(), quantised.network(), samples(5), Progress.SILENT);
        assertEquals(5 * 2, comparison.layers().getFirst().bothSpikes());
        assertEquals(5 * 3, comparison.layers().getFirst().neuronSteps());
    }

    private static int fired(Graph graph) {
        FloatSimulator simulator = FloatSimulator.of(graph, Profile.NORSE, 1);
        int fired = 0;
        for (int t = 0; t < 3; t++) {
            simulator.step(new float[] {1});
            fired += (int) simulator.output("n")[0];
        }
        return fired;
    }

    @Test
    void shouldRefuseToRunForMoreStepsThanTheTablesHave() throws Exception {
        FloatSimulator simulator = FloatSimulator.of(falling(), Profile.NORSE, 1);
        for (int t = 0; t < 3; t++) {
            simulator.step(new float[] {1});
        }
        String message = assertThrows(InvalidGraphException.class, () -> simulator.step(new float[] {1}))
                .getMessage();
        assertTrue(message.contains("'n' has tables for 3 time steps and is run for more"), message);
        refused("'n' has tables for 3 time steps, not 4", falling(), options(4));
        simulator.reset();
        simulator.step(new float[] {1});
        assertEquals(1, simulator.output("n")[0], "the first row again");
    }

    @Test
    void shouldRefuseToQuantiseAMembraneThatGrowsByItself() throws Exception {
        Graph graph = written().read("[1]", "n", IDENTITY, """
            {"name":"n","kind":"neuron","a0":1.5,"threshold":1}\
            """);
        refused("node 'n', field 'a0': is 1.5; a board keeps 0 to 1 times a membrane", graph, options(2));
    }

    @Test
    void shouldRefuseToJoinWhatIsNoSpike() throws Exception {
        Graph graph = written().read("[1]", "n", IDENTITY, """
            {"name":"first","kind":"neuron","a0":0,"threshold":1}\
            """, """
            {"name":"both","kind":"and","from":["first","input"]}\
            """, """
            {"name":"n","kind":"neuron","a0":0,"threshold":1}\
            """);
        refused("node 'both' joins 'input', which does not give single spikes", graph, options(2));
    }

    @Test
    void shouldTellApartFilesWhoseTensorsDiffer() throws Exception {
        String first = written().read("[1]", "dense", IDENTITY).digest();
        assertEquals(first, written().read("[1]", "dense", IDENTITY).digest());
        assertNotEquals(
                first,
                written()
                        .tensor("more", "[1]", 1)
                        .read("[1]", "dense", IDENTITY)
                        .digest());
    }

    @Test
    void shouldReadTheVeryExampleOfItsPage() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("```json") + "```json".length();
        String example = page.substring(begin, page.indexOf("```", begin)).replace("network.", "bntt.");
        ObjectMapper mapper = new ObjectMapper();
        assertEquals(mapper.readTree(GOLDEN.resolve("bntt.json").toFile()), mapper.readTree(example));
    }

    @Test
    void shouldTellOnItsPageOfEveryKind() throws Exception {
        String page = Files.readString(PAGE);
        String message = assertThrows(ImportException.class, () -> written().read("[3]", "n", """
            {"name":"n","kind":"none"}\
            """))
                .getMessage();
        String[] kinds = message.substring(message.indexOf("one of ") + "one of ".length())
                .split(", ");
        assertEquals(24, kinds.length);
        for (String kind : kinds) {
            assertTrue(page.contains("`" + kind + "`"), kind);
        }
    }

    @Test
    void shouldTellAnImageOfOtherThresholdsFromItsOwn() throws Exception {
        SpikingNetwork network = Quantiser.convert(falling(), options(3));
        assertTrue(SourceDiff.of(falling(), network).differences().isEmpty());
        Graph other = written().tensor("rising", "[3,1]", 0.5f, 5, 4).read("[1]", "n", IDENTITY, """
            {"name":"n","kind":"neuron","a0":1,"threshold":{"per_step":"rising"}}\
            """);
        assertTrue(SourceDiff.of(other, network).differences().toString().contains("threshold"));
    }

    @Test
    void shouldRefuseToWriteAsNirWhatNirCannotSay() throws Exception {
        String message = assertThrows(
                        NirExportException.class, () -> NirExporter.write(falling(), folder.resolve("falling.nir")))
                .getMessage();
        assertTrue(message.contains("node 'n' is a TwoBranch, which NIR cannot say"), message);
    }

    private Graph falling() throws Exception {
        return written().read("[1]", "n", IDENTITY, """
            {"name":"n","kind":"neuron","a0":1,"threshold":{"per_step":"falling"}}\
            """);
    }

    private static void refused(String part, Graph graph, QuantiseOptions options) {
        String message = assertThrows(QuantiseException.class, () -> Quantiser.convert(graph, options))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    private static QuantiseOptions options(int steps) {
        return QuantiseOptions.of(
                "written", new InferenceSettings(Profile.NORSE, 1, steps, Encoder.DIRECT, new Readout(1, 1)), 1);
    }

    private static SampleSet samples(int count) {
        byte[] ones = new byte[count];
        java.util.Arrays.fill(ones, (byte) 1);
        return SampleSet.of("ones", 1, 1, new int[] {1}, ones, new byte[count]);
    }
}
