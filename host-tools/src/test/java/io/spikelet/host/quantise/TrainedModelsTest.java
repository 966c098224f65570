package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.LayerReport;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.host.shared.BrailleSamples;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Trained networks, whole data sets: int8 must cost next to nothing. */
class TrainedModelsTest {
    private static final InferenceSettings DIGITS =
            new InferenceSettings(Profile.SNNTORCH, 1e-4, 4, Encoder.DIRECT, new Readout(10, 5));
    private static final InferenceSettings BRAILLE =
            new InferenceSettings(Profile.SNNTORCH, 1e-4, 256, Encoder.FRAMES, new Readout(7, 1));

    @Test
    void shouldClassifyDigitsInIntegersAsWellAsInFloat() throws Exception {
        Graph graph = NirImporter.read(ZooFolder.file("models/digits-conv.nir"));
        Path data = ZooFolder.file("data/digits.h5");
        QuantiseOptions options = QuantiseOptions.of("digits", DIGITS, 16).withLearning(0.002f, 1);
        QuantisedModel model = Quantiser.quantise(graph, options, SampleSet.read(data, "calibration"));
        SampleSet test = SampleSet.read(data, "test");

        Evaluation floating = Evaluation.ofFloat(graph, DIGITS, test, Progress.SILENT);
        Evaluation integer = Evaluation.ofInteger(model.network(), test, Progress.SILENT);

        assertTrue(
                Math.abs(integer.accuracy().share() - floating.accuracy().share()) <= 0.005,
                () -> "float " + floating.accuracy() + ", integer " + integer.accuracy());
        assertSpikesAgree(model.report(), 0.96);
    }

    @Test
    void shouldReadBrailleInIntegersAsWellAsInFloat() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/braille_noDelay_bias_zero.nir"));
        SampleSet samples = braille();
        QuantisedModel model = Quantiser.quantise(graph, QuantiseOptions.of("braille", BRAILLE, 1), samples);

