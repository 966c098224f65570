package io.spikelet.learn;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.List;

/** Moves thresholds by what membranes show, without labels and without a random bit; weights and biases stay. */
final class CalibrationPlasticity implements Plasticity {
    /** Of a threshold, in membrane LSBs, so that it times an extremum fits 64 bits. */
    private static final int MOST_ONE = 1 << 28;

    /** Values that one extremum is made of; so many squares of Q1.15 fit 64 bits. */
    private static final long MOST_VALUES = 1L << 32;

    /** In the order of the rule's layers. */
    private final CalibratedLayer[] layers;

    CalibrationPlasticity(Classifier classifier, LearningRule rule) throws NotLearnableException {
        layers = new CalibratedLayer[rule.layers().size()];
        for (int k = 0; k < layers.length; k++) {
            layers[k] = layer(classifier, rule, k);
        }
    }

    private static CalibratedLayer layer(Classifier classifier, LearningRule rule, int k) throws NotLearnableException {
        SpikingNetwork network = classifier.network();
        int weights = rule.layers().get(k);
        int index = driven(network, weights);
        Engine.Membranes live = classifier.engine().membranes(index);
        for (int threshold : live.threshold()) {
            if (threshold < 1 || threshold > MOST_ONE) {
                throw new NotLearnableException(
                        "layer " + index + " has a threshold that is not 1.." + MOST_ONE + ": threshold=" + threshold);
            }
        }
        List<Float> extrema = rule.method().extrema().get(k);
        long values = (long) live.threshold().length / extrema.size() * network.timeSteps();
        if (values > MOST_VALUES) {
            throw new NotLearnableException("layer " + index + "'s extrema could overflow 64 bits within "
                    + network.timeSteps() + " time steps; lower the time steps");
        }
        CalibratedLayer layer = new CalibratedLayer(
                weightCount(network.layers().get(weights).operation()),
                index,
                live,
                network.layers().get(index).shape(),
                (double) rule.learningRate() * rule.method().layerRate(k),
                rule.method().thresholdFloor(),
                rule.method().membraneClip(),
                extrema);
        if (!layer.isOneEach()) {
            throw new NotLearnableException(
                    "layer " + index + " has thresholds that differ within a channel, which are calibrated as one");
        }
        return layer;
    }

    private static int weightCount(Operation operation) {
        return operation instanceof Operation.Dense dense
                ? dense.weights().length
                : ((Operation.Conv2d) operation).weights().length;
    }

    private static int driven(SpikingNetwork network, int weights) throws NotLearnableException {
        for (int i = 1; i < network.layers().size(); i++) {
            boolean reads = network.layers().get(i).inputs().stream().anyMatch(inbound -> inbound.source() == weights);
            if (reads) {
                return i;
            }
        }
        throw new NotLearnableException("layer " + weights + " drives no neuron");
    }

    @Override
    public void beginSample() {
        for (CalibratedLayer layer : layers) {
            layer.beginSample();
        }
    }

    @Override
    public void step(int label, SeededRandom random, int pace) {
        for (CalibratedLayer layer : layers) {
            layer.step();
        }
    }

    @Override
    public void endSample(int label, Inference answer, SeededRandom random, int pace) {
        for (CalibratedLayer layer : layers) {
            layer.endSample(pace);
        }
    }

    @Override
    public void reset() {
        for (CalibratedLayer layer : layers) {
            layer.reset();
        }
    }

    @Override
    public int stateBytes() {
        int bytes = 0;
        for (CalibratedLayer layer : layers) {
            bytes += layer.stateBytes();
        }
        return bytes;
    }

    @Override
    public void save(ByteBuffer into) {
        for (CalibratedLayer layer : layers) {
            layer.save(into);
        }
    }

    @Override
    public boolean restore(ByteBuffer from) {
        for (CalibratedLayer layer : layers) {
            if (!layer.restore(from)) {
                return false;
            }
        }
        return true;
    }

    /** Weights stay. */
    @Override
    public int[] changes(int which) {
        return new int[layers[which].weightCount];
    }

    @Override
    public void writeTo(SpikingNetwork network, List<Layer> changed) {
        for (CalibratedLayer learned : layers) {
            Layer layer = changed.get(learned.layer);
            Operation.Neuron neuron = (Operation.Neuron) layer.operation();
            Operation moved = neuron.withThreshold(
                    PerChannel.of(learned.live.threshold(), learned.channels),
                    PerChannel.of(learned.live.spent(), learned.channels));
            changed.set(learned.layer, new Layer(layer.name(), layer.inputs(), layer.shape(), layer.output(), moved));
        }
    }
}
