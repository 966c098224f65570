package io.spikelet.host.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.reference.FloatSimulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThresholdAdjustmentTest {
    private static final List<float[]> IMAGES = RandomAnn.images(40, 100, 5);
    private static final int STEPS = 4;
    private static final double RATIO = 0.02;
    private static final ConvertOptions LOW = ConvertOptions.rate(STEPS, new ThresholdRule.Percentile(0.6));

    private static Graph ann() {
        return new RandomAnn(3, 1, 10, 10)
                .conv("conv1", 6, 1)
                .relu("relu1")
                .maximum("pool", 2, 2)
                .conv("conv2", 8, 6)
                .relu("relu2")
                .conv("conv3", 8, 8)
                .maximum("pool3", 2, 1)
                .relu("relu3")
                .flatten()
                .dense("readout", 4, 128)
                .graph(4);
    }

    private static SampleSet samples() {
        byte[] bytes = new byte[IMAGES.size() * 100];
        for (int k = 0; k < IMAGES.size(); k++) {
            for (int i = 0; i < 100; i++) {
                bytes[k * 100 + i] = (byte) Math.round(IMAGES.get(k)[i] * 255);
            }
        }
        return SampleSet.of("random", 4, 255, new int[] {1, 10, 10}, bytes, new byte[IMAGES.size()]);
    }

    private static Conversion converted(ConvertOptions options) throws Exception {
        return Converter.convert(ann(), options, Optional.of(samples()), Progress.SILENT);
    }

    private static ThresholdAdjustment.Outcome adjusted(ConvertOptions options, double ratio) throws Exception {
        return ThresholdAdjustment.of(ann(), options, samples(), converted(options), ratio, Progress.SILENT);
    }

    /** The same share by the definition, both networks in float. */
    private static double noisy(Conversion conversion, String activation) {
        FloatSimulator conventional = ActivationStudy.simulator(ReluBeforePool.of(ann()));
        FloatSimulator spiking = FloatSimulator.of(
                conversion.graph(),
                conversion.settings().profile(),
                conversion.settings().dt());
        long noisy = 0;
        long neurons = 0;
        for (float[] image : IMAGES) {
            conventional.step(image);
            float[] value = conventional.output(activation);
            float[] sum = new float[value.length];
            spiking.reset();
            for (int t = 0; t < STEPS; t++) {
                spiking.step(image);
                float[] spikes = spiking.output(activation);
                for (int n = 0; n < sum.length; n++) {
                    sum[n] += spikes[n];
                }
            }
            for (int n = 0; n < sum.length; n++) {
                noisy += value[n] == 0 && sum[n] > 0 ? 1 : 0;
            }
            neurons += sum.length;
        }
        return (double) noisy / neurons;
    }

    @Test
    void shouldCountNeuronsThatFireWithoutAnActivation() throws Exception {
        Conversion conversion = converted(LOW);
        NoisyNeurons integer = NoisyNeurons.of(ann(), Images.of(samples()), 1000, 255, Progress.SILENT);
        assertEquals(40, integer.count());
        Map<String, Double> ratios = integer.ratios(conversion, 0, 40);
        assertEquals(java.util.Set.of("relu1", "relu2", "relu3"), ratios.keySet());
        for (Map.Entry<String, Double> ratio : ratios.entrySet()) {
            // int8 weights move a few membranes over their thresholds.
            assertEquals(noisy(conversion, ratio.getKey()), ratio.getValue(), 0.003, ratio.getKey());
        }
        double first = integer.ratios(conversion, 0, 10).get("relu2");
        double rest = integer.ratios(conversion, 10, 40).get("relu2");
        assertEquals(ratios.get("relu2"), (10 * first + 30 * rest) / 40, 1e-12, "a mean over images");
    }

    @Test
    void shouldRaiseThresholdsUntilNoLayerIsNoisy() throws Exception {
        ThresholdAdjustment.Outcome outcome = adjusted(LOW, RATIO);
        int began = 0;
        for (ThresholdAdjustment.Layer layer : outcome.layers()) {
            began += layer.noisyBefore() > RATIO ? 1 : 0;
            assertTrue(layer.noisyAfter() <= RATIO, layer.toString());
            assertTrue(layer.raises() > 0 || layer.thresholdAfter() == layer.thresholdBefore(), layer.toString());
            assertEquals(layer.thresholdBefore() * (1 + 0.01 * layer.raises()), layer.thresholdAfter(), 1e-5);
            assertEquals(layer.thresholdAfter(), outcome.after().thresholds().get(layer.activation()));
        }
        assertTrue(began > 0, outcome.layers().toString());
        assertEquals(40, outcome.samples());
        assertTrue(
                outcome.after().rule().endsWith(", adjusted"), outcome.after().rule());
    }

    @Test
    void shouldLeaveThresholdsThatAreHighEnough() throws Exception {
        ThresholdAdjustment.Outcome outcome = adjusted(LOW, 0.9);
        assertEquals(outcome.before().thresholds(), outcome.after().thresholds());
    }

    @Test
    void shouldRefuseWhatItCannotAdjust() throws Exception {
        for (double ratio : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> adjusted(LOW, ratio));
        }
        ConvertOptions single = ConvertOptions.firstSpike(24, new ThresholdRule.Percentile(0.999));
        Conversion conversion = converted(LOW);
        assertThrows(
                IllegalArgumentException.class,
                () -> ThresholdAdjustment.of(ann(), single, samples(), conversion, 0.1, Progress.SILENT));
        String message = assertThrows(ConversionException.class, () -> adjusted(LOW, 1e-9))
                .getMessage();
        assertTrue(message.contains("give more steps, or a higher noisy ratio"), message);
    }

    @Test
    void shouldLoseWhatIsAboveTheThresholdAfterAHardResetOnly() throws Exception {
        Conversion soft = converted(LOW);
        Conversion hard = converted(LOW.withReset(ConvertOptions.Reset.HARD));
        assertEquals(Profile.SUBTRACT, soft.settings().profile());
        assertEquals(Profile.NORSE, hard.settings().profile());
        assertTrue(spikes(hard) < spikes(soft), spikes(hard) + " and " + spikes(soft));
        Node.Conv2d before = (Node.Conv2d) ann().node("conv1");
        Node.Conv2d kept = (Node.Conv2d) hard.graph().node("conv1");
        Node.Conv2d moved = (Node.Conv2d) soft.graph().node("conv1");
        assertEquals(before.bias().values()[0], kept.bias().values()[0]);
        assertEquals(
                before.bias().values()[0] + soft.thresholds().get("relu1") / (2f * STEPS),
                moved.bias().values()[0],
                1e-6);
        assertThrows(
                IllegalArgumentException.class,
                () -> ConvertOptions.firstSpike(24, new ThresholdRule.Ceiling()).withReset(ConvertOptions.Reset.HARD));
    }

    private static double spikes(Conversion conversion) {
        FloatSimulator spiking = FloatSimulator.of(
                conversion.graph(),
                conversion.settings().profile(),
                conversion.settings().dt());
        double spikes = 0;
        for (float[] image : IMAGES) {
            spiking.reset();
            for (int t = 0; t < STEPS; t++) {
                spiking.step(image);
                for (float spike : spiking.output("relu1")) {
                    spikes += spike;
                }
            }
        }
        return spikes;
    }
}
