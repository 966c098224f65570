package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.ActivityMeter;
import io.spikelet.host.report.EnergyModel;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.Margin;
import io.spikelet.host.report.NetworkCosts;
import io.spikelet.host.report.PayloadBytes;
import io.spikelet.host.report.SynapticOperations;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations, bytes, margins and energy of networks small enough to count by hand, and the engine's own count. */
class NetworkCostsTest {
    private static final int SAMPLES = 3;

    /** {@code fc1} 3 → 2 with one zero, IF neurons with threshold 1, {@code fc2} 2 → 2, IF neurons. */
    private static Graph small() {
        Node neuron = new Node.If(Tensor.scalar(1), Tensor.scalar(1), Tensor.scalar(0));
        return ChainBuilder.from(3)
                .then("fc1", ChainBuilder.affine(2, 2, 0, 0.5f, 0.25f, 2, 0.5f))
                .then("if1", neuron)
                .then("fc2", ChainBuilder.affine(2, 2, 0.25f, 0, 2))
                .then("if2", neuron)
                .to(2);
    }

    private static InferenceSettings settings(int steps, Encoder encoder) {
        return new InferenceSettings(Profile.NORSE, 1, steps, encoder, new Readout(2, 1));
    }

    private static SpikingNetwork network(int steps, Encoder encoder) throws QuantiseException {
        return Quantiser.convert(small(), QuantiseOptions.of("small", settings(steps, encoder), 2));
    }

    /**
     * Two steps. Frame 1 is (1, 0, 0): a unit, 2 outputs, both weights of it not 0; neuron 0 gets 2 and fires, neuron 1
     * gets 0.25. Frame 2 is (0, 2, 1): no unit; of its 4 connections one weight is 0; neuron 0 gets 0.25, neuron 1 fires.
     */
    @Test
    void shouldCountOperationsThatCanBeCountedByHand() throws Exception {
        SpikingNetwork network = network(2, Encoder.FRAMES);
        SampleSet samples = SampleSet.of("one", 2, 2, new int[] {2, 3}, new byte[] {1, 0, 0, 0, 2, 1}, new byte[] {0});
        List<LayerActivity> layers = ActivityMeter.run(network, samples, Progress.SILENT);
        Map<String, LayerActivity> byName =
                layers.stream().collect(Collectors.toMap(LayerActivity::layer, layer -> layer));

        // The input's full scale is 2, so a 1 is half: neuron 0 gets 2 · 0.5 = 1 and does not exceed 1.
        SynapticOperations first = byName.get("fc1").operations().orElseThrow();
        assertEquals(new SynapticOperations(12, 2, 3, 6), first);
        // Step 2 brings neuron 0 to 1.25 and neuron 1 to 0.125 + 2.25: both fire, through 3 weights that are not 0.
        SynapticOperations second = byName.get("fc2").operations().orElseThrow();
        assertEquals(new SynapticOperations(8, 3, 0, 4), second);
        assertEquals(0.5, byName.get("if1").sparsity().orElseThrow());

        NetworkCosts costs = NetworkCosts.of(network, layers);
        assertEquals(new SynapticOperations(20, 5, 3, 10), costs.operations());
        assertEquals(8, costs.membraneUpdates());
        assertEquals(0.2, costs.connectionSparsity());
        assertEquals(16, costs.stateBytes());
        assertEquals(costs.parameterBytes() + 16, costs.footprint());
        // if2 gets (2, 0.25 + 2) from both spikes of step 2 and fires twice: 4 of 8 values.
        assertEquals(0.5, costs.activationSparsity());
    }

    @Test
    void shouldCountALayerOfConstantInputOnce() throws Exception {
        SampleSet samples = SampleSet.of("one", 2, 2, new int[] {3}, new byte[] {2, 0, 2}, new byte[] {0});
        List<LayerActivity> layers = ActivityMeter.run(network(5, Encoder.DIRECT), samples, Progress.SILENT);

        assertEquals(
                new SynapticOperations(6, 0, 4, 4), layers.get(1).operations().orElseThrow());
        assertEquals(20, layers.get(3).operations().orElseThrow().dense());
    }

    @Test
    void shouldTellTheLargestThatWasSeenFromTheLargestThatCanBe() throws Exception {
        SampleSet samples = SampleSet.of("one", 2, 2, new int[] {3}, new byte[] {2, 0, 0}, new byte[] {0});
        List<LayerActivity> layers = ActivityMeter.run(network(1, Encoder.DIRECT), samples, Progress.SILENT);

        // 2 · 127 of code 127 was seen; the input's three values at 2 bring 2 · (127 + 0 + 32) or 2 · (16 + 127 + 32).
        Margin margin = layers.get(1).margin().orElseThrow();
        assertEquals(new Margin(2 * (16 + 127 + 32), 2 * 127), margin);
        assertEquals(31 - Math.log(350) / Math.log(2), margin.provedBits(), 1e-12);
        assertEquals(31 - Math.log(254) / Math.log(2), margin.observedBits(), 1e-12);
        assertEquals(margin.observedBits() - margin.provedBits(), margin.unusedBits(), 1e-12);
    }

