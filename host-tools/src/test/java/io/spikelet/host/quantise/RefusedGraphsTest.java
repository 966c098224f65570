package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import org.junit.jupiter.api.Test;

/** What the integer network has no layer for is refused in one sentence that names the node. */
class RefusedGraphsTest {
    private static final Node POOL = new Node.SumPool2d(new int[] {2, 2}, new int[] {2, 2}, new int[] {0, 0});

    private static Node conv(int channels) {
        return new Node.Conv2d(
                Tensor.of(new float[channels], 1, channels, 1, 1),
                null,
                new int[] {1, 1},
                new int[] {0, 0},
                new int[] {1, 1},
                1,
                null);
    }

    @Test
    void shouldRefuseALinearNodeBehindALinearNode() {
        assertRefused(
                ChainBuilder.from(1)
                        .then("a", ChainBuilder.affine(1, 1))
                        .then("b", ChainBuilder.affine(1, 1))
                        .then("lif", ChainBuilder.lif())
                        .to(1),
                "node 'b' reads 'a', which has no neurons behind it; put a neuron node between them or multiply their"
                        + " weights");
    }

    @Test
    void shouldRefuseAPoolBehindAConvolution() {
        assertRefused(
                ChainBuilder.from(1, 2, 2)
                        .then("conv", conv(1))
                        .then("pool", POOL)
                        .then("lif", ChainBuilder.lif())
                        .to(1, 1, 1),
                "node 'pool' reads 'conv', which has no neurons behind it; put a neuron node between them or multiply"
                        + " their weights");
    }

    @Test
    void shouldRefuseAPoolAtTheOutput() {
        assertRefused(
                ChainBuilder.from(1, 2, 2)
                        .then("conv", conv(1))
                        .then("lif", ChainBuilder.lif())
                        .then("pool", POOL)
                        .to(1, 1, 1),
                "node 'pool' gives the output but is neither a neuron nor has weights; classes are read from spikes or"
                        + " potentials, so end with a neuron node or a linear node");
    }

    @Test
    void shouldRefuseToAddSpikesToMeansOfSpikes() {
        assertRefused(
                ChainBuilder.from(1, 2, 2)
                        .then("lif1", ChainBuilder.lif())
                        .then("mean", new Node.AvgPool2d(new int[] {3, 3}, new int[] {1, 1}, new int[] {1, 1}))
                        .then("pool", POOL)
                        .edge("lif1", "pool")
                        .then("lif2", ChainBuilder.lif())
                        .to(1, 1, 1),
                "node 'pool.sum' adds up 'lif1' and 'mean', whose integers do not mean the same; add up spikes, or"
                        + " pools of the same size");
    }

    @Test
    void shouldRefuseToAddSourcesThatAFlattenNodeReshaped() {
        assertRefused(
                ChainBuilder.from(1, 2, 2)
                        .then("lif1", ChainBuilder.lif())
                        .then("flatten", new Node.Flatten(0, -1))
                        .then("lif2", ChainBuilder.lif())
                        .then("dense", ChainBuilder.affine(1, 1, 1, 1, 1))
                        .edge("flatten", "dense")
                        .then("lif3", ChainBuilder.lif())
                        .to(1),
                "node 'dense.sum' adds up 'lif1' of shape 1x2x2 and others of shape 4; add them up before a Flatten"
                        + " node, not behind it");
    }

    @Test
    void shouldRefuseToAddWeightsWithoutNeuronsToSpikes() {
        assertRefused(
                ChainBuilder.from(1)
                        .then("lif1", ChainBuilder.lif())
                        .then("a", ChainBuilder.affine(1, 1))
                        .then("b", ChainBuilder.affine(1, 1))
                        .edge("lif1", "b")
                        .then("lif2", ChainBuilder.lif())
                        .to(1),
                "node 'b.sum' adds up 'a', which has no neurons behind it, and others; put a neuron node behind it");
    }

    @Test
    void shouldRefuseAnOutputThatAddsTwoSources() {
        assertRefused(
                ChainBuilder.from(1)
                        .then("lif1", ChainBuilder.lif())
                        .then("lif2", ChainBuilder.lif())
                        .edge("lif1", "output")
                        .to(1),
                "node 'output' adds up 2 edges; lead one edge into the output, from a node that adds them up, or end"
                        + " with linear nodes alone");
    }

