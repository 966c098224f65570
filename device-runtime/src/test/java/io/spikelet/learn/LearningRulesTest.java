package io.spikelet.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningMethod.Kind;
import io.spikelet.model.LearningMethod.Optimiser;
import io.spikelet.model.LearningMethod.Parts;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule: learns, holds its bounds, is stored and served, and gives the same bits again. */
class LearningRulesTest {
    private static final int CLASSES = 3;
    private static final Readout COUNTS = new Readout(CLASSES, 4);

    private static final Readout POTENTIALS = new Readout(Readout.Kind.POTENTIAL, CLASSES, 1, Readout.Exit.NEVER);
    private static final Shape PIXELS = new Shape(1, 6, 6);
    private static final int STEPS = 5;

    private static int[] random(Random random, int count, double spread) {
        return random.ints(count, -100, 101)
                .map(code -> Math.clamp(Math.round(random.nextGaussian() * spread), -100, 100))
                .toArray();
    }

    private static int[] both(int value) {
        return new int[] {value, value};
    }

    private static SpikingNetwork convolutional(long seed, float rate, LearningMethod method) {
        Random random = new Random(seed);
        LearningSketch sketch = new LearningSketch(STEPS, PIXELS)
                .conv("conv", random(random, 4 * 9, 40), 4, 3, 3, both(1), both(1), 1)
                .lif()
                .pool(Pool2d.max(2))
                .dense("readout", 12, random(random, 12 * 36, 30))
                .lif();
        return sketch.build(COUNTS, new LearningRule(sketch.learning(), rate, 1, 0, method));
    }

    private static SpikingNetwork recurrent(long seed, float rate, LearningMethod method) {
        Random random = new Random(seed);
        LearningSketch sketch = new LearningSketch(STEPS, PIXELS)
                .dense("hidden", 14, random(random, 14 * 36, 25))
                .recurrentLif("recurrent", random(random, 14 * 14, 20))
                .dense("readout", CLASSES, random(random, CLASSES * 14, 30))
                .potentials(Q15.ONE / 2);
        return sketch.build(POTENTIALS, new LearningRule(sketch.learning(), rate, 1, 0, method));
    }

    private static SpikingNetwork dense(long seed, float rate, LearningMethod method) {
        Random random = new Random(seed);
        boolean flips = method.kind() == Kind.FLIP;
        int hidden = flips ? 40 : 16;
        LearningSketch sketch = new LearningSketch(STEPS, PIXELS, flips ? WeightKind.BINARY : WeightKind.INT8)
                .dense("hidden", hidden, flips ? signs(random, hidden * 36) : random(random, hidden * 36, 25))
                .lif()
                .dense("readout", 12, flips ? signs(random, 12 * hidden) : random(random, 12 * hidden, 30))
                .lif();
        return sketch.build(COUNTS, new LearningRule(sketch.learning(), rate, 1, 0, method));
    }

    private static int[] signs(Random random, int count) {
        return random.ints(count, 0, 2).map(bit -> 2 * bit - 1).toArray();
    }

