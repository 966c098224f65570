package io.spikelet.host.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.nir.NirExportException;
import io.spikelet.host.nir.NirExporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Norms in front of convolutions that pad; the file is torch's, by bench-rigs/golden/onnx_models.py. */
class NormConversionTest {
    private static final int SIZE = 2 * 8 * 10;

    private static Graph normsBeforePadding() throws Exception {
        return GraphFiles.read(Path.of("src/test/golden/onnx/torch-norms-before-padding.onnx"));
    }

    @Test
    void shouldSpikeAndCountInIntegersWhatTheModelComputesAlsoAlongTheBorder() throws Exception {
        Graph ann = normsBeforePadding();
        List<float[]> images = RandomAnn.images(20, SIZE, 8);
        byte[] bytes = new byte[images.size() * SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(images.get(i / SIZE)[i % SIZE] * 255);
        }
        SampleSet samples = SampleSet.of("random", 3, 255, new int[] {2, 8, 10}, bytes, new byte[images.size()]);
        ConvertOptions options = ConvertOptions.rate(255, new ThresholdRule.Largest());
        Conversion conversion = Converter.convert(ann, options, Optional.of(samples), Progress.SILENT);
        SpikingNetwork network =
                Quantiser.convert(conversion.graph(), QuantiseOptions.of("norms", conversion.settings(), 255));
        Classifier integer = Classifier.load(network);
        Inference answer = Inference.forNetwork(network);
        FloatSimulator conventional = ActivationStudy.simulator(ann);
        double unit = OutputUnit.of(conversion, network);
        byte[] sample = new byte[SIZE];
        for (int k = 0; k < images.size(); k++) {
            samples.read(k, sample, 0);
            integer.infer(sample, 0, answer);
            conventional.step(images.get(k));
            for (int c = 0; c < 3; c++) {
                assertEquals(conventional.output()[c], answer.scores()[c] * unit, 0.06, "image " + k + ", class " + c);
            }
        }
    }

    @Test
    void shouldRefuseToWriteABiasForEachNeuronAsNir(@TempDir Path folder) throws Exception {
        Graph weights = new RandomAnn(1, 1, 4, 4)
                .then(
                        "conv",
                        new Node.Conv2d(
                                Tensor.of(new float[9], 1, 1, 3, 3),
                                Tensor.of(new float[16], 1, 4, 4),
                                new int[] {1, 1},
                                new int[] {1, 1},
                                new int[] {1, 1},
                                1,
                                null))
                .flatten()
                .graph(16);
        Path file = folder.resolve("norms.nir");
        String message = assertThrows(NirExportException.class, () -> NirExporter.write(weights, file))
                .getMessage();
        assertTrue(
                message.contains("node 'conv', field 'bias': has a value for each neuron")
                        && message.contains("NIR has one for each channel"),
                message);
        assertTrue(Files.notExists(file));
    }
}
