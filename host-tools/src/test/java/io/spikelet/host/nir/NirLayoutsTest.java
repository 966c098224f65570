package io.spikelet.host.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.NodeParts;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.reference.FloatSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One network in the layouts that HDF5 and NIR allow, and what it answers, made by bench-rigs/golden/nir_files.py with h5py
 * and NumPy.
 */
class NirLayoutsTest {
    private static final Path GOLDEN = Path.of("src/test/golden/nir");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "odd"})
    void shouldReadEveryLayoutAsTheSameNetwork(String name) throws Exception {
        Graph plain = read("plain");
        Graph graph = read(name);
        assertEquals(plain.nodes().size(), graph.nodes().size());
        plain.nodes().forEach((node, wanted) -> {
            NodeParts found = NodeParts.of(graph.node(graph.nodes().containsKey(node) ? node : "rec." + node));
            NodeParts.of(wanted).values().forEach((field, tensor) -> {
                float[] values = found.values().get(field).spread(tensor.size());
                assertArrayEquals(tensor.values(), values, node + "." + field);
            });
            NodeParts.of(wanted)
                    .settings()
                    .forEach((field, numbers) ->
                            assertArrayEquals(numbers, found.settings().get(field), node + "." + field));
        });
    }

    /** Leak and reset that are not 0, a current, a loop: D2 to D7. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "odd"})
    void shouldAnswerAsNumPyDoes(String name) throws Exception {
        answers(read(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "odd"})
    void shouldAnswerTheSameOnceItWasWrittenAgain(String name) throws Exception {
        Path file = folder.resolve("again.nir");
        NirExporter.write(read(name), file);
        answers(NirImporter.read(file));
    }

    @Test
    void shouldSayWhatItRepaired() throws Exception {
        String notes = String.join("\n", read("gzip").warnings());
        assertTrue(notes.contains("'rec.cell', which does not exist; they were led to 'rec.cuba'"), notes);
        assertTrue(notes.contains("node 'input': the leading 1 of shape [1, 2, 5, 6] was taken for a batch"), notes);
        assertTrue(notes.contains("node 'output': the declared shape [1, 4] was taken for [4]"), notes);
        assertEquals(4, read("gzip").warnings().size());
        assertEquals(1, read("plain").warnings().size());
    }

    @Test
    void shouldSayWhatTheFileHasLostAsFarAsItApplies() throws Exception {
        assertEquals(
                "NIR carries no time step, reset rule or comparison; the discretisation profile that is chosen decides"
                    + " them, and if the model had soft reset, several spikes a step, a lower clamp, maximum pools or"
                    + " batch norm, the file does not say",
                read("plain").warnings().getFirst());
        Graph dense = NirImporter.read(WrittenNir.dense().writeTo(folder.resolve("dense.nir")));
        assertTrue(
                dense.warnings().getFirst().endsWith("several spikes a step or a lower clamp, the file does not say"));
        Graph weights = NirImporter.read(WrittenNir.polarities().writeTo(folder.resolve("weights.nir")));
        assertEquals(0, weights.warnings().size());
    }

    private static Graph read(String name) throws Exception {
        return NirImporter.read(GOLDEN.resolve(name + ".nir"));
    }

    private static void answers(Graph graph) throws Exception {
        JsonNode given =
                new ObjectMapper().readTree(GOLDEN.resolve("answers.json").toFile());
        for (Profile profile : new Profile[] {Profile.NORSE, Profile.SNNTORCH}) {
            FloatSimulator simulator = FloatSimulator.of(graph, profile, 1);
            JsonNode wanted = given.get(profile.profileName());
            for (int t = 0; t < wanted.size(); t++) {
                simulator.step(floats(given.get("input").get(t)));
                assertArrayEquals(floats(wanted.get(t)), simulator.output(), profile + " at step " + t);
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
