package io.spikelet.learn;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns by the rule that the image names, on the layers that it names. Changes the classifier's own weights, so whatever is
 * learned is served at once. One learner serves one thread.
 */
public final class Learner {
    /** The seed that every board learns with, so that a host can predict what a board will have learned. */
    public static final long BOARD_SEED = 0x5350494b454c4554L;

    private static final int STATE_MAGIC = 0x53504c53;
    /** More than any board can learn; what counts them stays far from overflow. */
    private static final long MOST_SAMPLES = 1L << 62;

    private static final int STATE_VERSION = 1;
    private static final int STATE_HEADER_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

    private final Classifier classifier;
    private final SpikingNetwork network;
    private final Plasticity plasticity;
    private final SeededRandom random;
    private final long seed;
    private final LearningMethod.Kind kind;

    /** Samples after which the step is half; 0 for a step that stays. */
    private final int halving;

    private long samplesLearned;

    private Learner(Classifier classifier, LearningRule rule, Plasticity plasticity, long seed) {
        this.classifier = classifier;
        this.network = classifier.network();
        this.plasticity = plasticity;
        this.seed = seed;
        kind = rule.method().kind();
        halving = rule.halving();
        random = new SeededRandom(seed);
    }

    /**
     * Prepares a classifier for learning.
     *
     * @param seed of the stochastic rounding; the same seed and samples give the same weights on every processor
     * @throws NotLearnableException when the image names no learning rule, or layers that the rule cannot reach
     */
    public static Learner load(Classifier classifier, long seed) throws NotLearnableException {
        LearningRule rule = classifier
                .network()
                .learning()
                .orElseThrow(() -> new NotLearnableException("the image names no learning rule"));
        if (rule.layers().isEmpty()) {
            throw new NotLearnableException("the image's learning rule names no layer");
        }
        if (classifier.network().readout().kind() == Readout.Kind.FIRST_SPIKE) {
            throw new NotLearnableException("the readout waits for a first spike, which gives no error at each step");
        }
        return new Learner(classifier, rule, plasticity(classifier, rule), seed);
    }

    private static Plasticity plasticity(Classifier classifier, LearningRule rule) throws NotLearnableException {
        if (rule.method().kind() == LearningMethod.Kind.CALIBRATION) {
            return new CalibrationPlasticity(classifier, rule);
        }
        return ChainPlasticity.serves(classifier.network(), rule)
                ? ChainPlasticity.of(classifier, rule)
                : new GraphPlasticity(classifier, rule);
    }

    /**
     * Classifies one sample, then learns its label from the steps that were run. Under a rule of rewards the label only
     * rewards: 1 for the right answer, 0 for any other; under a rule that calibrates it is not looked at.
     *
     * @param label 0..classes − 1
     * @param into takes the answer given before learning
     */
    public void learn(byte[] samples, int offset, int label, Inference into) {
        if (label < 0 || label >= network.readout().classes()) {
            throw new IllegalArgumentException(
                    "label must be 0.." + (network.readout().classes() - 1) + ": label=" + label);
        }
        run(samples, offset, label, into);
        if (waitsForReward()) {
            reward(into.predicted() == label ? Q15.ONE : 0);
        } else {
            samplesLearned++;
        }
    }

    /**
     * Classifies one sample, then calibrates thresholds by it, whatever its label.
     *
     * @param into takes the answer given before
     * @throws IllegalStateException when the image's rule needs labels or rewards
     */
    public void observe(byte[] samples, int offset, Inference into) {
        if (!calibrates()) {
            throw new IllegalStateException("this image learns from labels or rewards, not from inputs alone");
        }
        run(samples, offset, 0, into);
        samplesLearned++;
    }

    /** Whether the image's rule learns from inputs alone, which {@link #observe} is for. */
    public boolean calibrates() {
        return kind == LearningMethod.Kind.CALIBRATION;
    }

    /**
     * Classifies one sample and remembers how that came about, until a reward says whether it was good.
     *
     * @throws IllegalStateException when the image's rule needs labels
     */
    public void act(byte[] samples, int offset, Inference into) {
        requireRewards();
        run(samples, offset, 0, into);
    }

