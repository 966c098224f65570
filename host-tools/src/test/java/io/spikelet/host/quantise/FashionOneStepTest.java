package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The zoo's one-step network on Fashion-MNIST, against what {@code fashion_export.py} (PyTorch) predicted. */
class FashionOneStepTest {
    private static final InferenceSettings SETTINGS = new InferenceSettings(
            Profile.SNNTORCH, 1e-4, 1, Encoder.DIRECT, new Readout(Readout.Kind.POTENTIAL, 10, 1, Readout.Exit.NEVER));

    private Graph graph;
    private int[] golden;

    @BeforeEach
    void read() throws Exception {
        Path model = ZooFolder.file("models/fashion-onestep.nir");
        assertTrue(Files.size(model) < 2_000_000, "the model must stay below 2 MB");
        graph = NirImporter.read(model);
        golden = Files.readAllLines(ZooFolder.file("models/fashion-onestep.golden.csv")).stream()
                .skip(2)
                .mapToInt(row -> Integer.parseInt(row.split(",")[2]))
                .toArray();
    }

    @Test
    void shouldAnswerInFloatWhatPyTorchAnswers() throws Exception {
        SampleSet some = samples("test:0-50");
        assertArrayEquals(
                Arrays.copyOf(golden, some.count()),
                Evaluation.ofFloat(graph, SETTINGS, some, Progress.SILENT).predictions());
    }

    /** Int8 moves potentials that lie at a threshold: at most 4 of 100 classes change, some for the better. */
    @Test
    void shouldAnswerInIntegersMostlyWhatPyTorchAnswers() throws Exception {
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("fashion-onestep", SETTINGS, 255));
        int[] given = Evaluation.ofInteger(network, samples("test:0-1000"), Progress.SILENT)
                .predictions();
        int differing = 0;
        for (int i = 0; i < given.length; i++) {
            differing += given[i] == golden[i] ? 0 : 1;
        }
        int most = given.length / 25;
        assertTrue(differing <= most, differing + " of " + given.length + " predictions differ");
    }

    private static SampleSet samples(String split) throws Exception {
        Path folder = SharedFolder.file("data/fashion-mnist/t10k-images-idx3-ubyte.gz")
                .getParent();
        return SampleSet.read(folder, split);
    }
}
