package io.spikelet.bench.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.SynapticOperations;
import io.spikelet.model.AttentionGate;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every count of three small networks, worked out on paper; the working stands above each test. */
class ImageMetricsTest {
    private static final double PICO = 1e-6;

    private static Map<String, LayerMetrics> byName(ImageMetrics metrics) {
        return metrics.layers().stream().collect(Collectors.toMap(LayerMetrics::name, layer -> layer));
    }

    private static SynapticOperations operations(double dense, double accumulates, double multiplies, double events) {
        return new SynapticOperations(dense, accumulates, multiplies, events);
    }

    private static double modelled(ImageMetrics metrics, String model) {
        return EnergyModels.microjoules(metrics).get(model);
    }

    /**
     * {@code fc1} is [[2 0 1][−1 3 0]], {@code fc2} is [[1 1][0 2]], thresholds 1, two samples of two steps.
     *
     * <pre>
     * sample step  input   ACs fc1   membranes  spikes  ACs fc2  membranes  spikes  changed
     * A      0     1 0 0   2         2 −1       1 0     1        1 0        0 0     4 (the first step)
     * A      1     0 1 1   1 + 1     1  2       0 1     2        2 2        1 1     4
     * B      0     0 0 0   0         0  0       0 0     0        0 0        0 0     4 (the first step)
     * B      1     0 0 1   1         1  0       0 0     0        0 0        0 0     1
     * </pre>
     */
    @Test
    void shouldCountADenseNetworkOfSpikesOverSteps() throws Exception {
        SpikingNetwork network = new NetworkByHand(Shape.vector(3), EdgeDomain.SPIKE)
                .dense("fc1", 0, 2, 2, 0, 1, -1, 3, 0)
                .neurons("if1", 1, 1)
                .dense("fc2", 2, 2, 1, 1, 0, 2)
                .neurons("if2", 1, 3)
                .network(Encoder.FRAMES, 2);
        ImageMetrics metrics = NetworkByHand.measured(network, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1);
        Map<String, LayerMetrics> layers = byName(metrics);

        assertEquals(2, metrics.samples());
        assertEquals(4, metrics.steps());
        // An engine's event is a spike and a connection, zero weights too: two for each spike.
        assertEquals(operations(24, 5, 0, 8), layers.get("fc1").work().everyStep());
        assertEquals(operations(16, 3, 0, 4), layers.get("fc2").work().everyStep());
        assertEquals(operations(12, 2.5, 0, 4), layers.get("fc1").neuroBenchPerSample());
        assertEquals(operations(4, .75, 0, 1), layers.get("fc2").neuroBenchPerStep());
        assertEquals(operations(40, 8, 0, 12), metrics.neuroBench());
        assertEquals(metrics.neuroBench(), metrics.run());
        assertEquals(3 / 10.0, metrics.costs().connectionSparsity());
        assertEquals(16, metrics.activations());
        assertEquals(12, metrics.silentActivations());
        assertEquals(16, metrics.membraneUpdates());
        assertEquals(13, metrics.membranesChanged());
        assertEquals(4 * Integer.BYTES, metrics.costs().stateBytes());
        assertEquals(8 / 12.0, layers.get("fc1").work().inputSparsity());
        // Since a sample began nothing had come to inputs 1 and 2 of A at first, to all three of B, then to two of
        // them.
        assertEquals(7 / 12.0, layers.get("fc1").work().traceSparsity());
        assertEquals(4 * 0.1 * PICO, modelled(metrics, "45nm-kinds"), 1e-15);
    }