    /**
     * Learns from the reward for the latest answers.
     *
     * @param reward Q1.15, −1.0..1.0
     * @throws IllegalStateException when the image's rule needs labels
     */
    public void reward(int reward) {
        requireRewards();
        if (Math.abs((long) reward) > Q15.ONE) {
            throw new IllegalArgumentException("a reward is -32768..32768: reward=" + reward);
        }
        ((GraphPlasticity) plasticity).reward(reward, random, pace());
        samplesLearned++;
    }

    /** Whether the image's rule learns from rewards, which {@link #act} and {@link #reward} are for. */
    public boolean waitsForReward() {
        return kind == LearningMethod.Kind.REWARD;
    }

    private void requireRewards() {
        if (!waitsForReward()) {
            throw new IllegalStateException("this image learns from labels, not from rewards");
        }
    }

    private void run(byte[] samples, int offset, int label, Inference into) {
        boolean rewarded = waitsForReward();
        classifier.begin(samples, offset, into);
        plasticity.beginSample();
        int pace = pace();
        boolean ended = false;
        for (int t = 0; t < network.timeSteps() && !ended; t++) {
            ended = classifier.advance(samples, offset, t, into);
            plasticity.step(rewarded ? leader(into.scores()) : label, random, pace);
        }
        classifier.conclude(into);
        plasticity.endSample(label, into, random, pace);
    }

    private static int leader(int[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    /** What of the step is left, {@code 1 / (1 + n / halving)}, Q1.15 (equation L6). */
    private int pace() {
        return halving == 0 ? Q15.ONE : (int) (((long) halving << Q15.BITS) / (halving + samplesLearned));
    }

    /** How many samples shaped the present weights. */
    public long samplesLearned() {
        return samplesLearned;
    }

    /** Back to the weights that came with the image. */
    public void reset() {
        plasticity.reset();
        random.restore(seed);
        samplesLearned = 0;
    }

    /** All that was learned, big endian: magic, version, samples, random state, then what changed, layer by layer. */
    public byte[] state() {
        ByteBuffer buffer = ByteBuffer.allocate(STATE_HEADER_BYTES + plasticity.stateBytes());
        buffer.putInt(STATE_MAGIC).putInt(STATE_VERSION).putLong(samplesLearned).putLong(random.state());
        plasticity.save(buffer);
        return buffer.array();
    }

    /**
     * Continues from a stored state of the same image.
     *
     * @throws MalformedDataException when the bytes are not such a state; the learner is reset where a value is beyond its bound, and else
     *     stays as it was
     */
    public void restore(byte[] state) throws MalformedDataException {
        int bytes = STATE_HEADER_BYTES + plasticity.stateBytes();
        if (state.length != bytes) {
            throw new MalformedDataException(
                    0, "a learned state of this network has " + bytes + " bytes, not " + state.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(state);
        int magic = buffer.getInt();
        int version = buffer.getInt();
        if (magic != STATE_MAGIC || version != STATE_VERSION) {
            throw new MalformedDataException(0, "not a learned state of version " + STATE_VERSION);
        }
        long samples = buffer.getLong();
        long randomState = buffer.getLong();
        if (samples < 0 || samples > MOST_SAMPLES) {
            throw new MalformedDataException(
                    2 * Integer.BYTES, "a learned state is of 0 samples or more, not of " + samples);
        }
        if (!plasticity.restore(buffer)) {
            reset();
            throw new MalformedDataException(buffer.position(), "a learned value is beyond its proved bound");
        }
        random.restore(randomState);
        samplesLearned = samples;
    }

    /**
     * How far each weight of a layer is from the image's.
     *
     * @param which of the layers that learn, in the order of the image's rule
     * @return weights in the order of the image, 2^−8 weight LSBs
     */
    public int[] changes(int which) {
        return plasticity.changes(which);
    }

    /** The network with what was learned in place of what was trained. */
    public SpikingNetwork learnedNetwork() {
        List<Layer> changed = new ArrayList<>(network.layers());
        plasticity.writeTo(network, changed);
        return network.withLayers(changed);
    }
}
