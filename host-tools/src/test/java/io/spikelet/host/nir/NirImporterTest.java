package io.spikelet.host.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.model.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NirImporterTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadADenseNetworkWithItsDefaults() throws Exception {
        Graph graph = NirImporter.read(WrittenNir.dense()
                .without("lif", "v_leak")
                .set("lif", "r", 2.5f)
                .writeTo(folder.resolve("dense.nir")));
        assertEquals("dense.nir", graph.name());
        assertEquals(64, graph.digest().length());
        Node.Lif lif = (Node.Lif) graph.node("lif");
        assertEquals(2.5f, lif.r().at(2));
        assertEquals(0, lif.leak().at(0));
        assertEquals(0, lif.reset().at(0));
        assertEquals(
                List.of("input", "fc", "lif", "output"), GraphOrder.of(graph).nodes());
    }

    @Test
    void shouldTakeAnAbsentInputWeightForOne() throws Exception {
        Graph graph = NirImporter.read(WrittenNir.dense()
                .node("lif", "CubaLIF", "tau_syn", 1.0, "tau_mem", 1L, "r", 1.0, "v_leak", 0.0, "v_threshold", 1.0)
                .writeTo(folder.resolve("cuba.nir")));
        assertEquals(1, ((Node.CubaLif) graph.node("lif")).wIn().at(0));
    }

    @Test
    void shouldReadThresholdsAndAveragePools() throws Exception {
        Graph graph = NirImporter.read(WrittenNir.convolution()
                .node("if", "Threshold", "threshold", new float[][][] {{{1}}, {{2}}, {{3}}, {{4}}})
                .node("pool", "AvgPool2d", "kernel_size", 2L, "stride", 2L, "padding", 0L)
                .withoutEdge("if", "flatten")
                .edge("if", "pool")
                .edge("pool", "flatten")
                .set("output", "shape", new long[] {16})
                .writeTo(folder.resolve("threshold.nir")));
        assertEquals(4, ((Node.Threshold) graph.node("if")).threshold().spread(64)[48]);
        assertArrayEquals(new int[] {2, 2}, ((Node.AvgPool2d) graph.node("pool")).kernelSize());
    }

    @Test
    void shouldResolveNamedPadding() throws Exception {
        WrittenNir file =
                WrittenNir.convolution().set("conv", "padding", "same").set("output", "shape", new long[] {144});
        Graph graph = NirImporter.read(file.writeTo(folder.resolve("same.nir")));
        assertArrayEquals(new int[] {1, 1}, ((Node.Conv2d) graph.node("conv")).padding());
        file = WrittenNir.convolution().set("conv", "padding", "valid");
        graph = NirImporter.read(file.writeTo(folder.resolve("valid.nir")));
        assertArrayEquals(new int[] {0, 0}, ((Node.Conv2d) graph.node("conv")).padding());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lif_norse", "two_lif_neurons", "braille_noDelay_bias_zero", "cnn_sinabs"})
    void shouldReadPublishedFilesWithoutRepair(String name) throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/" + name + ".nir"));
        assertEquals(1, graph.warnings().size(), graph.warnings().toString());
        assertTrue(graph.warnings().getFirst().contains("discretisation profile"));
    }

    @Test
    void shouldInferTheShapesOfThePublishedConvolutionalNetwork() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/cnn_sinabs.nir"));
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        assertEquals(
                List.of("input", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "output"),
                order.nodes());
        assertEquals(new Shape(2, 34, 34), shapes.outputOf("input"));
        assertEquals(new Shape(16, 16, 16), shapes.outputOf("0"));
        assertEquals(new Shape(16, 8, 8), shapes.outputOf("4"));
        assertEquals(new Shape(8, 8, 8), shapes.outputOf("5"));
        assertEquals(new Shape(8, 4, 4), shapes.inputOf("8"));
        assertEquals(Shape.vector(128), shapes.outputOf("8"));
        assertEquals(Shape.vector(10), shapes.outputOf("output"));
    }

    @Test
    void shouldFindTheRecurrentEdgeOfThePublishedBrailleNetwork() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/braille_noDelay_bias_zero.nir"));
        GraphOrder order = GraphOrder.of(graph);
        assertEquals(Set.of(new Graph.Edge("lif1.w_rec", "lif1.lif")), order.recurrent());
        assertTrue(order.nodes().indexOf("lif1.lif") < order.nodes().indexOf("lif1.w_rec"));
    }

    @Test
    void shouldRepairAnEdgeThatCanMeanOneNodeOnlyAndSaySo() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/braille_noDelay_bias_zero_subgraph.nir"));
        assertEquals(
                "edges name the node 'lif1.lif', which does not exist; they were led to 'lif1.lif1', the only node"
                        + " without an edge",
                graph.warnings().getFirst());
        assertEquals(
                Set.of(new Graph.Edge("lif1.lin", "lif1.lif1")),
                GraphOrder.of(graph).recurrent());
        assertEquals(List.of("lif1.lif1"), graph.sourcesOf("fc2"));
    }

    @Test
    void shouldRepairAnOutputShapeWithLeadingOnesAndSaySo() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/lif_rockpool.nir"));
        assertTrue(
                graph.warnings()
                        .contains("node 'output': the declared shape [1, 1, 1] was taken for [1], the shape that"
                                + " reaches it"),
                graph.warnings().toString());
        assertArrayEquals(new int[] {1}, ((Node.Output) graph.node("output")).shape());
    }

    @Test
    void shouldMeanTheSameWhateverTheNodesAreCalled() throws Exception {
        Random random = new Random(5);
        float[] loop = new float[9];
        float[] weight = new float[6];
        for (int i = 0; i < loop.length; i++) {
            loop[i] = random.nextFloat() - 0.5f;
            weight[i % 6] = random.nextFloat();
        }
        WrittenNir file = WrittenNir.dense()
                .set("fc", "weight", new float[][] {
                    {weight[0], weight[1]}, {weight[2], weight[3]}, {weight[4], weight[5]}
                })
                .set("lif", "tau", 2e-4)
                .node(
                        "loop",
                        "Affine",
                        "weight",
                        new float[][] {
                            {loop[0], loop[1], loop[2]}, {loop[3], loop[4], loop[5]}, {loop[6], loop[7], loop[8]}
                        },
                        "bias",
                        new float[] {0.5f, 0.25f, 0.125f})
                .edge("loop", "lif")
                .edge("lif", "loop");
        List<String> names = List.of("input", "fc", "lif", "loop", "output");
        String expected = spikes(NirImporter.read(file.writeTo(folder.resolve("named.nir"))));
        assertTrue(expected.contains("1.0"), "the network must fire for the comparison to mean anything");
        for (int trial = 0; trial < 10; trial++) {
            List<String> shuffled = new ArrayList<>(names);
            Collections.shuffle(shuffled, random);
            Map<String, String> renaming = new HashMap<>();
            for (String name : names) {
                renaming.put(name, shuffled.get(names.indexOf(name)));
            }
            Path renamed = file.renamed(renaming).writeTo(folder.resolve("renamed" + trial + ".nir"));
            assertEquals(expected, spikes(NirImporter.read(renamed)), renaming.toString());
        }
    }

    private static String spikes(Graph graph) {
        FloatSimulator simulator = FloatSimulator.of(graph, Profile.SNNTORCH, Profile.DEFAULT_DT);
        StringBuilder spikes = new StringBuilder();
        for (int t = 0; t < 30; t++) {
            simulator.step(new float[] {t % 3, t % 2});
            spikes.append(Arrays.toString(simulator.output()));
        }
        return spikes.toString();
    }
}
