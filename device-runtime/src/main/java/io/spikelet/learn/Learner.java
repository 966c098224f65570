package io.spikelet.learn;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * OTTT, accumulated over the steps of a sample and applied once after it (OTTT_A), on the dense layers that the image
 * names. Changes the classifier's own weights, so whatever is learned is served at once. One learner serves one thread.
 */
public final class Learner {
    /** The seed that every board learns with, so that a host can predict what a board will have learned. */
    public static final long BOARD_SEED = 0x5350494b454c4554L;

    private static final int STATE_MAGIC = 0x53504c53;
    private static final int STATE_VERSION = 1;
    private static final int STATE_HEADER_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

    private final Classifier classifier;
    private final SpikingNetwork network;

    /** From the input side to the output side. */
    private final PlasticLayer[] layers;

    private final OutputError outputError;
    private final SeededRandom random;
    private final long seed;
    /** Samples after which the step is half; 0 for a step that stays. */
    private final int halving;

    private long samplesLearned;

    private Learner(Classifier classifier, LearningRule rule, PlasticLayer[] layers, long seed) {
        this.classifier = classifier;
        this.network = classifier.network();
        this.layers = layers;
        this.seed = seed;
        outputError = OutputError.of(network, rule.logitGain());
        halving = rule.halving();
        random = new SeededRandom(seed);
    }

    /**
     * Prepares a classifier for learning.
     *
     * @param seed of the stochastic rounding; the same seed and samples give the same weights on every processor
     * @throws NotLearnableException when the image names no learning rule, or layers that OTTT cannot reach
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
        PlasticLayer[] layers = new PlasticLayer[rule.layers().size()];
        int[] noise = RoundingNoise.of(widestRow(classifier.network(), rule));
        for (int k = 0; k < layers.length; k++) {
            layers[k] = plasticLayer(classifier, rule, rule.layers().get(k), noise);
        }
        int expected = classifier.network().layers().size() - 1;
        for (int k = layers.length - 1; k >= 0; k--) {
            if (layers[k].neuron() != expected) {
                throw new NotLearnableException("layers that learn must form a chain that ends at the output; layer "
                        + rule.layers().get(k) + " does not");
            }
            expected = layers[k].source();
        }
        return new Learner(classifier, rule, layers, seed);
    }

    private static int widestRow(SpikingNetwork network, LearningRule rule) {
        return rule.layers().stream()
                .mapToInt(index -> network.layers().get(index).shape().size())
                .max()
                .orElseThrow();
    }

    private static PlasticLayer plasticLayer(Classifier classifier, LearningRule rule, int index, int[] noise)
            throws NotLearnableException {
        SpikingNetwork network = classifier.network();
        boolean isRead = network.layers().stream()
                .flatMap(layer -> layer.inputs().stream())
                .anyMatch(inbound -> inbound.source() == index);
        if (!isRead) {
            throw new NotLearnableException("layer " + index + " drives no neuron");
        }
        Engine.Plastic plastic = classifier.engine().plastic(index);
        Layer driven = network.layers().get(plastic.neuron());
        Operation.Neuron neuron = (Operation.Neuron) driven.operation();
        int[] one = Parameter.perNeuron(LearningRule.ones(neuron), driven.shape());
        for (int o = 0; o < plastic.bias().length; o++) {
            if (one[o] <= 0 || plastic.gain()[o] <= 0) {
                throw new NotLearnableException(
                        "layer " + index + " drives a neuron whose threshold or gain is not positive");
            }
            if (plastic.leak()[o] != plastic.leak()[0]) {
                throw new NotLearnableException(
                        "layer " + index + " drives neurons of different leaks; a trace needs one leak a layer");
            }
        }
        if (neuron.hasSynapticCurrent()) {
            throw new NotLearnableException("layer " + index + " drives neurons with a synaptic current");
        }
        boolean fires = neuron.output() != Operation.Neuron.Output.POTENTIAL;
        Presynaptic inputs = plastic.source() > 0
                ? Presynaptic.TRACE
                : network.encoder().isConstant() ? Presynaptic.CONSTANT : Presynaptic.INPUT;
        int sourceMaximum = network.layers().get(plastic.source()).output().maximum();
        int inputOne = inputs == Presynaptic.TRACE ? 1 : sourceMaximum;
        PlasticLayer layer = new PlasticLayer(
                plastic,
                classifier.engine().rows(),
                classifier.engine().neurons(),
                one,
                fires,
                noise,
                rule.learningRate(),
                inputs,
                inputOne,
                sourceMaximum,
                network.timeSteps());
        if (!layer.isBounded(sourceMaximum, network.timeSteps())) {
            throw new NotLearnableException("layer " + index + "'s gradients could overflow 32 bits within "
                    + network.timeSteps() + " time steps; lower the learning rate or the time steps");
        }
        return layer;
    }

    /**
     * Classifies one sample, then learns its label from the steps that were run.
     *
     * @param label 0..classes − 1
     * @param into takes the answer given before learning
     */
    public void learn(byte[] samples, int offset, int label, Inference into) {
        if (label < 0 || label >= network.readout().classes()) {
            throw new IllegalArgumentException(
                    "label must be 0.." + (network.readout().classes() - 1) + ": label=" + label);
        }
        classifier.begin(samples, offset, into);
        for (PlasticLayer layer : layers) {
            layer.use(classifier.engine().rows(), classifier.engine().neurons());
            layer.beginSample();
        }
        int pace = pace();
        boolean ended = false;
        for (int t = 0; t < network.timeSteps() && !ended; t++) {
            ended = classifier.advance(samples, offset, t, into);
            record(label);
            if (layers[0].steps().isFull()) {
                workOff(pace, false);
            }
        }
        classifier.conclude(into);
        workOff(pace, true);
        samplesLearned++;
    }

