package io.spikelet.host.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.NodeParts;
import io.spikelet.host.graph.OrPools;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.host.shared.ZooFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python makes of the files, bench-rigs/golden/check_nir.py checks. */
class NirExporterTest {
    @TempDir
    Path folder;

    private final Random random = new Random(17);

    @ParameterizedTest
    @ValueSource(strings = {"digits-conv", "fashion-binary", "fashion-onestep", "fashion-sew", "nmnist-frames"})
    void shouldReadBackEveryModelOfTheZoo(String name) throws Exception {
        roundTrip(NirImporter.read(ZooFolder.file("models/" + name + ".nir")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "braille_noDelay_bias_zero",
                "braille_noDelay_bias_zero_subgraph",
                "cnn_sinabs",
                "lif_norse",
                "lif_rockpool",
                "two_lif_neurons"
            })
    void shouldReadBackPublishedFilesWithoutRepair(String name) throws Exception {
        Graph graph = roundTrip(NirImporter.read(SharedFolder.file("models/nir/" + name + ".nir")));
        assertTrue(graph.warnings().size() <= 1, "repaired once, repaired for good: " + graph.warnings());
    }

    @Test
    void shouldSayEveryNodeThatNirHas() throws Exception {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(new int[] {2, 7, 6}));
        nodes.put(
                "conv",
                new Node.Conv2d(
                        tensor(4, 1, 3, 2),
                        tensor(4),
                        new int[] {2, 1},
                        new int[] {1, 0},
                        new int[] {1, 2},
                        2,
                        new int[] {7, 6}));
        nodes.put("lif", new Node.Lif(some(2), some(1), some(0.25f), tensor(4, 4, 4), some(-0.5f)));
        nodes.put("sum", new Node.SumPool2d(new int[] {2, 1}, new int[] {2, 1}, new int[] {0, 0}));
        nodes.put("scale", new Node.Scale(tensor(4, 1, 1)));
        nodes.put("if", new Node.If(some(1), some(0.7f), some(0)));
        nodes.put("delay", new Node.Delay(some(2e-3f)));
        nodes.put("mean", new Node.AvgPool2d(new int[] {2, 2}, new int[] {1, 2}, new int[] {1, 0}));
        nodes.put("gate", new Node.Threshold(tensor(4, 1, 1)));
        nodes.put("flat", new Node.Flatten(0, -1));
        nodes.put("dense", new Node.Affine(tensor(5, 24), tensor(5)));
        nodes.put("cuba", new Node.CubaLif(some(1), some(2), some(3), tensor(5), some(0.5f), some(1), some(0.125f)));
        nodes.put("i", new Node.I(some(0.5f)));
        nodes.put("li", new Node.Li(some(3), some(1), some(0.1f)));
        nodes.put("linear", new Node.Affine(tensor(3, 5), null));
        nodes.put("end", new Node.CubaLi(some(1), some(2), some(1), some(0), tensor(3)));
        nodes.put("out", new Node.Output(new int[] {3}));
        roundTrip(chain(nodes));
    }