    /**
     * One 3×3 filter [1 0 1][0 2 0][0 0 1], stride 2, padding 1, over the pixels [5 0 0][0 1 0][0 0 7], three steps. Of each
     * output's nine taps four lie on pixels. Taps of a weight and a pixel that are not 0: 2, 0, 1 and 2; currents 11, 0, 1, 15;
     * threshold 2, so that output 2 reaches 3 at the last step.
     *
     * <pre>
     * step  membranes    spikes    changed  ACs fc  potential
     * 0     11 0 1 15    1 0 0 1   4        2       2
     * 1     11 0 2 15    1 0 0 1   1        2       4
     * 2     11 0 3 15    1 0 1 1   1        2       6
     * </pre>
     */
    @Test
    void shouldCountAConvolutionOfPixelsWithStrideAndPadding() throws Exception {
        Operation.Conv2d conv = new Operation.Conv2d(
                1, 1, 3, 3, 2, 2, 1, 1, 1, 1, 1, NetworkByHand.bytes(1, 0, 1, 0, 2, 0, 0, 0, 1), new float[1]);
        SpikingNetwork network = new NetworkByHand(new Shape(1, 3, 3), EdgeDomain.unsigned(255))
                .put("conv", conv, new Shape(1, 2, 2), EdgeDomain.signed(10_000), Inbound.from(0))
                .neurons("if", 2, 1)
                .dense("fc", 2, 1, 1, 1, 0, 1)
                .put(
                        "readout",
                        NetworkByHand.neuron(1, 1).withOutput(Operation.Neuron.Output.POTENTIAL, 1),
                        Shape.vector(1),
                        EdgeDomain.signed(100_000),
                        Inbound.from(3))
                .network(Encoder.DIRECT, 3, Readout.Kind.POTENTIAL);
        ImageMetrics metrics = NetworkByHand.measured(network, 5, 0, 0, 0, 1, 0, 0, 0, 7);
        Map<String, LayerMetrics> layers = byName(metrics);

        // The engine works constant input once; each pixel meets 1, 4 and 1 outputs of the four that are.
        assertEquals(operations(16, 0, 5, 6), layers.get("conv").runPerSample());
        assertEquals(operations(48, 0, 15, 18), layers.get("conv").neuroBenchPerSample());
        assertEquals(operations(16, 0, 5, 6), layers.get("conv").neuroBenchPerStep());
        assertTrue(layers.get("conv").counting().rule().contains("runs once a sample"));
        assertEquals(operations(12, 6, 0, 7), layers.get("fc").neuroBenchPerSample());
        assertEquals(operations(60, 6, 15, 25), metrics.neuroBench());
        assertEquals(operations(28, 6, 5, 13), metrics.run());
        assertEquals(6 / 13.0, metrics.costs().connectionSparsity());
        assertEquals(12, metrics.activations());
        assertEquals(5, metrics.silentActivations());
        assertEquals(12 + 3, metrics.membraneUpdates());
        assertEquals(6 + 3, metrics.membranesChanged());
        // 5 int8 MACs of .3 and 6 ACs of .1; 15 updates, each an add and a comparison; 3 words an operation, 2 an
        // update.
        assertEquals(2.1 * PICO, modelled(metrics, "45nm-kinds"), 1e-15);
        assertEquals((2.1 + 15 * 0.2) * PICO, modelled(metrics, "45nm-neurons"), 1e-15);
        assertEquals((5.1 + 5 * (3 * 11 + 2 * 15)) * PICO, modelled(metrics, "45nm-memory"), 1e-12);
    }

    /**
     * {@code fc1} [[2 0][0 2]]; its spikes and the input are added; {@code fc2} [[1 1][1 0]] reads that sum, {@code loop}
     * [[1 2][0 1]] the spikes of {@code if2} a step before; thresholds 1.
     *
     * <pre>
     * step  input  ACs fc1  spikes  sum   MACs fc2    ACs loop  membranes if2  spikes  changed
     * 0     1 0    1        1 0     2 0   2           0         2 2            1 1     4 (the first step)
     * 1     1 1    2        1 1     2 2   3           3         7 3            1 1     1 + 2
     * 2     0 0    0        0 0     0 0   0           3         3 1            1 0     2 + 2
     * </pre>
     */
    @Test
    void shouldCountAResidualSumAndARecurrentEdge() throws Exception {
        Shape two = Shape.vector(2);
        SpikingNetwork network = new NetworkByHand(two, EdgeDomain.SPIKE)
                .dense("fc1", 0, 2, 2, 0, 0, 2)
                .neurons("if1", 1, 1)
                .put("sum", new Join(Join.Kind.ADD), two, EdgeDomain.unsigned(2), Inbound.from(2), Inbound.from(0))
                .dense("fc2", 3, 2, 1, 1, 1, 0)
                .dense("loop", WeightKind.INT8, Inbound.recurrentFrom(6), 2, 1, 2, 0, 1)
                .neurons("if2", 1, 4, 5)
                .network(Encoder.FRAMES, 3);
        ImageMetrics metrics = NetworkByHand.measured(network, 1, 0, 1, 1, 0, 0);
        Map<String, LayerMetrics> layers = byName(metrics);

        assertEquals(operations(12, 3, 0, 6), layers.get("fc1").neuroBenchPerSample());
        assertEquals(operations(12, 0, 5, 6), layers.get("fc2").neuroBenchPerSample());
        assertEquals(operations(12, 6, 0, 8), layers.get("loop").neuroBenchPerSample());
        assertEquals("dense, recurrent", layers.get("loop").counting().kind());
        assertEquals(operations(36, 9, 5, 20), metrics.run());
        assertEquals(4 / 12.0, metrics.costs().connectionSparsity());
        assertEquals(12, metrics.activations());
        assertEquals(4, metrics.silentActivations());
        assertEquals(12, metrics.membraneUpdates());
        assertEquals(11, metrics.membranesChanged());
        assertFalse(layers.get("sum").counting().isCounted());
        assertEquals("join add", layers.get("sum").counting().kind());
    }

