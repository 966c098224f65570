package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nodes that only multiply, and nodes that only wait. */
class ScaleAndDelayTest {
    private static final int STEPS = 24;
    private static final InferenceSettings SETTINGS =
            new InferenceSettings(Profile.SNNTORCH, 1, STEPS, Encoder.FRAMES, new Readout(2, 1));

    @Test
    void shouldMultiplyScalesIntoWeightsOnEitherSide() throws Exception {
        Random random = new Random(1);
        Node scale = new Node.Scale(Tensor.of(floats(random, 4), 4, 1, 1));
        Node before = conv(random, 4, 2, 2);
        Node after = conv(random, 6, 2, 2);
        int[] two = {2, 2};
        int[] none = {0, 0};
        Node flat = new Node.Flatten(0, -1);
        Node vector = new Node.Scale(Tensor.of(floats(random, 3), 3));
        Node fc = ChainBuilder.affine(3, floats(random, 3 * 6 * 9));
        for (Graph graph : new Graph[] {
            ChainBuilder.from(4, 5, 5).then("conv", before).then("scale", scale).to(4, 4, 4),
            ChainBuilder.from(4, 5, 5).then("scale", scale).then("conv", after).to(6, 4, 4),
            ChainBuilder.from(6, 3, 3)
                    .then("flat", flat)
                    .then("fc", fc)
                    .then("scale", vector)
                    .to(3),
            ChainBuilder.from(3)
                    .then("scale", vector)
                    .then("fc", ChainBuilder.affine(2, floats(random, 6)))
                    .to(2),
            ChainBuilder.from(3)
                    .then("scale", new Node.Scale(Tensor.scalar(-0.3f)))
                    .then("fc", ChainBuilder.affine(2, floats(random, 6)))
                    .to(2),
            ChainBuilder.from(6, 6, 6)
                    .then("scale", new Node.Scale(Tensor.scalar(2.74f)))
                    .then("largest", new Node.MaxPool2d(two, two, none))
                    .then("flat", flat)
                    .then("fc", fc)
                    .to(3),
            ChainBuilder.from(4, 10, 10)
                    .then("scale", scale)
                    .then("mean", new Node.AvgPool2d(two, two, none))
                    .then("conv", after)
                    .to(6, 4, 4)
        }) {
            Graph folded = ScaleFolding.of(graph);
            assertTrue(folded.nodes().values().stream().noneMatch(node -> node instanceof Node.Scale));
            FloatSimulator whole = FloatSimulator.of(graph, Profile.NORSE, 1);
            FloatSimulator bare = FloatSimulator.of(folded, Profile.NORSE, 1);
            float[] input = floats(random, whole.inputShape().size());
            whole.step(input);
            bare.step(input);
            assertArrayEquals(whole.output(), bare.output(), 1e-5f);
        }
    }

    @Test
    void shouldRefuseToMoveANegativeScalePastAMaximum() {
        int[] two = {2, 2};
        Graph graph = ChainBuilder.from(4, 6, 6)
                .then("scale", new Node.Scale(Tensor.scalar(-1)))
                .then("largest", new Node.MaxPool2d(two, two, new int[2]))
                .then("conv", conv(new Random(2), 6, 2, 2))
                .to(6, 2, 2);
        QuantiseException refused = assertThrows(QuantiseException.class, () -> ScaleFolding.of(graph));
        assertTrue(refused.getMessage().startsWith("node 'scale' scales what no weights"), refused.getMessage());
    }

    @Test
    void shouldRefuseAScaleThatNoWeightsCanTake() {
        Graph graph = ChainBuilder.from(2)
                .then("a", ChainBuilder.affine(2, 1, 0, 0, 1))
                .then("lif", ChainBuilder.lif())
                .then("scale", new Node.Scale(Tensor.scalar(2)))
                .then("other", ChainBuilder.lif())
                .to(2);
        QuantiseException refused = assertThrows(QuantiseException.class, () -> ScaleFolding.of(graph));
        assertTrue(refused.getMessage().startsWith("node 'scale' scales what no weights"), refused.getMessage());
    }

    @Test
    void shouldFoldScalesInARowWhateverTheirOrderInTheFile() throws Exception {
        for (String[] names : new String[][] {{"a", "b"}, {"b", "a"}}) {
            Map<String, Node> nodes = new LinkedHashMap<>();
            nodes.put("in", new Node.Input(new int[] {2}));
            for (String name : names) {
                nodes.put(name, new Node.Scale(Tensor.scalar(name.equals("a") ? 2 : 3)));
            }
            nodes.put("fc", ChainBuilder.affine(1, 1, -1));
            nodes.put("out", new Node.Output(new int[] {1}));
            List<Graph.Edge> edges = List.of(
                    new Graph.Edge("in", "a"),
                    new Graph.Edge("a", "b"),
                    new Graph.Edge("b", "fc"),
                    new Graph.Edge("fc", "out"));
            Graph folded = ScaleFolding.of(new Graph("row", nodes, edges, List.of(), "00"));
            assertArrayEquals(
                    new float[] {6, -6},
                    ((Node.Affine) folded.node("fc")).weight().values());
        }
    }

