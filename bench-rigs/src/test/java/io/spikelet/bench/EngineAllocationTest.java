package io.spikelet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.learn.Learner;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EngineAllocationTest {
    private static final Path ZOO = Path.of("zoo");

    private static Classifier digits() throws Exception {
        return digits(new QuantiseOptions.Learning(1 / 128f, 1, List.of()));
    }

    private static Classifier digits(QuantiseOptions.Learning learning) throws Exception {
        Graph graph = NirImporter.read(ZOO.resolve("models/digits-conv.nir"));
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, Profile.DEFAULT_DT, 4, Encoder.DIRECT, new Readout(10, 5));
        QuantiseOptions options = QuantiseOptions.of("digits", settings, 16).withLearning(learning);
        SampleSet samples =
                SampleSet.read(ZOO.resolve("data/digits.h5"), "test").first(20);
        return Classifier.load(Quantiser.quantise(graph, options, samples).network());
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

    /** Until they are compiled, vectors are objects; the background of a board's engine waits for that. */
    @ParameterizedTest
    @CsvSource({"SWAR, 1", "SWAR, 4", "VECTOR, 1", "VECTOR, 4"})
    void shouldAllocateNothingOnFastKernelsOnceTheyAreCompiled(Kernels kernels, int timeSteps) throws Exception {
        SampleSet samples = SampleSet.read(ZOO.resolve("data/digits.h5"), "test");
        Graph graph = NirImporter.read(ZOO.resolve("models/digits-conv.nir"));
        InferenceSettings settings = new InferenceSettings(
                Profile.SNNTORCH, Profile.DEFAULT_DT, timeSteps, Encoder.DIRECT, new Readout(10, 5));
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("digits", settings, 16));
        assertAllocatesNothingOnceCompiled(network, kernels, samples.samples(), 50);
    }

    @ParameterizedTest
    @CsvSource({
        "fashion-onestep, snntorch, 1, SWAR",
        "fashion-onestep, snntorch, 1, VECTOR",
        "fashion-binary, snntorch, 1, SWAR",
        "fashion-binary, snntorch, 1, VECTOR",
        "fashion-sew, subtract, 4, SWAR",
        "fashion-sew, subtract, 4, VECTOR",
    })
    void shouldAllocateNothingOnTheZoosNetworks(String model, Profile profile, int timeSteps, Kernels kernels)
            throws Exception {
        Graph graph = NirImporter.read(ZOO.resolve("models/" + model + ".nir"));
        Readout readout = new Readout(Readout.Kind.POTENTIAL, 10, 1, Readout.Exit.NEVER);
        InferenceSettings settings =
                new InferenceSettings(profile, Profile.DEFAULT_DT, timeSteps, Encoder.DIRECT, readout);
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of(model, settings, 255));
        byte[] images = new byte[4 * network.sampleBytes()];
        new Random(1).nextBytes(images);
        assertAllocatesNothingOnceCompiled(network, kernels, images, 4);
    }

    private static void assertAllocatesNothingOnceCompiled(
            SpikingNetwork network, Kernels kernels, byte[] samples, int count) throws Exception {
        Classifier classifier = Classifier.load(network, kernels);
        Inference into = Inference.forNetwork(network);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 200 && least > 0; round++) {
            least = Math.min(least, leastAllocatedBytes(() -> {
                for (int i = 0; i < count; i++) {
                    classifier.infer(samples, i * network.sampleBytes(), into);
                }
            }));
        }
        assertEquals(0, least);
        assertTrue(into.spikes() > 0, "a network that never fires proves nothing");
    }

    @Test
    void shouldAllocateNothingOnceLoadedWhateverPrimitiveItRuns() throws Exception {
        Map<Encoder, EdgeDomain> encoders = Map.of(
                Encoder.DIRECT,
                EdgeDomain.unsigned(255),
                Encoder.FRAMES,
                EdgeDomain.unsigned(255),
                new Encoder.Bernoulli(255, 1),
                EdgeDomain.SPIKE,
                new Encoder.SignedPoisson(128, 500, 1),
                EdgeDomain.signed(1),
                new Encoder.Latency(new int[256]),
                EdgeDomain.SPIKE);
        for (Map.Entry<Encoder, EdgeDomain> encoder : encoders.entrySet()) {
            for (Readout.Kind kind : Readout.Kind.values()) {
                int margin = kind == Readout.Kind.FIRST_SPIKE ? 0 : 1_000_000;
                Readout readout = new Readout(kind, 3, 2, new Readout.Exit(5, margin, 1));
                assertAllocatesNothing(EveryPrimitive.clocked(encoder.getKey(), encoder.getValue(), readout));
            }
        }
        assertAllocatesNothing(EveryPrimitive.timed());
    }

    private static void assertAllocatesNothing(SpikingNetwork network) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference into = Inference.forNetwork(network);
        byte[] sample = new byte[network.sampleBytes()];
        new Random(1).nextBytes(sample);
        assertEquals(0, leastAllocatedBytes(() -> classifier.infer(sample, 0, into)));
        assertTrue(into.spikes() > 0, "a network that never fires proves nothing");
        assertEquals(network.timeSteps() == 1 ? 1 : 5, into.steps());
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

    @ParameterizedTest
    @EnumSource(value = LearningMethod.Kind.class, names = "FLIP", mode = EnumSource.Mode.EXCLUDE)
    void shouldAllocateNothingOnceLoadedWhenItLearnsByAnyRule(LearningMethod.Kind kind) throws Exception {
        SampleSet samples = SampleSet.read(ZOO.resolve("data/digits.h5"), "test");
        boolean denseAlone = kind == LearningMethod.Kind.E_PROP || kind == LearningMethod.Kind.PROXY;
        LearningMethod method = kind == LearningMethod.Kind.CALIBRATION
                ? LearningMethod.calibration(0.25f, 2, List.of())
                : LearningMethod.OTTT.withKind(kind, 0);
        QuantiseOptions.Learning learning =
                new QuantiseOptions.Learning(1 / 512f, 1, 0, List.of(), !denseAlone, Map.of(), method);
        Classifier classifier = digits(learning);
        Learner learner = Learner.load(classifier, Learner.BOARD_SEED);
        Inference into = Inference.forNetwork(classifier.network());
        assertEquals(0, leastAllocatedBytes(() -> {
            for (int i = 0; i < 3; i++) {
                learner.learn(samples.samples(), samples.offset(i), samples.label(i), into);
            }
        }));
    }
}
