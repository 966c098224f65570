package io.spikelet.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.GoldenCase;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thresholds that follow the running Hoyer extrema of their membranes (equation L17). */
class CalibrationTest {
    private static final int STEPS = 4;
    private static final int FRAME = 2 * 5 * 5;
    private static final Readout COUNTS = new Readout(3, 2);
    private static final int[] ONE_EACH = {1, 1};
    private static final int[] NEURONS = {2, 4, 6};

    private static SpikingNetwork network(GoldenCase golden) {
        List<List<Float>> extrema = new ArrayList<>();
        int[] given = golden.ints("extrema");
        extrema.add(Arrays.stream(given, 0, 4).mapToObj(CalibrationTest::real).toList());
        extrema.add(List.of(real(given[4])));
        extrema.add(List.of(real(given[5])));
        LearningMethod method = LearningMethod.calibration(0.25f, golden.number("clip") / 2f, extrema);
        return sketch(golden).build(COUNTS, rule(sketch(golden), golden.number("share") / (float) Q15.ONE, method));
    }

    private static LearningSketch sketch(GoldenCase golden) {
        return new LearningSketch(STEPS, new Shape(2, 5, 5))
                .conv("conv", golden.ints("conv"), 4, 3, 3, ONE_EACH, ONE_EACH, 1)
                .lif()
                .dense("hidden", 8, golden.ints("hidden"))
                .lif()
                .dense("readout", 6, golden.ints("readout"))
                .lif();
    }

    private static LearningRule rule(LearningSketch sketch, float share, LearningMethod method) {
        return new LearningRule(sketch.learning(), share, 1, 0, method);
    }

    private static float real(int extremum) {
        return (float) StrictMath.scalb((double) extremum, -HoyerExtremum.BITS);
    }

