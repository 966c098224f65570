package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.EventFraming;
import io.spikelet.host.Progress;
import io.spikelet.host.data.EventRecordings;
import io.spikelet.host.data.Fold;
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
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The zoo's event-frame network, against what {@code nmnist.py} (PyTorch, numpy) made of the same recordings. */
class NmnistFramesTest {
    private static final Encoder.EventFrames WHOLE = new Encoder.EventFrames(Encoder.Window.TIME, 0);
    private static final EventFraming FRAMING = new EventFraming(WHOLE, new Shape(2, 34, 34), 6, 15);
    private static final InferenceSettings SETTINGS = new InferenceSettings(
            Profile.SNNTORCH, 1e-4, 6, WHOLE, new Readout(Readout.Kind.POTENTIAL, 10, 1, Readout.Exit.NEVER));

    private Graph graph;
    private SpikingNetwork network;
    private List<String> golden;

    @BeforeEach
    void quantise() throws Exception {
        Path model = ZooFolder.file("models/nmnist-frames.nir");
        assertTrue(Files.size(model) < 2_000_000, "the model must stay below 2 MB");
        graph = NirImporter.read(model);
        network = Quantiser.convert(
                graph, QuantiseOptions.of("nmnist-frames", SETTINGS, 1).withInputMaximum(15));
        golden = Files.readAllLines(ZooFolder.file("models/nmnist-frames.golden.csv"));
    }

    @Test
    void shouldSayInItsImageHowRecordingsBecomeFrames() {
        assertEquals(Optional.of(FRAMING), EventFraming.of(network));
        assertEquals(FRAMING.sampleBytes(), network.sampleBytes());
    }

    /** The golden file's first line ends with the SHA-256 of all frames and labels. */
    @Test
    void shouldMakeTheSameBytesOfEveryRecordingAsNumpy() throws Exception {
        String digest = golden.getFirst().replaceFirst(".*: ", "");
        assertEquals(digest, samples("test", Optional.empty()).digest());
    }

    @Test
    void shouldAnswerInFloatWhatPyTorchAnswers() throws Exception {
        SampleSet some = samples("test:0-100", Optional.empty());
        assertArrayEquals(
                Arrays.copyOf(predictions(), some.count()),
                Evaluation.ofFloat(graph, SETTINGS, some, Progress.SILENT).predictions());
    }

    /** At most 1 of 100 classes changes by int8, and the recordings that it was not trained on stay above 95 %. */
    @Test
    void shouldAnswerInIntegersAlmostAlwaysWhatPyTorchAnswers() throws Exception {
        int[] wanted = predictions();
        int[] given = Evaluation.ofInteger(network, samples("test", Optional.empty()), Progress.SILENT)
                .predictions();
        int differing = 0;
        for (int i = 0; i < given.length; i++) {
            differing += given[i] == wanted[i] ? 0 : 1;
        }
        int most = given.length / 100;
        assertTrue(differing <= most, differing + " of " + given.length + " predictions differ");

        SampleSet heldOut = samples("test", Optional.of(new Fold(1, 5)));
        Evaluation evaluation = Evaluation.ofInteger(network, heldOut, Progress.SILENT);
        assertTrue(
                evaluation.accuracy().share() >= 0.95,
                () -> evaluation.accuracy().toString());
    }

    /** (1000) in order of number. */
    private int[] predictions() {
        return golden.stream()
                .skip(2)
                .mapToInt(row -> Integer.parseInt(row.split(",")[2]))
                .toArray();
    }

    private static SampleSet samples(String split, Optional<Fold> fold) throws Exception {
        Path zip = SharedFolder.file("data/nmnist-train1k/nmnist_train1k.zip");
        return EventRecordings.open(zip).samples(FRAMING, split, fold);
    }
}