    /** The first network again, as a float graph: the same spikes, so the same counts. */
    @Test
    void shouldCountTheFloatGraphAlike() {
        Node neuron = new Node.If(Tensor.scalar(1), Tensor.scalar(1), Tensor.scalar(0));
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("input", new Node.Input(new int[] {3}));
        nodes.put("fc1", new Node.Affine(Tensor.of(new float[] {2, 0, 1, -1, 3, 0}, 2, 3), null));
        nodes.put("if1", neuron);
        nodes.put("fc2", new Node.Affine(Tensor.of(new float[] {1, 1, 0, 2}, 2, 2), null));
        nodes.put("if2", neuron);
        nodes.put("output", new Node.Output(new int[] {2}));
        List<String> names = List.copyOf(nodes.keySet());
        List<Graph.Edge> edges = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            edges.add(new Graph.Edge(names.get(i - 1), names.get(i)));
        }
        SampleSet samples = SampleSet.of(
                "by hand",
                2,
                1,
                new int[] {2, 3},
                NetworkByHand.bytes(1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1),
                new byte[2]);
        FloatMetrics metrics = FloatMetrics.measure(
                new Graph("by hand", nodes, edges, List.of(), "00"),
                new InferenceSettings(Profile.NORSE, 1, 2, Encoder.FRAMES, new Readout(2, 1)),
                samples,
                Progress.SILENT);

        assertEquals(operations(40, 8, 0, 12), metrics.operations());
        assertEquals(4, metrics.steps());
        assertEquals(10, metrics.weights());
        assertEquals(3, metrics.zeroWeights());
        assertEquals(16, metrics.activations());
        assertEquals(12, metrics.silentActivations());
        // Ten weights, and three values of each node of neurons; a membrane each.
        assertEquals(4 * 16, metrics.parameterBytes());
        assertEquals(4 * 4, metrics.stateBytes());
    }

    /**
     * Two neurons that fire at every step, gated by what they gave the step before: at step 0 nothing, at step 1 two spikes, of
     * which one meets a spatial weight; two counts through squeeze, one hidden unit through two weights of excite. Two products a
     * neuron and step are in what runs alone.
     */
    @Test
    void shouldCountAGatesWeightsAndNotItsProductsAsNeuroBenchDoes() throws Exception {
        Shape two = Shape.vector(2);
        AttentionGate gate = new AttentionGate(
                NetworkByHand.bytes(1, 0), 0, 1, 1, NetworkByHand.bytes(1, 1), NetworkByHand.bytes(1, 1), 1);
        SpikingNetwork network = new NetworkByHand(two, EdgeDomain.SPIKE)
                .dense("fc", 0, 2, 5, 0, 0, 5)
                .put("gate", gate, two, EdgeDomain.unsigned(1 << 15), Inbound.recurrentFrom(3))
                .put(
                        "gated",
                        NetworkByHand.neuron(1, 1).withGate(),
                        two,
                        EdgeDomain.SPIKE,
                        Inbound.from(1),
                        Inbound.from(2))
                .network(Encoder.FRAMES, 2);
        LayerMetrics counted =
                byName(NetworkByHand.measured(network, 1, 1, 1, 1)).get("gate");

        assertEquals(operations(2 * 6, 1, 4, 6), counted.neuroBenchPerSample());
        assertEquals(operations(2 * 10, 1, 4 + 8, 6), counted.runPerSample());
    }

    /** Both samples end after step 2 of 5. */
    @Test
    void shouldDivideByTheStepsThatWereRun() throws Exception {
        SpikingNetwork network = new NetworkByHand(Shape.vector(2), EdgeDomain.unsigned(255))
                .dense("fc", 0, 2, 1, 0, 0, 1)
                .neurons("if", 9, 1)
                .network(Encoder.DIRECT, 5, Readout.Kind.COUNT, new Readout.Exit(2, 0, 1));
        ImageMetrics metrics = NetworkByHand.measured(network, 3, 0, 4, 5);

        assertEquals(4, metrics.steps());
        assertEquals(2, metrics.stepsPerSample());
        assertEquals(operations(4, 0, 1.5, 3), metrics.neuroBench().dividedBy(metrics.steps()));
        assertEquals(4, metrics.costs().membraneUpdates());
        assertEquals(8, metrics.membraneUpdates());
    }
}