    @Test
    void shouldRefuseToCountSpikesOfAGraphThatEndsInWeights() {
        assertRefused(
                ChainBuilder.from(1).then("dense", ChainBuilder.affine(1, 1)).to(1),
                "the graph ends without neurons that fire, so it gives no spikes that a readout of kind COUNT could"
                        + " compare; read POTENTIAL");
    }

    @Test
    void shouldRefuseAPoolThatPadsByItsWholeWindow() {
        assertRefused(
                ChainBuilder.from(1, 1, 1)
                        .then("lif1", ChainBuilder.lif())
                        .then("pool", new Node.AvgPool2d(new int[] {1, 1}, new int[] {3, 3}, new int[] {1, 1}))
                        .then("lif2", ChainBuilder.lif())
                        .to(1, 1, 1),
                "node 'pool' pads by as much as its window or more; a padding is smaller than the window");
    }

    @Test
    void shouldRefuseALongLoopAroundTheOutput() {
        assertRefused(
                ChainBuilder.from(1)
                        .then("dense", ChainBuilder.affine(1, 1))
                        .then("lif", ChainBuilder.lif())
                        .beside("lif", "echo", ChainBuilder.lif(), "lif")
                        .to(1),
                "node 'echo' lies on a loop around the output neurons 'lif' that holds more than one layer; such loops"
                        + " are not supported");
    }

    @Test
    void shouldRefuseAThresholdThatIsNotAboveZero() {
        assertRefused(
                one(ChainBuilder.lif(-50)),
                "node 'lif' has the threshold -50.0; thresholds must be above 0, shift v_threshold, v_leak and v_reset"
                        + " together");
    }

    @Test
    void shouldRefuseATimeConstantShorterThanAStep() {
        Tensor one = Tensor.scalar(1);
        assertRefused(
                one(new Node.Lif(Tensor.scalar(0.5f), one, Tensor.scalar(0), one, Tensor.scalar(0))),
                "node 'lif' has a time constant shorter than the step of 1.0 s; choose a smaller dt");
    }

    @Test
    void shouldRefuseAParameterThatIsNotFinite() {
        Tensor one = Tensor.scalar(1);
        assertRefused(
                one(new Node.Lif(Tensor.scalar(2), one, Tensor.scalar(Float.NaN), one, Tensor.scalar(0))),
                "node 'lif' has a parameter that is not finite at neuron 0; train or export the model again");
    }

    @Test
    void shouldRefuseToLearnWhereNoDenseLayerDrivesTheOutput() {
        Graph graph = ChainBuilder.from(1, 1, 1)
                .then("conv", conv(1))
                .then("lif", ChainBuilder.lif())
                .to(1, 1, 1);
        QuantiseException refused = assertThrows(
                QuantiseException.class,
                () -> Quantiser.convert(graph, options().withLearning(0.1f, 1)));
        assertEquals(
                "no layer can learn: the output 'lif' must be IF or LIF neurons driven by one dense node; name"
                        + " the nodes that learn, or quantise without a learning rule",
                refused.getMessage());
    }

    @Test
    void shouldRefuseToLearnANodeThatDoesNotExist() {
        QuantiseOptions.Learning learning = new QuantiseOptions.Learning(0.1f, 1, java.util.List.of("nowhere"));
        QuantiseException refused = assertThrows(
                QuantiseException.class,
                () -> Quantiser.convert(one(ChainBuilder.lif()), options().withLearning(learning)));
        assertEquals(
                "of the 1 nodes said to learn, [nowhere], only 0 exist; name dense or convolution nodes of the graph",
                refused.getMessage());
    }

    private static Graph one(Node neuron) {
        return ChainBuilder.from(1)
                .then("dense", ChainBuilder.affine(1, 1))
                .then("lif", neuron)
                .to(1);
    }

    private static QuantiseOptions options() {
        InferenceSettings settings = new InferenceSettings(Profile.SNNTORCH, 1, 2, Encoder.DIRECT, new Readout(1, 1));
        return QuantiseOptions.of("refused", settings, 1);
    }

    private static void assertRefused(Graph graph, String sentence) {
        QuantiseException refused = assertThrows(QuantiseException.class, () -> Quantiser.convert(graph, options()));
        assertEquals(sentence, refused.getMessage());
    }
}
