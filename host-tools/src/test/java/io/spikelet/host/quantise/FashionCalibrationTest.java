package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.learn.Learner;
import io.spikelet.model.Encoder;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The zoo's Hoyer network behind a sensor that sees less and less light, calibrated without a label (equation L17). */
class FashionCalibrationTest {
    private static final int SEEN = 100;
    private static final int ASKED = 1000;

    private static SampleSet images(String split, int count) throws Exception {
        Path file = SharedFolder.file("data/fashion-mnist/t10k-images-idx3-ubyte.gz");
        return SampleSet.read(file.getParent(), split).first(count);
    }

    private static byte[] dimmed(SampleSet images, double light) {
        byte[] dim = images.samples().clone();
        for (int i = 0; i < dim.length; i++) {
            dim[i] = (byte) Math.rint((dim[i] & 0xff) * light);
        }
        return dim;
    }

    /** Of images that it did not see, as a board without a learner answers. */
    private static double accuracy(SpikingNetwork network, SampleSet images, double light) throws Exception {
        SpikingNetwork frozen = network.withLearning(Optional.empty());
        Classifier classifier = Classifier.load(frozen, Kernels.SWAR);
        Inference into = Inference.forNetwork(frozen);
        byte[] samples = dimmed(images, light);
        int right = 0;
        for (int i = SEEN; i < SEEN + ASKED; i++) {
            classifier.infer(samples, images.offset(i), into);
            right += into.predicted() == images.label(i) ? 1 : 0;
        }
        return right / (double) ASKED;
    }

    private static SpikingNetwork calibrated(SpikingNetwork image, SampleSet images, double light) throws Exception {
        Learner learner = Learner.load(Classifier.load(image, Kernels.SWAR), 1);
        Inference into = Inference.forNetwork(image);
        byte[] samples = dimmed(images, light);
        for (int i = 0; i < SEEN; i++) {
            learner.observe(samples, images.offset(i), into);
        }
        return learner.learnedNetwork();
    }

    @Test
    void shouldRegainWithoutLabelsWhatAHoyerNetworkLostInDimLight() throws Exception {
        InferenceSettings settings = new InferenceSettings(
                Profile.SNNTORCH,
                Profile.DEFAULT_DT,
                1,
                Encoder.DIRECT,
                new Readout(Readout.Kind.POTENTIAL, 10, 1, Readout.Exit.NEVER));
        QuantiseOptions options = QuantiseOptions.of("fashion", settings, 255)
                .withLearning(new QuantiseOptions.Learning(
                        1 / 16f, 1, 0, List.of(), true, Map.of(), LearningMethod.calibration(0.125f, 2, List.of())));
        SpikingNetwork image = Quantiser.quantise(
                        GraphFiles.read(ZooFolder.file("models/fashion-onestep.nir")), options, images("train", 50))
                .network();
        SampleSet images = images("test", SEEN + ASKED);
        double dim = accuracy(image, images, 0.2);
        double regained = accuracy(calibrated(image, images, 0.2), images, 0.2);
        double bright = accuracy(image, images, 1);
        double stillBright = accuracy(calibrated(image, images, 1), images, 1);
        String found = "in dim light " + dim + " -> " + regained + ", in full light " + bright + " -> " + stillBright;
        assertTrue(dim < bright - 0.15 && regained > dim + 0.04 && stillBright > bright - 0.02, found);
    }
}
