package io.spikelet.bench.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.metrics.SataTerm.Phase;
import io.spikelet.bench.metrics.SataTerm.Unit;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SataEstimateTest {
    private static final int INPUTS = 12;
    private static final int SAMPLES = 5;

    private static SataEstimate vgg5(int steps, double silence, SataMode mode, SataLearning learning) {
        return SataEstimate.of(SataNetwork.vgg5(steps, 2, silence), steps, 0.7, mode, learning);
    }

    private static SataEstimate vgg5(SataMode mode) {
        return vgg5(4, 0.9, mode, SataLearning.THROUGH_TIME);
    }

    /** What RuokaiYin/SATA_Sim prints at commit f318c05 for its own example: T = 4, b = 2, s = .9, s_du = .7. */
    @Test
    void shouldGiveThePublishedScriptsFiguresToTheUnit() {
        SataEstimate compat = vgg5(SataMode.COMPAT);

        assertEquals(4_798_986_139L, SataEstimate.macUnits(compat.total()));
        assertEquals(250_572_777L, SataEstimate.macUnits(compat.of(Phase.FORWARD)));
        assertEquals(625_845L, SataEstimate.macUnits(compat.of(Phase.FORWARD, Unit.COMPUTE)));
        assertEquals(
                4_776_954_304L, SataEstimate.macUnits(vgg5(SataMode.CORRECTED).total()));
    }

    @Test
    void shouldLeaveOutNoLayerOnceCorrected() {
        List<SataLayer> layers = SataNetwork.vgg5(4, 2, 0.9);
        double whole = 0;
        for (SataLayer layer : layers) {
            whole += SataEstimate.of(List.of(layer), 4, 0.7, SataMode.CORRECTED, SataLearning.THROUGH_TIME)
                    .total();
        }

        assertEquals(vgg5(SataMode.CORRECTED).total(), whole, 1e-3);
        assertEquals(
                0,
                SataEstimate.of(List.of(layers.getLast()), 4, 0.7, SataMode.COMPAT, SataLearning.THROUGH_TIME)
                        .total());
    }

    @ParameterizedTest
    @EnumSource
    void shouldFallStrictlyAsSpikesBecomeRarer(SataLearning learning) {
        double before = Double.POSITIVE_INFINITY;
        for (double silence = 0; silence <= 1; silence += 0.125) {
            double total = vgg5(4, silence, SataMode.CORRECTED, learning).total();
            assertTrue(total < before, "at " + silence);
            before = total;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveWeightsOnceWhateverTheSteps(SataMode mode) {
        SataEstimate four = vgg5(4, 0.9, mode, SataLearning.THROUGH_TIME);
        SataEstimate eight = vgg5(8, 0.9, mode, SataLearning.THROUGH_TIME);

        assertEquals(four.weightDram(), eight.weightDram());
        assertEquals(four.of(Phase.UPDATE, Unit.DRAM), eight.of(Phase.UPDATE, Unit.DRAM));
        assertTrue(eight.of(Phase.FORWARD, Unit.DRAM) < 2 * four.of(Phase.FORWARD, Unit.DRAM));
        assertEquals(2 * four.of(Phase.BACKWARD, Unit.DRAM), eight.of(Phase.BACKWARD, Unit.DRAM), 1);
        assertTrue(eight.total() > four.total() && eight.total() < 2 * four.total());
    }

    @Test
    void shouldReadBackNothingOfEarlierStepsWhenLearningOnline() {
        SataEstimate four = vgg5(4, 0.9, SataMode.CORRECTED, SataLearning.ONLINE);
        SataEstimate eight = vgg5(8, 0.9, SataMode.CORRECTED, SataLearning.ONLINE);
        SataEstimate through = vgg5(SataMode.CORRECTED);

        assertEquals(0, eight.of(Phase.BACKWARD, Unit.DRAM));
        assertEquals(four.of(Phase.UPDATE, Unit.DRAM), eight.of(Phase.UPDATE, Unit.DRAM));
        assertEquals(through.of(Phase.FORWARD), four.of(Phase.FORWARD));
        assertTrue(four.of(Phase.BACKWARD) < through.of(Phase.BACKWARD));
        // Traces are words where spikes were bits, and are multiplied: the update takes more.
        assertTrue(four.of(Phase.UPDATE) > through.of(Phase.UPDATE));
    }

    /** The same weights and frames, thresholds that let fewer and fewer neurons fire. */
    private static ImageMetrics measured(int threshold, int steps) throws Exception {
        Random random = new Random(5);
        SpikingNetwork network = new NetworkByHand(Shape.vector(INPUTS), EdgeDomain.SPIKE)
                .dense("fc1", 0, 10, random.ints(10 * INPUTS, -3, 6).toArray())
                .neurons("if1", threshold, 1)
                .dense("fc2", 2, 8, random.ints(80, -3, 6).toArray())
                .neurons("if2", threshold, 3)
                .dense("fc3", 4, 4, random.ints(32, -3, 6).toArray())
                .neurons("if3", threshold, 5)
                .network(Encoder.FRAMES, steps);
        return NetworkByHand.measured(
                network, random.ints((long) SAMPLES * steps * INPUTS, 0, 2).toArray());
    }

    @Test
    void shouldFallStrictlyForEveryModelAsMeasuredSparsityRises() throws Exception {
        List<ImageMetrics> runs = new ArrayList<>();
        for (int threshold : new int[] {2, 12, 30, 70}) {
            runs.add(measured(threshold, 6));
        }
        for (int i = 1; i < runs.size(); i++) {
            ImageMetrics before = runs.get(i - 1);
            ImageMetrics after = runs.get(i);
            assertTrue(after.silentActivations() > before.silentActivations());
            EnergyModels.microjoules(before).forEach((model, energy) -> {
                double rarer = EnergyModels.microjoules(after).get(model);
                assertTrue(rarer < energy, model + " " + energy + " became " + rarer);
            });
        }
    }

    @Test
    void shouldTakeStepsAndWeightsFromTheImage() throws Exception {
        List<SataLayer> layers = SataNetwork.of(measured(12, 6));
        SataLayer first = layers.getFirst();

        assertEquals(3, layers.size());
        assertEquals(10 * INPUTS, first.weights());
        assertEquals(8, first.bits());
        assertEquals(1, first.inputBits());
        assertEquals(SataLayer.Kind.OUTPUT, layers.getLast().kind());
        SataEstimate six = SataEstimate.of(layers, 6, 0.7, SataMode.CORRECTED, SataLearning.THROUGH_TIME);
        SataEstimate twelve = SataEstimate.of(
                SataNetwork.of(measured(12, 12)), 12, 0.7, SataMode.CORRECTED, SataLearning.THROUGH_TIME);
        assertEquals(six.weightDram(), twelve.weightDram());
        // W/2 forward at 8 of 16 bits and 2W in the update, of 55.58 pJ.
        assertEquals(2.5 * (120 + 80 + 32) * 55.58, six.weightDram(), 1e-9);
    }

    @Test
    void shouldMultiplyWhatIsNoSpike() {
        SataLayer spikes = SataLayer.linear("fc", SataLayer.Kind.LINEAR, 100, 10, 8, 0.5, 0.5);
        SataLayer pixels = new SataLayer("fc", SataLayer.Kind.LINEAR, 1000, 10, 100, 1000, 1000, 8, 8, 0.5, 0.5);
        double ofSpikes = forwardMacs(spikes, SataMode.CORRECTED);
        double ofPixels = forwardMacs(pixels, SataMode.CORRECTED);

        // Half of 1000 connections, two steps, 8 of 16 bits: 500 units.
        assertEquals(500 * (0.0389 + 0.000794), ofSpikes, 1e-9);
        assertEquals(500 * 0.2779, ofPixels, 1e-9);
        assertEquals(forwardMacs(spikes, SataMode.COMPAT), forwardMacs(pixels, SataMode.COMPAT));
    }

    private static double forwardMacs(SataLayer layer, SataMode mode) {
        return SataEstimate.of(List.of(layer), 2, 0.7, mode, SataLearning.THROUGH_TIME)
                .picojoules()
                .get(SataTerm.MAC_FORWARD);
    }
}
