package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The zoo's networks on Fashion-MNIST, against what {@code fashion_export.py} (PyTorch) predicted. */
class FashionZooTest {
    private static final Readout READOUT = new Readout(Readout.Kind.POTENTIAL, 10, 1, Readout.Exit.NEVER);

    private enum Model {
        ONESTEP("fashion-onestep", Profile.SNNTORCH, 1),
        BINARY("fashion-binary", Profile.SNNTORCH, 1),
        SEW("fashion-sew", Profile.SUBTRACT, 4);

        private final String file;
        private final InferenceSettings settings;

        Model(String file, Profile profile, int steps) {
            this.file = file;
            settings = new InferenceSettings(profile, 1e-4, steps, Encoder.DIRECT, READOUT);
        }

        Graph graph() throws Exception {
            Path model = ZooFolder.file("models/" + file + ".nir");
            assertTrue(Files.size(model) < 2_000_000, "the model must stay below 2 MB");
            return NirImporter.read(model);
        }

        int[] golden() throws Exception {
            return Files.readAllLines(ZooFolder.file("models/" + file + ".golden.csv")).stream()
                    .skip(2)
                    .mapToInt(row -> Integer.parseInt(row.split(",")[2]))
                    .toArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerInFloatWhatPyTorchAnswers(Model model) throws Exception {
        SampleSet some = samples("test:0-50");
        assertArrayEquals(
                Arrays.copyOf(model.golden(), some.count()),
                Evaluation.ofFloat(model.graph(), model.settings, some, Progress.SILENT)
                        .predictions());
    }

    /** Int8 moves potentials that lie at a threshold: at most 4 of 100 classes change, some for the better. */
    @ParameterizedTest
    @EnumSource
    void shouldAnswerInIntegersMostlyWhatPyTorchAnswers(Model model) throws Exception {
        SpikingNetwork network = Quantiser.convert(model.graph(), QuantiseOptions.of(model.file, model.settings, 255));
        int[] given = Evaluation.ofInteger(network, samples("test:0-1000"), Progress.SILENT)
                .predictions();
        int[] golden = model.golden();
        int differing = 0;
        for (int i = 0; i < given.length; i++) {
            differing += given[i] == golden[i] ? 0 : 1;
        }
        int most = given.length / 25;
        assertTrue(differing <= most, differing + " of " + given.length + " predictions differ");
    }

    @Test
    void shouldKeepTheHiddenConvolutionsOfTheBinaryNetworkAtOneBit() throws Exception {
        SpikingNetwork network =
                Quantiser.convert(Model.BINARY.graph(), QuantiseOptions.of("binary", Model.BINARY.settings, 255));
        List<WeightKind> kinds = network.layers().stream()
                .map(Layer::operation)
                .filter(Operation.Conv2d.class::isInstance)
                .map(conv -> ((Operation.Conv2d) conv).kind())
                .toList();
        WeightKind bit = WeightKind.BINARY;
        assertEquals(List.of(WeightKind.INT8, bit, bit, bit, bit), kinds);
    }

    private static SampleSet samples(String split) throws Exception {
        Path folder = SharedFolder.file("data/fashion-mnist/t10k-images-idx3-ubyte.gz")
                .getParent();
        return SampleSet.read(folder, split);
    }
}