    /** What of the step is left, {@code 1 / (1 + n / halving)}, Q1.15 (equation L6). */
    private int pace() {
        return halving == 0 ? Q15.ONE : (int) (((long) halving << Q15.BITS) / (halving + samplesLearned));
    }

    /** Keeps what this step leaves for the update: traces, slopes and the error of the output. */
    private void record(int label) {
        Engine engine = classifier.engine();
        for (PlasticLayer layer : layers) {
            layer.record(engine.values(layer.source()), engine.membrane(layer.neuron()));
        }
        PlasticLayer last = layers[layers.length - 1];
        outputError.compute(engine.values(last.neuron()), label);
        for (int o = 0; o < last.outputs(); o++) {
            last.postFactor(last.steps().steps - 1, o, outputError.ofNeuron(o));
        }
    }

    /**
     * Learns from the recorded steps. The error runs backward in space only, within one time step and through the weights
     * that served; no gradient passes through time or reset.
     */
    private void workOff(int pace, boolean last) {
        for (int k = layers.length - 1; k > 0; k--) {
            layers[k].passBack(layers[k - 1]);
        }
        for (PlasticLayer layer : layers) {
            layer.update(random, pace, last);
        }
    }

    /** How many samples shaped the present weights. */
    public long samplesLearned() {
        return samplesLearned;
    }

    /** Back to the weights that came with the image. */
    public void reset() {
        for (PlasticLayer layer : layers) {
            layer.reset();
        }
        random.restore(seed);
        samplesLearned = 0;
    }

    /** All that was learned, big endian: magic, version, samples, random state, then each layer's shadow and bias. */
    public byte[] state() {
        ByteBuffer buffer = ByteBuffer.allocate(stateBytes());
        buffer.putInt(STATE_MAGIC).putInt(STATE_VERSION).putLong(samplesLearned).putLong(random.state());
        for (PlasticLayer layer : layers) {
            layer.save(buffer);
        }
        return buffer.array();
    }

    private int stateBytes() {
        int bytes = STATE_HEADER_BYTES;
        for (PlasticLayer layer : layers) {
            bytes += layer.stateBytes();
        }
        return bytes;
    }

    /**
     * Continues from a stored state of the same image.
     *
     * @throws MalformedDataException when the bytes are not such a state; the learner is reset then
     */
    public void restore(byte[] state) throws MalformedDataException {
        if (state.length != stateBytes()) {
            throw new MalformedDataException(
                    0, "a learned state of this network has " + stateBytes() + " bytes, not " + state.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(state);
        int magic = buffer.getInt();
        int version = buffer.getInt();
        if (magic != STATE_MAGIC || version != STATE_VERSION) {
            throw new MalformedDataException(0, "not a learned state of version " + STATE_VERSION);
        }
        long samples = buffer.getLong();
        long randomState = buffer.getLong();
        for (PlasticLayer layer : layers) {
            if (!layer.restore(buffer)) {
                reset();
                throw new MalformedDataException(buffer.position(), "a learned value is beyond its proved bound");
            }
        }
        random.restore(randomState);
        samplesLearned = samples;
    }

    /** The network with what was learned in place of what was trained. */
    public SpikingNetwork learnedNetwork() {
        List<Layer> changed = new ArrayList<>(network.layers());
        List<Integer> indices = network.learning().orElseThrow().layers();
        for (int k = 0; k < layers.length; k++) {
            int index = indices.get(k);
            changed.set(index, withWeights(network.layers().get(index), layers[k]));
            changed.set(layers[k].neuron(), withBias(changed.get(layers[k].neuron()), index, layers[k].bias()));
        }
        return network.withLayers(changed);
    }

    private static Layer withWeights(Layer layer, PlasticLayer learned) {
        Operation.Dense dense = (Operation.Dense) layer.operation();
        byte[] weights = new byte[dense.weights().length];
        for (int i = 0; i < learned.inputs(); i++) {
            for (int o = 0; o < learned.outputs(); o++) {
                weights[o * learned.inputs() + i] = learned.weights()[i * learned.outputs() + o];
            }
        }
        return new Layer(
                layer.name(),
                layer.inputs(),
                layer.shape(),
                layer.output(),
                new Operation.Dense(dense.outputs(), dense.inputs(), weights, dense.scale()));
    }

    private static Layer withBias(Layer layer, int source, int[] bias) {
        Operation.Neuron neuron = (Operation.Neuron) layer.operation();
        List<Operation.Drive> drives = new ArrayList<>(neuron.drives());
        for (int k = 0; k < drives.size(); k++) {
            Inbound inbound = layer.inputs().get(k);
            if (inbound.source() == source) {
                Operation.Drive drive = drives.get(k);
                drives.set(k, new Operation.Drive(drive.gain(), bias.clone(), drive.biasAtStart()));
            }
        }
        return new Layer(layer.name(), layer.inputs(), layer.shape(), layer.output(), neuron.withDrives(drives));
    }
}