    private static byte[] frames(GoldenCase golden) {
        int[] values = golden.ints("frames");
        byte[] frames = new byte[values.length];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (byte) values[i];
        }
        return frames;
    }

    private static void observe(Learner learner, byte[] frames, int from, int to) {
        Inference into = Inference.forNetwork(learner.learnedNetwork());
        for (int i = from; i < to; i++) {
            learner.observe(frames, i * STEPS * FRAME, into);
        }
    }

    private static int[] thresholds(SpikingNetwork network, boolean costs) {
        List<Integer> all = new ArrayList<>();
        for (int layer : NEURONS) {
            Operation.Neuron neuron =
                    (Operation.Neuron) network.layers().get(layer).operation();
            for (int value : costs ? neuron.b1() : neuron.threshold()) {
                all.add(costs ? -value : value);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void shouldMoveThresholdsAsAnIndependentMakerSaysOnAllKernels() throws Exception {
        for (GoldenCase golden : GoldenCase.read("calibration")) {
            byte[] frames = frames(golden);
            for (Kernels kernels : Kernels.values()) {
                if (kernels.isPresent()) {
                    Learner learner = Learner.load(Classifier.load(network(golden), kernels), 1);
                    observe(learner, frames, 0, 12);
                    ByteBuffer state = ByteBuffer.wrap(learner.state()).position(24);
                    int[] running = new int[6];
                    state.asIntBuffer().get(running);
                    assertArrayEquals(golden.ints("running"), running, golden.name() + ", " + kernels);
                    SpikingNetwork learned = learner.learnedNetwork();
                    assertArrayEquals(golden.ints("thresholds"), thresholds(learned, false), golden.name());
                    assertArrayEquals(golden.ints("costs"), thresholds(learned, true), golden.name());
                    assertEquals(12, learner.samplesLearned());
                    NetworkCheck.verify(learned);
                }
            }
        }
    }

    @Test
    void shouldContinueFromAStoredStateAndReturnToTheImageOnReset() throws Exception {
        GoldenCase golden = GoldenCase.read("calibration").getFirst();
        byte[] frames = frames(golden);
        SpikingNetwork image = NetworkCodec.decode(NetworkCodec.encode(network(golden)));
        Learner whole = Learner.load(Classifier.load(image), 1);
        byte[] fresh = whole.state();
        observe(whole, frames, 0, 7);
        Learner second = Learner.load(Classifier.load(image), 9);
        second.restore(whole.state());
        observe(whole, frames, 7, 12);
        observe(second, frames, 7, 12);
        assertArrayEquals(whole.state(), second.state());
        assertArrayEquals(golden.ints("thresholds"), thresholds(second.learnedNetwork(), false));
        whole.reset();
        assertArrayEquals(fresh, whole.state());
        assertTrue(Arrays.stream(thresholds(whole.learnedNetwork(), false))
                .allMatch(threshold -> threshold == LearningSketch.ONE));
        byte[] torn = second.state();
        ByteBuffer.wrap(torn).putInt(24, 0);
        assertThrows(MalformedDataException.class, () -> second.restore(torn));
    }

    @Test
    void shouldTakeNoNoticeOfLabelsAndRefuseToObserveUnderOtherRules() throws Exception {
        GoldenCase golden = GoldenCase.read("calibration").getFirst();
        byte[] frames = frames(golden);
        SpikingNetwork image = network(golden);
        Learner labelled = Learner.load(Classifier.load(image), 1);
        Learner unlabelled = Learner.load(Classifier.load(image), 1);
        Inference into = Inference.forNetwork(image);
        for (int i = 0; i < 12; i++) {
            labelled.learn(frames, i * STEPS * FRAME, i % 3, into);
        }
        observe(unlabelled, frames, 0, 12);
        assertArrayEquals(labelled.state(), unlabelled.state());
        assertTrue(Arrays.stream(labelled.changes(0)).allMatch(change -> change == 0));
        LearningSketch sketch = sketch(golden);
        Learner other =
                Learner.load(Classifier.load(sketch.build(COUNTS, rule(sketch, 1 / 64f, LearningMethod.OTTT))), 1);
        assertFalse(other.calibrates());
        assertThrows(IllegalStateException.class, () -> other.observe(frames, 0, into));
    }

    @Test
    void shouldRefuseAnImageThatHoldsNoExtremaOrTooManyOrMovesByMoreThanTheWhole() throws Exception {
        GoldenCase golden = GoldenCase.read("calibration").getFirst();
        LearningSketch sketch = sketch(golden);
        List<Float> four = List.of(0.5f, 0.5f, 0.5f, 0.5f);
        refuses(sketch, 0.1f, List.of(), "layer 'conv': is calibrated by 4 extrema, which its learning rule");
        refuses(
                sketch,
                0.1f,
                List.of(four, four, List.of(0.5f)),
                "layer 'hidden': is calibrated by 1 extrema, which its learning rule");
        refuses(
                sketch,
                1.5f,
                List.of(four, List.of(0.5f), List.of(0.5f)),
                "layer 'conv': is calibrated by more than the whole");
    }

    private static void refuses(LearningSketch sketch, float share, List<List<Float>> extrema, String reason) {
        LearningMethod method = LearningMethod.calibration(0.25f, 2, extrema);
        SpikingNetwork image = sketch.build(COUNTS, rule(sketch, share, method));
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> Classifier.load(image));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    /** Sums of the largest shares, of a whole layer of the largest membranes, at the extremes of what is accepted. */
    @Test
    void shouldMeasureTheLargestMembranesWithoutOverflow() {
        for (int threshold : new int[] {1, 1 << 28}) {
            int[] thresholds = new int[1 << 16];
            Arrays.fill(thresholds, threshold);
            int[] membranes = new int[thresholds.length];
            Arrays.fill(membranes, Integer.MAX_VALUE);
            for (double clip : new double[] {0.001, 1, 16}) {
                HoyerExtremum extremum = new HoyerExtremum(thresholds, clip, 1);
                extremum.beginSample();
                extremum.step(membranes);
                assertEquals(1, extremum.of(0) / (double) (1 << HoyerExtremum.BITS), 0x1p-14);
                Arrays.fill(membranes, Integer.MIN_VALUE);
                extremum.beginSample();
                extremum.step(membranes);
                assertEquals(0, extremum.of(0));
                Arrays.fill(membranes, Integer.MAX_VALUE);
            }
        }
    }

    // ---- what it is for

    private static final int CLASSES = 3;

    /** What is left of the brightness. */
    private static final double DIM = 0.2;

    private static byte[] bars(int label, Random random, double gain) {
        byte[] frames = new byte[STEPS * 36];
        int shift = 1 + random.nextInt(4);
        for (int t = 0; t < STEPS; t++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 6; x++) {
                    boolean on =
                            label == 0 ? y == shift : label == 1 ? x == shift : y == 0 || x == 0 || y == 5 || x == 5;
                    frames[(t * 6 + y) * 6 + x] = (byte) Math.rint(gain * (random.nextInt(10) == 0 ? 8 : on ? 14 : 1));
                }
            }
        }
        return frames;
    }

    private static double accuracy(SpikingNetwork network, double gain) throws Exception {
        Classifier classifier = Classifier.load(network);
        Random random = new Random(99);
        Inference into = Inference.forNetwork(network);
        int right = 0;
        for (int i = 0; i < 300; i++) {
            classifier.infer(bars(i % CLASSES, random, gain), 0, into);
            right += into.predicted() == i % CLASSES ? 1 : 0;
        }
        return right / 300.0;
    }

    private static int[] random(Random random, int count, int spread) {
        return random.ints(count, -spread, spread + 1).toArray();
    }

    /** A network that has learned bars at full brightness, ready to calibrate itself by what it then saw. */
    private static SpikingNetwork trained() throws Exception {
        Random random = new Random(5);
        LearningSketch sketch = new LearningSketch(STEPS, new Shape(1, 6, 6))
                .dense("hidden", 24, random(random, 24 * 36, 25))
                .lif()
                .dense("readout", 6, random(random, 6 * 24, 30))
                .lif();
        SpikingNetwork network = sketch.build(COUNTS, new LearningRule(sketch.learning(), 1 / 64f, 1, 0));
        Learner learner = Learner.load(Classifier.load(network), 1);
        Inference into = Inference.forNetwork(network);
        for (int i = 0; i < 1500; i++) {
            learner.learn(bars(i % CLASSES, random, 1), 0, i % CLASSES, into);
        }
        SpikingNetwork learned = learner.learnedNetwork();
        Classifier classifier = Classifier.load(learned);
        List<List<Float>> extrema = new ArrayList<>();
        for (int layer : new int[] {2, 4}) {
            HoyerExtremum extremum =
                    new HoyerExtremum(classifier.engine().membranes(layer).threshold(), 2, 1);
            double sum = 0;
            for (int i = 0; i < 150; i++) {
                byte[] frames = bars(i % CLASSES, random, 1);
                classifier.begin(frames, 0, into);
                extremum.beginSample();
                for (int t = 0; t < STEPS; t++) {
                    classifier.advance(frames, 0, t, into);
                    extremum.step(classifier.engine().membrane(layer));
                }
                sum += real(extremum.of(0));
            }
            extrema.add(List.of((float) (sum / 150)));
        }
        LearningMethod method = LearningMethod.calibration(0.125f, 2, extrema);
        return learned.withLearning(Optional.of(new LearningRule(List.of(1, 3), 1 / 32f, 1, 0, method)));
    }

    @Test
    void shouldRegainWithoutLabelsWhatADimmedInputCost() throws Exception {
        SpikingNetwork image = trained();
        Learner learner = Learner.load(Classifier.load(image), 1);
        Random random = new Random(12);
        Inference into = Inference.forNetwork(image);
        for (int i = 0; i < 200; i++) {
            learner.observe(bars(random.nextInt(CLASSES), random, DIM), 0, into);
        }
        double before = accuracy(image, 1);
        double drifted = accuracy(image, DIM);
        double regained = accuracy(learner.learnedNetwork(), DIM);
        for (int i = 0; i < 300; i++) {
            learner.observe(bars(random.nextInt(CLASSES), random, 1), 0, into);
        }
        double back = accuracy(learner.learnedNetwork(), 1);
        String found = before + " -> " + drifted + " -> " + regained + ", bright again " + back;
        assertTrue(before > 0.9 && drifted < 0.7 && regained > before - 0.1 && back > before - 0.05, found);
    }
}
