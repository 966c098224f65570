package io.spikelet.learn;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** OTTT, accumulated over the steps of a sample, on a chain of dense layers that ends at the output: the fast special case. */
final class ChainPlasticity implements Plasticity {
    private final Engine engine;

    /** From the input side to the output side. */
    private final PlasticLayer[] layers;

    private final List<Integer> indices;
    private final OutputError outputError;

    private ChainPlasticity(Engine engine, LearningRule rule, PlasticLayer[] layers) throws NotLearnableException {
        this.engine = engine;
        this.layers = layers;
        indices = rule.layers();
        outputError = OutputError.of(engine.network(), rule.logitGain());
    }

    /** Whether a rule is this one and its layers are such a chain. */
    static boolean serves(SpikingNetwork network, LearningRule rule) {
        if (!rule.method().equals(LearningMethod.OTTT)) {
            return false;
        }
        int expected = network.layers().size() - 1;
        for (int k = rule.layers().size() - 1; k >= 0; k--) {
            int index = rule.layers().get(k);
            Layer layer = network.layers().get(index);
            List<Inbound> driving = network.layers().get(expected).inputs();
            if (!(layer.operation() instanceof Operation.Dense)
                    || layer.inputs().getFirst().delay() > 0
                    || !driving.contains(Inbound.from(index))) {
                return false;
            }
            expected = layer.inputs().getFirst().source();
        }
        return true;
    }

    static ChainPlasticity of(Classifier classifier, LearningRule rule) throws NotLearnableException {
        PlasticLayer[] layers = new PlasticLayer[rule.layers().size()];
        int[] noise = RoundingNoise.of(widestRow(classifier.network(), rule));
        for (int k = 0; k < layers.length; k++) {
            layers[k] = plasticLayer(classifier, rule, rule.layers().get(k), noise);
        }
        return new ChainPlasticity(classifier.engine(), rule, layers);
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
        Operation.Dense dense = (Operation.Dense) network.layers().get(index).operation();
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
                ConvGeometry.of(
                        dense,
                        network.layers().get(plastic.source()).shape(),
                        network.layers().get(index).shape()),
                dense.weights(),
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

    @Override
    public void beginSample() {
        for (PlasticLayer layer : layers) {
            layer.use(engine.rows(), engine.neurons());
            layer.beginSample();
        }
    }

    @Override
    public void step(int label, SeededRandom random, int pace) {
        record(label);
        if (layers[0].steps().isFull()) {
            workOff(random, pace, false);
        }
    }

    /** Keeps what this step leaves for the update: traces, slopes and the error of the output. */
    private void record(int label) {
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
    private void workOff(SeededRandom random, int pace, boolean last) {
        for (int k = layers.length - 1; k > 0; k--) {
            layers[k].passBack(layers[k - 1]);
        }
        for (PlasticLayer layer : layers) {
            layer.update(random, pace, last);
        }
    }

    @Override
    public void endSample(int label, Inference answer, SeededRandom random, int pace) {
        workOff(random, pace, true);
    }

    @Override
    public void reset() {
        for (PlasticLayer layer : layers) {
            layer.reset();
        }
    }

    @Override
    public int stateBytes() {
        int bytes = 0;
        for (PlasticLayer layer : layers) {
            bytes += layer.stateBytes();
        }
        return bytes;
    }

    @Override
    public void save(ByteBuffer into) {
        for (PlasticLayer layer : layers) {
            layer.save(into);
        }
    }

    @Override
    public boolean restore(ByteBuffer from) {
        for (PlasticLayer layer : layers) {
            if (!layer.restore(from)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int[] changes(int which) {
        return layers[which].changes();
    }

    @Override
    public void writeTo(SpikingNetwork network, List<Layer> changed) {
        for (int k = 0; k < layers.length; k++) {
            int index = indices.get(k);
            changed.set(index, withWeights(network.layers().get(index), layers[k]));
            changed.set(layers[k].neuron(), withBias(changed.get(layers[k].neuron()), index, layers[k].bias()));
        }
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
