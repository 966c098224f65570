package io.spikelet.host.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {
    private static final Version ONE = new Version(1, 0, 0, 0);
    private static final Version TWO = new Version(1, 0, 1, 0);

    /** {@code in[1x4x4] → conv (2 filters 3x3) → lif → flat → dense (3 x 8) → cuba → out[3]}. */
    private static Map<String, Node> nodes() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(new int[] {1, 4, 4}));
        nodes.put("conv", convolution(weights(2, 1, 3, 3)));
        nodes.put("lif", lif(1));
        nodes.put("flat", new Node.Flatten(0, -1));
        nodes.put("dense", new Node.Affine(weights(3, 8), Tensor.of(new float[3], 3)));
        nodes.put("cuba", new Node.CubaLif(one(2e-3f), one(4e-3f), one(4), one(0.1f), one(2), one(0.5f), one(-0.25f)));
        nodes.put("out", new Node.Output(new int[] {3}));
        return nodes;
    }

    private static Node.Conv2d convolution(Tensor weight) {
        return new Node.Conv2d(
                weight, Tensor.of(new float[2], 2), new int[] {1, 1}, new int[] {0, 0}, new int[] {1, 1}, 1, null);
    }

    private static Node.Lif lif(float threshold) {
        return new Node.Lif(one(2e-3f), one(2), one(0), one(threshold), one(0));
    }

    private static Tensor one(float value) {
        return Tensor.scalar(value);
    }

    private static Tensor weights(int... shape) {
        Random random = new Random(3);
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return new Tensor(values, shape);
    }

    private static Graph graph(Map<String, Node> nodes) {
        List<Graph.Edge> edges = new ArrayList<>();
        String last = null;
        for (String name : nodes.keySet()) {
            if (last != null) {
                edges.add(new Graph.Edge(last, name));
            }
            last = name;
        }
        return new Graph("test", nodes, edges, List.of(), "ab".repeat(32));
    }

    private static Graph graphWith(String name, Node node) {
        Map<String, Node> nodes = nodes();
        nodes.put(name, node);
        return graph(nodes);
    }

    private static SpikingNetwork network(Graph graph, WeightKind kind) throws Exception {
        InferenceSettings settings = new InferenceSettings(Profile.NORSE, 1e-3, 4, Encoder.DIRECT, new Readout(3, 1));
        return Quantiser.convert(
                graph, QuantiseOptions.of("test", settings, 255).withWeights(kind));
    }

    private static ModelImage image(SpikingNetwork network, Version version) {
        return ModelImage.unsigned(NetworkCodec.encode(network), version);
    }

    private static Comparison images(SpikingNetwork a, SpikingNetwork b) {
        return ImageDiff.of(image(a, ONE), a, image(b, ONE), b);
    }

    private static List<String> said(Comparison comparison) {
        return comparison.differences().stream()
                .map(d -> d.place() + " " + d.what()
                        + d.moved()
                                .map(moved -> ": " + moved.differing() + " of " + moved.count())
                                .orElse(": " + d.before() + " -> " + d.after()))
                .toList();
    }

    @Test
    void shouldFindNothingBetweenAModelAndItself() throws Exception {
        SpikingNetwork network = network(graph(nodes()), WeightKind.INT8);
        assertTrue(images(network, network).isNothing());
        assertTrue(GraphDiff.of(graph(nodes()), graph(nodes())).isNothing());
    }

    @Test
    void shouldSayWhoMadeAndSignedTwoImages() throws Exception {
        SpikingNetwork network = network(graph(nodes()), WeightKind.INT8);
        SpikingNetwork other =
                network.withSecurityCounter(7).withProvenance(new Provenance("cd", "ef", "x", 0.5, 0.25));
        ImageKey.Private key = ImageKey.Private.generate();
        Comparison comparison =
                ImageDiff.of(image(network, ONE), network, image(other, TWO).sign(key), other);
        List<String> said = said(comparison);
        assertEquals("model version: 1.0.0+0 -> 1.0.1+0", said.getFirst());
        assertTrue(said.get(1).startsWith("model signed: not signed -> by key "), said.get(1));
        assertEquals(
                List.of(
                        "model security counter: 0 -> 7",
                        "model made of: " + "ab".repeat(32) + " -> cd",
                        "model calibrated on:  -> ef",
                        "model made by: " + Quantiser.TOOL + " -> x",
                        "model float accuracy: NaN -> 0.5",
                        "model integer accuracy: NaN -> 0.25"),
                said.subList(2, said.size()));
    }

    @Test
    void shouldCountTheWeightsOfAnImageThatMoved() throws Exception {
        SpikingNetwork network = network(graph(nodes()), WeightKind.INT8);
        int place = place(network, "dense");
        Layer layer = network.layers().get(place);
        Operation.Dense dense = (Operation.Dense) layer.operation();
        byte[] learned = dense.weights().clone();
        learned[3] = (byte) (learned[3] + (learned[3] > 0 ? -5 : 5));
        learned[7] = (byte) (learned[7] + (learned[7] > 0 ? -2 : 2));
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.set(
                place,
                new Layer(
                        layer.name(),
                        layer.inputs(),
                        layer.shape(),
                        layer.output(),
                        new Operation.Dense(dense.outputs(), dense.inputs(), learned, dense.scale())));
        Comparison comparison = images(network, network.withLayers(layers));
        assertEquals(List.of("dense weights in LSBs: 2 of 24"), said(comparison));
        Moved moved = comparison.differences().getFirst().moved().orElseThrow();
        assertEquals(5, moved.largest());
        double norm = 0;
        for (byte weight : dense.weights()) {
            norm += weight * weight;
        }
        assertEquals(Math.sqrt(29 / norm), moved.relative(), 1e-12);
    }

    @Test
    void shouldTellParametersOfImagesApartByWhatTheyMean() throws Exception {
        SpikingNetwork network = network(graph(nodes()), WeightKind.INT8);
        int place = place(network, "lif");
        Layer layer = network.layers().get(place);
        Operation.Neuron neuron = (Operation.Neuron) layer.operation();
        int[] spread = new int[layer.shape().size()];
        Arrays.fill(spread, neuron.a0()[0]);
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.set(
                place,
                new Layer(layer.name(), layer.inputs(), layer.shape(), layer.output(), withLeak(neuron, spread)));
        SpikingNetwork same = network.withLayers(layers);
        assertEquals(List.of("model bytes"), wheres(images(network, same)), "the same leaks, stored one a neuron");
        spread[1] -= 3;
        assertEquals(List.of("lif leak: 1 of 8"), said(images(network, same)));
    }

    private static List<String> wheres(Comparison comparison) {
        return comparison.differences().stream()
                .map(d -> d.place() + " " + d.what())
                .toList();
    }

    private static Operation.Neuron withLeak(Operation.Neuron neuron, int[] leak) {
        return new Operation.Neuron(
                neuron.comparison(),
                neuron.synapticLeak(),
                leak,
                neuron.b0(),
                neuron.a1(),
                neuron.b1(),
                neuron.threshold(),
                neuron.drives(),
                neuron.membraneUnit(),
                neuron.membraneMaximum());
    }

    private static int place(SpikingNetwork network, String name) {
        return network.layers().stream().map(Layer::name).toList().indexOf(name);
    }

    @Test
    void shouldNameNodesAndEdgesThatCameOrWent() {
        Map<String, Node> longer = new LinkedHashMap<>();
        nodes().forEach((name, node) -> {
            longer.put(name, node);
            if (name.equals("lif")) {
                longer.put("scale", new Node.Scale(one(2)));
            }
        });
        List<String> said = said(GraphDiff.of(graph(nodes()), graph(longer)));
        assertEquals(
                List.of(
                        "scale Scale giving 2x2x2:  -> Scale giving 2x2x2",
                        "lif -> flat edge: edge -> ",
                        "lif -> scale edge:  -> edge",
                        "scale -> flat edge:  -> edge"),
                said);
        assertEquals(
                Difference.Change.REMOVED,
                GraphDiff.of(graph(longer), graph(nodes()))
                        .differences()
                        .getFirst()
                        .change());
    }

    @Test
    void shouldMeasureHowFarGraphsAreApart() {
        Tensor moved = weights(2, 1, 3, 3);
        moved.values()[4] += 0.5f;
        Comparison comparison = GraphDiff.of(graph(nodes()), graphWith("conv", convolution(moved)));
        assertEquals(List.of("conv weight: 1 of 18"), said(comparison));
        assertEquals(
                0.5, comparison.differences().getFirst().moved().orElseThrow().largest(), 1e-6);
        Node.Lif spread = new Node.Lif(
                Tensor.of(filled(2e-3f), 2, 2, 2), one(2), one(0), Tensor.of(filled(1.5f), 2, 2, 2), one(0));
        assertEquals(
                List.of("lif v_threshold: 8 of 8"),
                said(GraphDiff.of(graph(nodes()), graphWith("lif", spread))),
                "one value for all is the same as that value for each");
        assertEquals(
                List.of("lif kind: LIF -> IF", "lif tau: 1 values -> none"),
                said(GraphDiff.of(graph(nodes()), graphWith("lif", new Node.If(one(2), one(1), one(0))))));
    }

    private static float[] filled(float value) {
        float[] values = new float[8];
        Arrays.fill(values, value);
        return values;
    }

    @ParameterizedTest
    @EnumSource(WeightKind.class)
    void shouldExplainWhatQuantisingDoes(WeightKind kind) throws Exception {
        Comparison comparison = SourceDiff.of(graph(nodes()), network(graph(nodes()), kind));
        assertEquals(List.of(), said(comparison));
        assertEquals(List.of("the image says that it was made of this very file"), comparison.notes());
        assertTrue(
                comparison.explained().stream().anyMatch(d -> d.place().equals("dense")),
                "weights that were rounded are told of");
    }

    @Test
    void shouldSayWhatAnImageHasOtherwiseThanItsGraph() throws Exception {
        Tensor flipped = weights(2, 1, 3, 3);
        flipped.values()[4] = -flipped.values()[4] + 1;
        Comparison comparison = SourceDiff.of(
                graphWith("conv", convolution(flipped)), network(graphWith("lif", lif(1.25f)), WeightKind.INT8));
        assertEquals(List.of("conv weights in int8, more than rounding", "lif threshold"), wheres(comparison));
        Node.Lif slower = new Node.Lif(one(3e-3f), one(2), one(0), one(1), one(0));
        assertEquals(
                List.of("lif leak: 8 of 8"),
                said(SourceDiff.of(graphWith("lif", slower), network(graph(nodes()), WeightKind.INT8))));
        Graph elsewhere = new Graph("test", nodes(), graph(nodes()).edges(), List.of(), "00");
        assertEquals(
                List.of("model made of: 00 -> " + "ab".repeat(32)),
                said(SourceDiff.of(elsewhere, network(graph(nodes()), WeightKind.INT8))));
    }

    @Test
    void shouldNameLayersThatTheOtherSideDoesNotHave() throws Exception {
        Map<String, Node> renamed = new LinkedHashMap<>();
        nodes().forEach((name, node) -> renamed.put(name.equals("dense") ? "fc" : name, node));
        Comparison comparison = SourceDiff.of(graph(renamed), network(graph(nodes()), WeightKind.INT8));
        assertEquals(List.of("fc Affine: Affine -> ", "dense Dense:  -> Dense"), said(comparison));
    }
}