    @Test
    void shouldSayConvolutionsOverLinesAsConv1d() throws Exception {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(new int[] {2, 9}));
        nodes.put(
                "conv",
                new Node.Conv2d(
                        tensor(3, 2, 1, 3),
                        tensor(3),
                        new int[] {1, 2},
                        new int[] {0, 1},
                        new int[] {1, 1},
                        1,
                        new int[] {1, 9}));
        nodes.put("lif", new Node.Lif(some(2), some(1), some(0), some(1), some(0)));
        nodes.put("flat", new Node.Flatten(0, 2));
        nodes.put("dense", new Node.Affine(tensor(2, 15), null));
        nodes.put("out", new Node.Output(new int[] {2}));
        roundTrip(chain(nodes));
        try (HdfFile hdf = new HdfFile(folder.resolve("out.nir"))) {
            assertEquals("Conv1d", hdf.getDatasetByPath("node/nodes/conv/type").getData());
            assertArrayEquals(
                    new int[] {3, 5},
                    hdf.getDatasetByPath("node/nodes/lif/tau").getDimensions(),
                    "neurons of a line have two extents");
        }
    }

    @Test
    void shouldSpellOutWhatTheGraphLeavesOpen() throws Exception {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(new int[] {1, 4, 4}));
        nodes.put(
                "conv",
                new Node.Conv2d(
                        tensor(2, 1, 3, 3), null, new int[] {1, 1}, new int[] {0, 0}, new int[] {1, 1}, 1, null));
        nodes.put("lif", new Node.Lif(some(2), some(1), some(0), some(1), some(0)));
        nodes.put("flat", new Node.Flatten(1, 2));
        nodes.put("pick", new Node.Flatten(0, -1));
        nodes.put("dense", new Node.Affine(tensor(2, 8), null));
        nodes.put("out", new Node.Output(new int[] {2}));
        Path file = folder.resolve("open.nir");
        assertEquals(List.of(), NirExporter.write(chain(nodes), file));
        Graph read = NirImporter.read(file);
        Node.Conv2d conv = (Node.Conv2d) read.node("conv");
        assertArrayEquals(new int[] {4, 4}, conv.inputShape());
        assertArrayEquals(new float[2], conv.bias().values());
        assertArrayEquals(
                new int[] {2, 2, 2}, ((Node.Lif) read.node("lif")).tau().shape());
        try (HdfFile hdf = new HdfFile(file)) {
            assertArrayEquals(new long[] {2, 2, 2}, (long[])
                    hdf.getDatasetByPath("node/nodes/flat/input_type").getData());
            assertArrayEquals(new long[] {1, 1}, (long[])
                    hdf.getDatasetByPath("node/nodes/conv/stride").getData());
        }
    }

    @Test
    void shouldSayAMaximumOfSpikesAsTheOrThatTheImporterFinds() throws Exception {
        Graph pooled = maximumOf(new Node.If(some(1), some(0.5f), some(0)));
        Path file = folder.resolve("or.nir");
        List<String> notes = NirExporter.write(pooled, file);
        assertEquals(
                List.of("maximum pools of spikes are written as SumPool2d and Threshold of 0.5, the OR of each window:"
                        + " max, again"),
                notes);
        Graph read = NirImporter.read(file);
        assertEquals(Set.of("max_or", "again_or"), OrPools.of(read));
        assertEquals(spikes(pooled), spikes(read));
        assertTrue(spikes(read).contains("1.0"), "spikes must come for the comparison to mean anything");
    }

    @Test
    void shouldRefuseWhatNirHasNoNodeFor() {
        refused(
                maximumOf(new Node.Scale(some(2))),
                "test: node 'max' is a maximum pool of values that are not the spikes of one node, which NIR cannot"
                        + " say; put it behind neurons, or use an average pool");
        refused(
                maximumOf(new Node.Relu(6)),
                "test: node 'neuron' is a ReLU, which NIR cannot say; export a network of spiking neurons, or keep"
                        + " this one in its own format");
        refused(chain(Map.of("in", new Node.Input(new int[] {1}))), "the graph needs exactly one Output node");
    }

    @Test
    void shouldLeaveTheOldFileWhereItRefuses() throws Exception {
        Path file = Files.writeString(folder.resolve("model.nir"), "kept");
        assertThrows(NirExportException.class, () -> NirExporter.write(maximumOf(new Node.Relu(6)), file));
        assertEquals("kept", Files.readString(file));
        NirExporter.write(maximumOf(new Node.If(some(1), some(0.5f), some(0))), file);
        assertEquals(
                5,
                NirImporter.read(file).nodes().keySet().stream()
                        .filter(name -> !name.endsWith("_or"))
                        .count());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "no draft is left");
        }
    }

    @Test
    void shouldCallNodesOtherwiseWhoseNamesHdf5DoesNotAllow() throws Exception {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("/in", new Node.Input(new int[] {2}));
        nodes.put("net.0", new Node.Affine(tensor(2, 2), null));
        nodes.put("/net/0", new Node.Lif(some(2), some(1), some(0), some(1), some(0)));
        nodes.put("Schicht ä 層", new Node.Scale(some(2)));
        nodes.put(".", new Node.Output(new int[] {2}));
        Path file = folder.resolve("names.nir");
        List<String> notes = NirExporter.write(chain(nodes), file);
        assertEquals(
                List.of(
                        "node '/in' is called 'in': HDF5 does not allow its name",
                        "node '/net/0' is called 'net.0_2': HDF5 does not allow its name",
                        "node '.' is called 'node': HDF5 does not allow its name"),
                notes);
        assertEquals(
                Set.of("in", "net.0", "net.0_2", "Schicht ä 層", "node"),
                NirImporter.read(file).nodes().keySet());
    }

    @Test
    void shouldWriteThousandsOfNodes() throws Exception {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(new int[] {2}));
        for (int i = 0; i < 1000; i++) {
            nodes.put("a node with a rather long name, number " + i, new Node.Scale(some(2)));
        }
        nodes.put("out", new Node.Output(new int[] {2}));
        roundTrip(chain(nodes));
    }

    /** What is read again is the same, each parameter spread over what it stood for. */
    private Graph roundTrip(Graph graph) throws Exception {
        Path file = folder.resolve("out.nir");
        assertEquals(List.of(), NirExporter.write(graph, file));
        Graph read = NirImporter.read(file);
        assertEquals(graph.nodes().keySet(), read.nodes().keySet());
        assertEquals(new HashSet<>(graph.edges()), new HashSet<>(read.edges()));
        graph.nodes().forEach((name, node) -> {
            NodeParts wanted = NodeParts.of(node);
            NodeParts found = NodeParts.of(read.node(name));
            assertEquals(wanted.kind(), found.kind(), name);
            wanted.values().forEach((field, tensor) -> {
                float[] values = found.values().get(field).values();
                assertArrayEquals(tensor.spread(values.length), values, name + "." + field);
            });
            wanted.settings()
                    .forEach((field, numbers) ->
                            assertArrayEquals(numbers, found.settings().get(field), name + "." + field));
        });
        Path again = folder.resolve("again.nir");
        NirExporter.write(read, again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), "the same graph is the same file");
        return read;
    }

    private void refused(Graph graph, String sentence) {
        Path file = folder.resolve("refused.nir");
        String message = assertThrows(NirExportException.class, () -> NirExporter.write(graph, file))
                .getMessage();
        assertTrue(message.contains(sentence), message);
        assertFalse(Files.exists(file));
    }

    /** {@code in[1x4x6] → neuron → max 2x2 → again 2x1 → out[1x1x3]}. */
    private static Graph maximumOf(Node neuron) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(new int[] {1, 4, 6}));
        nodes.put("neuron", neuron);
        nodes.put("max", new Node.MaxPool2d(new int[] {2, 2}, new int[] {2, 2}, new int[] {0, 0}));
        nodes.put("again", new Node.MaxPool2d(new int[] {2, 1}, new int[] {2, 1}, new int[] {0, 0}));
        nodes.put("out", new Node.Output(new int[] {1, 1, 3}));
        return chain(nodes);
    }

    private static String spikes(Graph graph) {
        FloatSimulator simulator = FloatSimulator.of(graph, Profile.NORSE, 1e-3);
        StringBuilder spikes = new StringBuilder();
        for (int t = 0; t < 24; t++) {
            float[] input = new float[24];
            input[t] = t % 5 == 0 ? 0.1f : 1;
            simulator.step(input);
            spikes.append(Arrays.toString(simulator.output()));
        }
        return spikes.toString();
    }

    private static Graph chain(Map<String, Node> nodes) {
        List<Graph.Edge> edges = new ArrayList<>();
        String last = null;
        for (String name : nodes.keySet()) {
            if (last != null) {
                edges.add(new Graph.Edge(last, name));
            }
            last = name;
        }
        return new Graph("test", nodes, edges, List.of(), "00");
    }

    private static Tensor some(float value) {
        return Tensor.scalar(value);
    }

    private Tensor tensor(int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() + 0.01f;
        }
        return new Tensor(values, shape);
    }
}
