package io.spikelet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.learn.Learner;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngineAllocationTest {
    private static final Path ZOO = Path.of("zoo");

    private static Classifier digits() throws Exception {
        Graph graph = NirImporter.read(ZOO.resolve("models/digits-conv.nir"));
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, Profile.DEFAULT_DT, 4, Encoder.DIRECT, new Readout(10, 5));
        return Classifier.load(Quantiser.convert(
                graph, QuantiseOptions.of("digits", settings, 16).withLearning(1 / 128f, 1)));
    }

    /** The least of several runs, since the virtual machine now and then allocates for its own ends in any thread. */
    private static long leastAllocatedBytes(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 20; run++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void shouldAllocateNothingOnceLoadedWhenItInfers() throws Exception {
        SampleSet samples = SampleSet.read(ZOO.resolve("data/digits.h5"), "test");
        Classifier classifier = digits();
        Inference into = Inference.forNetwork(classifier.network());
        assertEquals(0, leastAllocatedBytes(() -> {
            for (int i = 0; i < 50; i++) {
                classifier.infer(samples.samples(), samples.offset(i), into);
            }
        }));
    }

    @Test
    void shouldAllocateNothingOnceLoadedWhenItLearns() throws Exception {
        SampleSet samples = SampleSet.read(ZOO.resolve("data/digits.h5"), "test");
        Classifier classifier = digits();
        Learner learner = Learner.load(classifier, Learner.BOARD_SEED);
        Inference into = Inference.forNetwork(classifier.network());
        assertEquals(0, leastAllocatedBytes(() -> {
            for (int i = 0; i < 20; i++) {
                learner.learn(samples.samples(), samples.offset(i), samples.label(i), into);
            }
        }));
    }
}