    @Test
    void shouldDelayBeforeAFlattenAsBehindIt() throws Exception {
        Random random = new Random(8);
        Node delay = new Node.Delay(Tensor.scalar(2));
        Node flat = new Node.Flatten(0, -1);
        Node fc = ChainBuilder.affine(2, floats(random, 2 * 64));
        for (boolean before : new boolean[] {true, false}) {
            Graph graph = ChainBuilder.from(4, 5, 5)
                    .then("conv", conv(random, 4, 1, 2))
                    .then("lif", ChainBuilder.lif())
                    .then(before ? "wait" : "flat", before ? delay : flat)
                    .then(before ? "flat" : "wait", before ? flat : delay)
                    .then("fc", fc)
                    .then("out", ChainBuilder.lif())
                    .to(2);
            SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("late", SETTINGS, 1));
            assertEquals(
                    64,
                    network.layers().stream()
                            .filter(layer -> layer.name().equals("wait"))
                            .findFirst()
                            .orElseThrow()
                            .shape()
                            .size());
        }
    }

    @Test
    void shouldDelaySpikesByWholeStepsInFloatAndInIntegersAlike() throws Exception {
        Random random = new Random(2);
        float[] first = exact(random, 3, 4);
        float[] second = exact(random, 2, 3);
        Graph graph = ChainBuilder.from(4)
                .then("fc1", ChainBuilder.affine(3, first))
                .then("lif1", ChainBuilder.lif())
                .then("wait", new Node.Delay(Tensor.of(new float[] {0, 3, 5}, 3)))
                .then("fc2", ChainBuilder.affine(2, second))
                .then("lif2", ChainBuilder.lif())
                .to(2);
        byte[] samples = new byte[20 * STEPS * 4];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) random.nextInt(2);
        }
        SampleSet set = SampleSet.of("spikes", 2, 1, new int[] {STEPS, 4}, samples, new byte[20]);
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("late", SETTINGS, 1));

        SpikeComparison comparison = SpikeComparison.run(graph, SETTINGS, network, set, Progress.SILENT);

        for (SpikeAgreement layer : comparison.layers()) {
            assertEquals(1, layer.agreement(), layer.toString());
            assertTrue(layer.floatSpikes() > 50, layer.toString());
        }
    }

    @Test
    void shouldGiveWhatCameSoManyStepsAgoAndForgetItBetweenSamples() {
        Graph graph = ChainBuilder.from(2)
                .then("wait", new Node.Delay(Tensor.of(new float[] {0.002f, 0}, 2)))
                .to(2);
        FloatSimulator simulator = FloatSimulator.of(graph, Profile.NORSE, 1e-3);
        for (int sample = 0; sample < 2; sample++) {
            simulator.reset();
            float[][] wanted = {{0, 10}, {0, 20}, {1, 30}, {2, 40}};
            for (int t = 0; t < wanted.length; t++) {
                simulator.step(new float[] {t + 1, 10 * (t + 1)});
                assertArrayEquals(wanted[t], simulator.output());
            }
        }
    }

    @Test
    void shouldRefuseADelayOfHalfAStepAndOneBehindWeights() {
        Node.Delay half = new Node.Delay(Tensor.scalar(2.5f));
        InvalidGraphException uneven = assertThrows(InvalidGraphException.class, () -> half.steps("wait", 1, 1));
        assertTrue(uneven.getMessage().contains("is 2.5 s, which is 2.5 steps of 1.0 s"), uneven.getMessage());

        Graph graph = ChainBuilder.from(2)
                .then("fc", ChainBuilder.affine(2, 1, 0, 0, 1))
                .then("wait", new Node.Delay(Tensor.scalar(1)))
                .then("lif", ChainBuilder.lif())
                .to(2);
        QuantiseException refused = assertThrows(
                QuantiseException.class, () -> Quantiser.convert(graph, QuantiseOptions.of("late", SETTINGS, 1)));
        assertTrue(
                refused.getMessage().startsWith("node 'wait' delays what 'fc' gives, which are no spikes; put"),
                refused.getMessage());
    }

    /** Rows whose int8 scale is 1/64, so that nothing is rounded. */
    private static float[] exact(Random random, int rows, int row) {
        float[] weights = new float[rows * row];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i % row == 0 ? 127 : random.nextInt(-127, 128)) / 64f;
        }
        return weights;
    }

    private static Node.Conv2d conv(Random random, int filters, int groups, int kernel) {
        return new Node.Conv2d(
                Tensor.of(floats(random, filters * 4 / groups * kernel * kernel), filters, 4 / groups, kernel, kernel),
                Tensor.of(floats(random, filters), filters),
                new int[] {1, 1},
                new int[] {0, 0},
                new int[] {1, 1},
                groups,
                null);
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