    /** Noisy bars: class 0 lies, 1 stands, 2 is a square's rim. */
    private static byte[] sample(int label, Random random) {
        byte[] frames = new byte[STEPS * 36];
        int shift = 1 + random.nextInt(4);
        for (int t = 0; t < STEPS; t++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 6; x++) {
                    boolean on = switch (label) {
                        case 0 -> y == shift;
                        case 1 -> x == shift;
                        default -> y == 0 || y == 5 || x == 0 || x == 5;
                    };
                    frames[(t * 6 + y) * 6 + x] = (byte) (random.nextInt(10) == 0 ? 8 : on ? 14 : 1);
                }
            }
        }
        return frames;
    }

    private static double accuracy(SpikingNetwork network, Kernels kernels) throws Exception {
        Classifier classifier = Classifier.load(network, kernels);
        Random random = new Random(99);
        Inference into = Inference.forNetwork(network);
        int right = 0;
        for (int i = 0; i < 240; i++) {
            classifier.infer(sample(i % CLASSES, random), 0, into);
            right += into.predicted() == i % CLASSES ? 1 : 0;
        }
        return right / 240.0;
    }

    private static void learn(Learner learner, SpikingNetwork network, int samples, boolean shuffled) {
        Random random = new Random(7);
        Inference into = Inference.forNetwork(network);
        for (int i = 0; i < samples; i++) {
            byte[] frames = sample(i % CLASSES, random);
            learner.learn(frames, 0, shuffled ? random.nextInt(CLASSES) : i % CLASSES, into);
        }
    }

    private static final LearningMethod OTTT = LearningMethod.OTTT;

    /** A network for every rule, feedback and optimiser. */
    private static Map<String, SpikingNetwork> networks() {
        Map<String, SpikingNetwork> all = new LinkedHashMap<>();
        all.put("OTTT, convolutional", convolutional(1, 1 / 256f, OTTT));
        all.put("OTTT, recurrent", recurrent(1, 1 / 64f, OTTT));
        all.put("OTTT online, convolutional", convolutional(2, 1 / 256f, OTTT.withKind(Kind.OTTT_ONLINE, 0)));
        all.put(
                "OTTT by random feedback, dense",
                dense(3, 1 / 128f, OTTT.withFeedback(LearningMethod.Feedback.RANDOM)));
        all.put("e-prop, recurrent", recurrent(4, 1 / 64f, OTTT.withKind(Kind.E_PROP, 0.5f)));
        all.put(
                "e-prop by random feedback, recurrent",
                recurrent(5, 1 / 64f, OTTT.withKind(Kind.E_PROP, 0.5f).withFeedback(LearningMethod.Feedback.RANDOM)));
        all.put("momentum, convolutional", convolutional(6, 1 / 1024f, OTTT.withOptimiser(Optimiser.MOMENTUM, 0.75f)));
        all.put("adaptive, dense", dense(7, 1 / 128f, OTTT.withOptimiser(Optimiser.ADAPTIVE, 0)));
        all.put(
                "thresholds and weights, convolutional",
                convolutional(8, 1 / 256f, OTTT.withThresholds(Parts.BOTH, 1 / 512f, 0.25f)));
        all.put("proxy, dense", dense(9, 1 / 16f, OTTT.withKind(Kind.PROXY, 0)));
        all.put("reward, dense", dense(10, 1 / 64f, OTTT.withKind(Kind.REWARD, 0.125f)));
        all.put("flip, dense", dense(11, 1 / 64f, LearningMethod.flips(1 / 32f, 0.98f)));
        return all;
    }

    @Test
    void shouldLearnBarsFromRandomWeightsByEveryRuleAndNothingFromShuffledLabels() throws Exception {
        StringBuilder missed = new StringBuilder();
        for (Map.Entry<String, SpikingNetwork> rule : networks().entrySet()) {
            SpikingNetwork network = rule.getValue();
            Learner learner = Learner.load(Classifier.load(network), 1);
            learn(learner, network, 900, false);
            Learner control = Learner.load(Classifier.load(network), 1);
            learn(control, network, 900, true);
            double before = accuracy(network, Kernels.SWAR);
            double after = accuracy(learner.learnedNetwork(), Kernels.SWAR);
            double shuffled = accuracy(control.learnedNetwork(), Kernels.SWAR);
            if (!(before < 0.75 && after > 0.9 && shuffled < after - 0.2)) {
                missed.append(rule.getKey() + ": " + before + " -> " + after + ", shuffled " + shuffled + "\n");
            }
        }
        assertEquals("", missed.toString());
    }

    @Test
    void shouldServeWhatItLearnedOnAllKernelsAsTheLearnerDid() throws Exception {
        for (Map.Entry<String, SpikingNetwork> rule : networks().entrySet()) {
            SpikingNetwork network = rule.getValue();
            Classifier own = Classifier.load(network);
            Learner learner = Learner.load(own, 1);
            learn(learner, network, 60, false);
            SpikingNetwork learned = NetworkCodec.decode(NetworkCodec.encode(learner.learnedNetwork()));
            NetworkCheck.verify(learned);
            SpikingNetwork frozen = withoutLearning(learned);
            for (Kernels kernels : Kernels.values()) {
                if (kernels.isPresent()) {
                    answersAsThe(own, Classifier.load(learned, kernels), rule.getKey() + ", " + kernels);
                    answersAsThe(own, Classifier.load(frozen, kernels), rule.getKey() + ", frozen, " + kernels);
                }
            }
        }
    }

    private static SpikingNetwork withoutLearning(SpikingNetwork network) {
        return new SpikingNetwork(
                network.name(),
                network.timeSteps(),
                network.encoder(),
                network.readout(),
                network.layers(),
                network.discretisation(),
                java.util.Optional.empty(),
                0,
                network.provenance());
    }

    private static void answersAsThe(Classifier learner, Classifier served, String what) {
        Random random = new Random(4);
        Inference expected = Inference.forNetwork(learner.network());
        Inference given = Inference.forNetwork(served.network());
        for (int i = 0; i < 12; i++) {
            byte[] frames = sample(i % CLASSES, random);
            learner.infer(frames, 0, expected);
            served.infer(frames, 0, given);
            assertArrayEquals(expected.scores(), given.scores(), what);
            assertEquals(expected.spikes(), given.spikes(), what);
        }
    }

    @Test
    void shouldContinueBitForBitFromAStoredStateAndReturnToTheImageOnReset() throws Exception {
        for (Map.Entry<String, SpikingNetwork> rule : networks().entrySet()) {
            SpikingNetwork network = rule.getValue();
            Learner whole = Learner.load(Classifier.load(network), 1);
            byte[] fresh = whole.state();
            learn(whole, network, 30, false);
            byte[] stored = whole.state();
            Learner second = Learner.load(Classifier.load(network), 77);
            second.restore(stored);
            learn(whole, network, 20, false);
            learn(second, network, 20, false);
            assertArrayEquals(whole.state(), second.state(), rule.getKey());
            assertEquals(50, second.samplesLearned());
            assertFalse(Arrays.equals(fresh, second.state()), rule.getKey());
            whole.reset();
            assertArrayEquals(fresh, whole.state(), rule.getKey());
            SpikingNetwork same = whole.learnedNetwork();
            assertEquals(accuracy(network, Kernels.SWAR), accuracy(same, Kernels.SWAR), rule.getKey());
        }
    }

    @Test
    void shouldLearnTheSameBitsOnEveryKernels() throws Exception {
        for (Map.Entry<String, SpikingNetwork> rule : networks().entrySet()) {
            SpikingNetwork network = rule.getValue();
            Learner plain = Learner.load(Classifier.load(network, Kernels.REFERENCE), 5);
            learn(plain, network, 20, false);
            for (Kernels kernels : List.of(Kernels.SWAR, Kernels.VECTOR)) {
                if (kernels.isPresent()) {
                    Learner other = Learner.load(Classifier.load(network, kernels), 5);
                    learn(other, network, 20, false);
                    assertArrayEquals(plain.state(), other.state(), rule.getKey() + ", " + kernels);
                }
            }
        }
    }

    @Test
    void shouldKeepEveryProvedBoundHoweverHardItLearns() throws Exception {
        for (LearningMethod method : List.of(
                OTTT.withThresholds(Parts.BOTH, 4, 0.5f),
                OTTT.withThresholds(Parts.THRESHOLDS, 8, 0.125f),
                OTTT.withOptimiser(Optimiser.MOMENTUM, 0.9f))) {
            SpikingNetwork network = convolutional(3, 0.5f, method);
            Learner learner = Learner.load(Classifier.load(network), 3);
            learn(learner, network, 60, true);
            NetworkCheck.verify(learner.learnedNetwork());
        }
    }

    @Test
    void shouldMoveThresholdsBetweenTheirFloorAndTwiceTheImagesAndLeaveWeightsAlone() throws Exception {
        SpikingNetwork network = convolutional(3, 0.5f, OTTT.withThresholds(Parts.THRESHOLDS, 8, 0.5f));
        Learner learner = Learner.load(Classifier.load(network), 3);
        learn(learner, network, 60, true);
        assertTrue(Arrays.stream(learner.changes(0)).allMatch(change -> change == 0));
        boolean anyMoved = false;
        for (int layer : new int[] {2, 5}) {
            Operation.Neuron neuron = (Operation.Neuron)
                    learner.learnedNetwork().layers().get(layer).operation();
            for (int k = 0; k < neuron.threshold().length; k++) {
                int threshold = neuron.threshold()[k];
                assertTrue(threshold >= LearningSketch.ONE / 2 && threshold <= 2 * LearningSketch.ONE);
                // A soft reset costs half a threshold here, since the leak comes after it.
                assertEquals(-threshold / 2.0, neuron.b1()[k], 1);
                anyMoved |= threshold != LearningSketch.ONE;
            }
        }
        assertTrue(anyMoved);
    }

    /** Leaks and costs whose own rounding up would grow beyond what an image may cost. */
    @ParameterizedTest
    @CsvSource({"16238, 112, 56", "31000, 9001, 8516", "32768, 1, 1", "1, 1000, 1"})
    void shouldKeepASoftResetWithinWhatAnImageMayCost(int leak, int image, int cost) {
        for (int learned = Math.max(1, image / 8); learned <= 2 * image; learned++) {
            long found = LearnedThresholds.cost(cost, image, learned, leak);
            assertTrue(found << 15 <= (long) leak * learned + (1 << 15), "at a threshold of " + learned);
            assertEquals((double) cost * learned / image, found, 2);
        }
    }

    /** Both are moved by the post factors alone: {@code b − η·Σg} and {@code θ + η·Σg}. */
    @Test
    void shouldMoveThresholdsAsFarUpAsBiasesGoDownAtTheSameRate() throws Exception {
        SpikingNetwork network = dense(4, 1 / 64f, OTTT.withThresholds(Parts.BOTH, 1 / 64f, 0.125f));
        Learner learner = Learner.load(Classifier.load(network), 3);
        learner.learn(sample(1, new Random(2)), 0, 1, Inference.forNetwork(network));
        int moved = 0;
        for (int layer : new int[] {2, 4}) {
            Operation.Neuron neuron = (Operation.Neuron)
                    learner.learnedNetwork().layers().get(layer).operation();
            int[] bias = neuron.drives().getFirst().bias();
            for (int n = 0; n < bias.length; n++) {
                assertEquals(LearningSketch.ONE - bias[n], neuron.threshold()[n], 2);
                moved += bias[n] != 0 ? 1 : 0;
            }
        }
        assertTrue(moved > 8, "moved=" + moved);
    }

    @Test
    void shouldRefuseToLearnWhereNoErrorComesBackButByRandomFeedback() throws Exception {
        Random random = new Random(1);
        LearningSketch sketch = new LearningSketch(STEPS, PIXELS)
                .dense("first", 12, random(random, 12 * 36, 25))
                .lif()
                .dense("frozen", 12, random(random, 12 * 12, 25))
                .lif()
                .dense("readout", 12, random(random, 12 * 12, 30))
                .lif();
        List<Integer> aroundTheMiddle = List.of(1, 5);
        LearningRule rule = new LearningRule(aroundTheMiddle, 1 / 64f, 1);
        Classifier spatial = Classifier.load(sketch.build(COUNTS, rule));
        NotLearnableException refused = assertThrows(NotLearnableException.class, () -> Learner.load(spatial, 1));
        assertTrue(refused.getMessage().startsWith("layer 3 lies between layers that learn"), refused.getMessage());
        SpikingNetwork other = sketch.build(COUNTS, rule.withMethod(OTTT.withFeedback(LearningMethod.Feedback.RANDOM)));
        Learner learner = Learner.load(Classifier.load(other), 1);
        learn(learner, other, 10, false);
        assertFalse(Arrays.stream(learner.changes(0)).allMatch(change -> change == 0));
    }

    @Test
    void shouldLearnFromARewardForWhatItDid() throws Exception {
        SpikingNetwork network = dense(10, 1 / 64f, OTTT.withKind(Kind.REWARD, 0.125f));
        Learner byLabel = Learner.load(Classifier.load(network), 1);
        Learner byReward = Learner.load(Classifier.load(network), 1);
        Random random = new Random(7);
        Inference into = Inference.forNetwork(network);
        for (int i = 0; i < 50; i++) {
            byte[] frames = sample(i % CLASSES, random);
            byLabel.learn(frames, 0, i % CLASSES, into);
            byReward.act(frames, 0, into);
            byReward.reward(into.predicted() == i % CLASSES ? Q15.ONE : 0);
        }
        assertArrayEquals(byLabel.state(), byReward.state());
        Learner labels = Learner.load(Classifier.load(dense(1, 1 / 64f, OTTT)), 1);
        assertThrows(IllegalStateException.class, () -> labels.reward(Q15.ONE));
    }

    @Test
    void shouldTakeNoMoreMemoryForMoreTimeSteps() throws Exception {
        Random random = new Random(1);
        int[] bytes = new int[2];
        for (int k = 0; k < 2; k++) {
            LearningSketch sketch = new LearningSketch(k == 0 ? 2 : 16, PIXELS)
                    .dense("hidden", 8, random(random, 8 * 36, 20))
                    .recurrentLif("recurrent", random(random, 64, 20))
                    .dense("readout", CLASSES, random(random, CLASSES * 8, 20))
                    .potentials(0);
            LearningRule rule = new LearningRule(sketch.learning(), 1 / 64f, 1, 0, OTTT.withKind(Kind.E_PROP, 0.5f));
            bytes[k] = Learner.load(Classifier.load(sketch.build(POTENTIALS, rule)), 1)
                    .state()
                    .length;
        }
        assertEquals(bytes[0], bytes[1]);
    }
}
