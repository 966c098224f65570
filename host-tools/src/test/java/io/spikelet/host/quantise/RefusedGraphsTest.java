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
                "node 'pool' gives the output but is no neuron; classes are read from spikes, so end with a neuron"
                        + " node");
    }

    @Test
    void shouldRefuseAPoolThatAddsTwoSources() {
        assertRefused(
                ChainBuilder.from(1, 2, 2)
                        .then("lif1", ChainBuilder.lif())
                        .then("pool", POOL)
                        .edge("input", "pool")
                        .then("lif2", ChainBuilder.lif())
                        .to(1, 1, 1),
                "node 'pool' adds up 2 edges; only a neuron node may have more than one edge into it");
    }

    @Test
    void shouldRefuseAFlattenThatAddsTwoSources() {
        assertRefused(
                ChainBuilder.from(1, 2, 2)
                        .then("lif1", ChainBuilder.lif())
                        .then("flatten", new Node.Flatten(0, -1))
                        .edge("input", "flatten")
                        .then("lif2", ChainBuilder.lif())
                        .to(4),
                "node 'flatten' adds up 2 edges; only a neuron node may have more than one edge into it");
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
                "no layer can learn: the output 'lif' must be IF or LIF neurons driven by one dense node; quantise"
                        + " without a learning rule",
                refused.getMessage());
    }

    @Test
    void shouldRefuseToLearnANodeThatDoesNotExist() {
        QuantiseOptions.Learning learning = new QuantiseOptions.Learning(0.1f, 1, java.util.List.of("nowhere"));
        QuantiseException refused = assertThrows(
                QuantiseException.class,
                () -> Quantiser.convert(one(ChainBuilder.lif()), options().withLearning(learning)));
        assertEquals(
                "of the 1 nodes said to learn, [nowhere], only 0 exist; name dense nodes of the graph",
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
