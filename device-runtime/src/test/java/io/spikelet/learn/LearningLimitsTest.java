package io.spikelet.learn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningMethod.Kind;
import io.spikelet.model.LearningMethod.Parts;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where integers of a learner would end is told when an image is loaded, and just before it they hold. */
class LearningLimitsTest {
    private static final int STEPS = 4;
    private static final Readout COUNTS = new Readout(3, 2);
    private static final Readout POTENTIALS = new Readout(Readout.Kind.POTENTIAL, 3, 1, Readout.Exit.NEVER);
    private static final LearningMethod REWARD = LearningMethod.OTTT.withKind(Kind.REWARD, 0.5f);

    private static int[] random(Random random, int count) {
        return random.ints(count, -40, 41).toArray();
    }

    private static SpikingNetwork dense(float rate, LearningMethod method) {
        Random random = new Random(3);
        LearningSketch sketch = new LearningSketch(STEPS, Shape.vector(12))
                .dense("hidden", 10, random(random, 120))
                .lif()
                .dense("readout", 6, random(random, 60))
                .lif();
        return sketch.build(COUNTS, new LearningRule(sketch.learning(), rate, 1, 0, method));
    }

    private static Learner load(SpikingNetwork network) throws Exception {
        return Learner.load(Classifier.load(network), 1);
    }

    private static void refuses(SpikingNetwork network, String reason) {
        NotLearnableException refused = assertThrows(NotLearnableException.class, () -> load(network));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    /** A reward of −1 where 1 has become the mean moves by two steps. */
    @Test
    void shouldLeaveRoomForASurpriseOfTwoRewards() throws Exception {
        assertDoesNotThrow(() -> load(dense(0.99f, LearningMethod.OTTT.withKind(Kind.OTTT_ONLINE, 0))));
        refuses(dense(0.99f, REWARD), "could overflow 32 bits");
        LearningMethod thresholds = REWARD.withThresholds(Parts.BOTH, 15, 0.25f);
        refuses(dense(0.25f, thresholds), "the thresholds of layer 4 could overflow 64 bits");
        assertDoesNotThrow(() -> load(dense(0.25f, LearningMethod.OTTT.withThresholds(Parts.BOTH, 15, 0.25f))));
    }

    @Test
    void shouldKeepEveryBoundWhereRewardsSurpriseTheMostAtTheLargestRate() throws Exception {
        SpikingNetwork network = dense(0.49f, REWARD.withThresholds(Parts.BOTH, 7.9f, 0.25f));
        Learner learner = load(network);
        Inference into = Inference.forNetwork(network);
        byte[] frames = new byte[STEPS * 12];
        new Random(4).nextBytes(frames);
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (byte) (frames[i] & 15);
        }
        for (int i = 0; i < 400; i++) {
            learner.act(frames, 0, into);
            learner.reward(i / 200 % 2 == 0 ? Q15.ONE : -Q15.ONE);
        }
        NetworkCheck.verify(learner.learnedNetwork());
        learner.restore(learner.state());
    }

    @Test
    void shouldRefuseSpikesThatDriveNeuronsByMoreThanAnErrorCanCarryBack() throws Exception {
        assertDoesNotThrow(() -> load(direct(1 << 15, 1)));
        refuses(direct(1 << 16, 1), "one spike drives a neuron of layer 3 by more than 32768 thresholds");
    }

    private static SpikingNetwork direct(int gain, int threshold) {
        LearningSketch sketch = new LearningSketch(STEPS, Shape.vector(12))
                .dense("hidden", 6, random(new Random(3), 72))
                .lif()
                .driven(gain, threshold);
        return sketch.build(COUNTS, new LearningRule(sketch.learning(), 1 / 64f, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e30f, 1e-30f})
    void shouldRefuseAGainThatLeavesPotentialsNothingBetweenThemToTell(float logitGain) throws Exception {
        for (LearningMethod method : new LearningMethod[] {LearningMethod.OTTT, REWARD}) {
            LearningSketch sketch = new LearningSketch(STEPS, Shape.vector(12))
                    .dense("readout", 3, random(new Random(3), 36))
                    .potentials(0);
            refuses(
                    sketch.build(POTENTIALS, new LearningRule(sketch.learning(), 1 / 64f, logitGain, 0, method)),
                    "one LSB of the potentials that are read out is a logit of");
        }
    }
}
