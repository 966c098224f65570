package io.spikelet.host.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The zoo's conventional networks on the first test images; all 10,000 are for {@code spikelet bench convert}. */
class FashionConversionTest {
    private static SampleSet images(int count) throws Exception {
        Path file = SharedFolder.file("data/fashion-mnist/t10k-images-idx3-ubyte.gz");
        return SampleSet.read(file.getParent(), "test").first(count);
    }

    private static Graph model(String name) throws Exception {
        Path file = ZooFolder.file("models/" + name + ".onnx");
        assertTrue(Files.size(file) < 2_000_000, "the model must stay below 2 MB");
        return GraphFiles.read(file);
    }

    private static Evaluation spiking(Graph ann, ConvertOptions options, SampleSet images) throws Exception {
        Conversion conversion = Converter.convert(ann, options, Optional.of(images), Progress.SILENT);
        SpikingNetwork network =
                Quantiser.convert(conversion.graph(), QuantiseOptions.of("fashion", conversion.settings(), 255));
        return Evaluation.ofInteger(network, images, Progress.SILENT);
    }

    @Test
    void shouldKeepTheClassesOfANetworkWithTrainedCeilings() throws Exception {
        SampleSet images = images(40);
        Graph ann = model("fashion-clip");
        Evaluation conventional =
                Evaluation.ofFloat(ann, Converter.conventional(ann, Optional.of(images)), images, Progress.SILENT);
        Evaluation trained = spiking(ann, ConvertOptions.rate(32, new ThresholdRule.Ceiling()), images);
        Evaluation largest =
                spiking(model("fashion-ann"), ConvertOptions.rate(32, new ThresholdRule.Largest()), images);
        assertTrue(trained.agreementWith(conventional) >= 36, "agrees on " + trained.agreementWith(conventional));
        assertTrue(
                largest.agreementWith(conventional) < trained.agreementWith(conventional),
                "the largest activation agrees on " + largest.agreementWith(conventional));
    }

    private static RateFidelity fidelity(Graph ann, BurstNeurons bursts, SampleSet images) throws Exception {
        ConvertOptions options =
                ConvertOptions.rate(32, new ThresholdRule.Ceiling()).withBursts(bursts);
        Conversion conversion = Converter.convert(ann, options, Optional.of(images), Progress.SILENT);
        SpikingNetwork network =
                Quantiser.convert(conversion.graph(), QuantiseOptions.of("fashion", conversion.settings(), 255));
        return RateFidelity.of(ann, conversion, network, images, Progress.SILENT);
    }

    @Test
    void shouldComeNearerToTheModelWhereNeuronsTakeSpikesBack() throws Exception {
        SampleSet images = images(10);
        Graph ann = model("fashion-clip");
        RateFidelity stay = fidelity(ann, new BurstNeurons(BurstNeurons.PUBLISHED_MOST), images);
        RateFidelity back = fidelity(ann, BurstNeurons.calibrated(32), images);
        assertTrue(back.silentThatFired() < stay.silentThatFired() / 2, back + " against " + stay);
        assertTrue(back.outputError() < stay.outputError(), back + " against " + stay);
    }

    @Test
    void shouldKeepTheClassesOfANetworkForSingleSpikes() throws Exception {
        SampleSet images = images(40);
        Graph ann = model("fashion-ttfs");
        ConvertOptions options = ConvertOptions.firstSpike(24, new ThresholdRule.Ceiling());
        Conversion conversion = Converter.convert(ann, options, Optional.empty(), Progress.SILENT);
        Evaluation floating = Evaluation.ofFloat(conversion.graph(), conversion.settings(), images, Progress.SILENT);
        assertEquals(40, spiking(ann, options, images).agreementWith(floating));
    }
}