    /** docs/equations.md, N4: convolutions, groups, pools, recurrent edges, sums of spikes, constant and framed input. */
    @Test
    void shouldAgreeWithTheEnginesOwnCount() throws Exception {
        int recurrent = 0;
        for (int seed = 0; seed < 40; seed++) {
            ExactGraphs graphs = new ExactGraphs(seed);
            Graph graph = switch (seed % 3) {
                case 0 -> graphs.planes();
                case 1 -> graphs.vector();
                default -> graphs.residual();
            };
            boolean ends = seed % 3 == 2;
            Encoder encoder = seed % 2 == 0 ? Encoder.DIRECT : Encoder.FRAMES;
            InferenceSettings settings = new InferenceSettings(
                    Profile.SNNTORCH,
                    1,
                    3,
                    encoder,
                    new Readout(
                            ends ? Readout.Kind.POTENTIAL : Readout.Kind.COUNT,
                            ExactGraphs.CLASSES,
                            1,
                            Readout.Exit.NEVER));
            SpikingNetwork network =
                    Quantiser.convert(graph, QuantiseOptions.of("any", settings, ExactGraphs.FULL_SCALE));
            int bytes = network.sampleBytes();
            SampleSet samples = SampleSet.of(
                    "random",
                    ExactGraphs.CLASSES,
                    ExactGraphs.FULL_SCALE,
                    new int[] {bytes},
                    graphs.sample(SAMPLES * bytes),
                    new byte[SAMPLES]);
            List<LayerActivity> layers = ActivityMeter.run(network, samples, Progress.SILENT);
            SynapticOperations all = NetworkCosts.of(network, layers).operations();

            double counted =
                    Evaluation.ofInteger(network, samples, Progress.SILENT).operationsPerInference();
            assertEquals(counted, all.events(), 1e-9, "seed " + seed);
            assertTrue(all.effective() <= counted + 1e-9 && counted <= all.dense() + 1e-9, "seed " + seed);
            recurrent += network.layers().stream()
                            .anyMatch(layer -> layer.inputs().stream().anyMatch(edge -> edge.delay() == 1))
                    ? 1
                    : 0;
        }
        assertTrue(recurrent > 5, "too few recurrent networks: " + recurrent);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatEveryByteOfThePayloadIsFor(WeightKind kind) throws Exception {
        SpikingNetwork network = Quantiser.convert(
                small(),
                QuantiseOptions.of("small", settings(2, Encoder.DIRECT), 2).withWeights(kind));
        PayloadBytes payload = PayloadBytes.of(network);
        Map<String, Long> parts =
                payload.parts().stream().collect(Collectors.toMap(PayloadBytes.Part::kind, PayloadBytes.Part::bytes));

        assertEquals(NetworkCodec.encode(network).length, payload.total());
        // Six weights and four, each layer's rounded up to a byte; two scales each.
        long first = (6 * kind.bits() + 7) / 8;
        long second = (4 * kind.bits() + 7) / 8;
        assertEquals(first + second, parts.get(kind.name().toLowerCase(java.util.Locale.ROOT) + " weights"));
        assertEquals(16, parts.get("weight scales"));
        long thresholds = 0;
        long drives = 0;
        long leaks = 0;
        long units = 0;
        for (Layer layer : network.layers()) {
            if (layer.operation() instanceof Operation.Neuron neuron) {
                thresholds += varints(neuron.threshold());
                drives += varints(neuron.drives().getFirst().gain())
                        + varints(neuron.drives().getFirst().bias());
                leaks += varints(neuron.a0()) + varints(neuron.b0()) + varints(neuron.a1()) + varints(neuron.b1());
                units += 4L * neuron.membraneUnit().length;
            }
        }
        assertEquals(thresholds, parts.get("thresholds"));
        assertEquals(drives, parts.get("gains and biases"));
        assertEquals(leaks, parts.get("leaks and offsets"));
        assertEquals(units, parts.get("membrane units"));
        assertTrue(parts.get(PayloadBytes.REST) > 0);
    }

    /** Seven bits a byte of what Protocol Buffers calls zigzag: {@code 2v}, or {@code −2v − 1} below 0. */
    private static long varints(int[] values) {
        long bytes = 0;
        for (int value : values) {
            long zigzag = value < 0 ? -2L * value - 1 : 2L * value;
            bytes += Math.max(1, (64 - Long.numberOfLeadingZeros(zigzag) + 6) / 7);
        }
        return bytes;
    }

    @Test
    void shouldEstimateEnergyFromOperationsAlone() {
        NetworkCosts costs = new NetworkCosts(new SynapticOperations(0, 1000, 100, 0), 10, 0, 0, 0, 0);

        assertEquals(0.1 + 0.03, EnergyModel.named("45nm").nanojoules(costs), 1e-12);
        assertEquals(0.9 + 0.46, EnergyModel.named("45nm-float").nanojoules(costs), 1e-12);
        assertEquals(1100 * 0.0236 + 10 * 0.081, EnergyModel.named("loihi").nanojoules(costs), 1e-12);
        for (EnergyModel model : EnergyModel.values()) {
            assertTrue(model.source().contains("pJ") && !model.leavesOut().isEmpty(), model::word);
        }
        assertEquals(
                "--energy-model is 45nm, 45nm-float, loihi, not 'gpu'",
                assertThrows(IllegalArgumentException.class, () -> EnergyModel.named("gpu"))
                        .getMessage());
    }
}