        assertEquals(1159, model.report().integer().accuracy().count());
        assertTrue(
                model.report().integer().accuracy().share() >= 0.955,
                () -> model.report().integer().accuracy().toString());
        assertSpikesAgree(model.report(), 0.8);
    }

    /** Calibrated on the first 300 recordings, told by all: rounding each weight to its nearest int4 loses every sixth. */
    @Test
    void shouldReadBrailleWithWeightsOfFourBitsThatRoundByWhatTheyMeet() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/braille_noDelay_bias_zero.nir"));
        SampleSet all = braille();
        SampleSet first = braille(300);
        QuantiseOptions nearest = QuantiseOptions.of("braille", BRAILLE, 1).withWeights(WeightKind.INT4);
        QuantiseOptions adaptive = nearest.withRounding(RoundingKind.ADAPTIVE);
        SpikingNetwork network = Quantiser.quantise(graph, adaptive, first).network();

        Accuracy plain = Evaluation.ofInteger(Quantiser.convert(graph, nearest), all, Progress.SILENT)
                .accuracy();
        Accuracy adapted = Evaluation.ofInteger(network, all, Progress.SILENT).accuracy();

        assertTrue(
                adapted.share() >= 0.92 && adapted.share() > plain.share() + 0.05, () -> adapted + " after " + plain);
        assertArrayEquals(
                NetworkCodec.encode(network),
                NetworkCodec.encode(Quantiser.quantise(graph, adaptive, first).network()));
    }

    /** One power of two for a whole layer is the coarsest int8; nearest rounding gives .940, as others found too. */
    @Test
    void shouldReadBrailleWithOnePowerOfTwoALayer() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/braille_noDelay_bias_zero.nir"));
        WeightRule rule =
                WeightRule.AUTO.as(WeightKind.INT8).withOneScaleALayer().withPowersOfTwo();
        QuantiseOptions options = QuantiseOptions.of("braille", BRAILLE, 1).withWeights(rule);
        SpikingNetwork adapted = Quantiser.quantise(graph, options.withRounding(RoundingKind.ADAPTIVE), braille(300))
                .network();

        Accuracy plain = Evaluation.ofInteger(Quantiser.convert(graph, options), braille(), Progress.SILENT)
                .accuracy();
        Accuracy adaptive =
                Evaluation.ofInteger(adapted, braille(), Progress.SILENT).accuracy();

        assertEquals(0.94, plain.share(), 0.005);
        assertTrue(adaptive.share() >= 0.95, adaptive::toString);
    }

    @Test
    void shouldRefuseToRoundByWhatIsMetWhereNothingIs() throws Exception {
        Graph graph = NirImporter.read(ZooFolder.file("models/digits-conv.nir"));
        QuantiseOptions options = QuantiseOptions.of("digits", DIGITS, 16).withRounding(RoundingKind.ADAPTIVE);
        assertThrows(IllegalArgumentException.class, () -> Quantiser.convert(graph, options));
    }

    /** What is left when the float network takes the rounded weights is what fixed-point membranes cost: nothing. */
    @Test
    void shouldDifferFromFloatByTheRoundedWeightsAlone() throws Exception {
        Graph graph = NirImporter.read(ZooFolder.file("models/digits-conv.nir"));
        SampleSet samples = SampleSet.read(ZooFolder.file("data/digits.h5"), "test");
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("digits", DIGITS, 16));

        SpikeComparison comparison =
                SpikeComparison.run(RoundedWeights.in(graph, network), DIGITS, network, samples, Progress.SILENT);

        for (SpikeAgreement layer : comparison.layers()) {
            assertTrue(layer.agreement() >= 0.9999, layer::toString);
        }
        assertArrayEquals(
                comparison.floating().predictions(), comparison.integer().predictions());
    }

    @Test
    void shouldDifferFromFloatByTheRoundedWeightsAloneOverManyRecurrentSteps() throws Exception {
        Graph graph = NirImporter.read(SharedFolder.file("models/nir/braille_noDelay_bias_zero.nir"));
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("braille", BRAILLE, 1));

        SpikeComparison comparison =
                SpikeComparison.run(RoundedWeights.in(graph, network), BRAILLE, network, braille(), Progress.SILENT);
        for (SpikeAgreement layer : comparison.layers()) {
            assertTrue(layer.agreement() >= 0.999, layer::toString);
        }
    }

    @Test
    void shouldGiveTheSameBytesWhenTheSameGraphIsQuantisedTwice() throws Exception {
        Graph graph = NirImporter.read(ZooFolder.file("models/digits-conv.nir"));
        SampleSet samples = SampleSet.read(ZooFolder.file("data/digits.h5"), "calibration");
        QuantiseOptions options = QuantiseOptions.of("digits", DIGITS, 16);

        byte[] first =
                NetworkCodec.encode(Quantiser.quantise(graph, options, samples).network());
        byte[] second =
                NetworkCodec.encode(Quantiser.quantise(graph, options, samples).network());

        assertArrayEquals(first, second);
    }

    private static void assertSpikesAgree(QuantisationReport report, double least) {
        for (LayerReport layer : report.layers()) {
            layer.neurons().ifPresent(neurons -> assertTrue(neurons.spikes().agreement() >= least, report::toText));
        }
    }

    private static SampleSet braille() throws Exception {
        return braille(BrailleSamples.load().count());
    }

    private static SampleSet braille(int count) throws Exception {
        BrailleSamples recordings = BrailleSamples.load();
        int bytes = recordings.steps() * recordings.channels();
        byte[] samples = new byte[count * bytes];
        byte[] labels = new byte[count];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(recordings.bytes(i), 0, samples, i * bytes, bytes);
            labels[i] = (byte) recordings.label(i);
        }
        int[] shape = {recordings.steps(), recordings.channels()};
        return SampleSet.of("Braille letters", 7, 1, shape, samples, labels);
    }
}
