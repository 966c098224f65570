package io.spikelet.learn;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which neurons and weights learn, and which way the error goes: from the output backward along the edges of one time step, as
 * far as something learns.
 */
final class GraphPlan {
    /** The largest threshold that {@link Surrogate} measures. */
    private static final int MOST_ONE = 1 << 28;

    private final SpikingNetwork network;
    private final Engine engine;
    private final LearningRule rule;
    private final LearningMethod method;
    private final List<Layer> layers;

    /** (layers) whether something learns at a layer or on an undelayed way into it. */
    private final boolean[] learnsBelow;

    /** (layers) error at a layer of no neurons; null where none comes. */
    private final long[][] error;

    private final PlasticNeurons[] ofLayer;
    private final int[] noise;

    /** From the output side to the input side. */
    final List<PlasticNeurons> neurons = new ArrayList<>();

    /** In the order of the rule's layers. */
    final PlasticSynapses[] synapses;

    /** The way of the error, in order; slopes are known and the output's error is set. */
    final List<ErrorPass> backward = new ArrayList<>();

    GraphPlan(Classifier classifier, LearningRule rule) throws NotLearnableException {
        network = classifier.network();
        engine = classifier.engine();
        this.rule = rule;
        method = rule.method();
        layers = network.layers();
        learnsBelow = new boolean[layers.size()];
        error = new long[layers.size()][];
        ofLayer = new PlasticNeurons[layers.size()];
        synapses = new PlasticSynapses[rule.layers().size()];
        noise = RoundingNoise.of(widestRow());
        for (int i = 1; i < layers.size(); i++) {
            learnsBelow[i] = network.learns(i);
            for (Inbound inbound : layers.get(i).inputs()) {
                learnsBelow[i] |= inbound.delay() == 0 && learnsBelow[inbound.source()];
            }
        }
        for (int i = layers.size() - 1; i > 0; i--) {
            if (learnsBelow[i]) {
                plan(i);
            }
        }
        for (int k = 0; k < synapses.length; k++) {
            if (synapses[k] == null) {
                throw new NotLearnableException("layer " + rule.layers().get(k)
                        + " is said to learn, but no error reaches it: it drives no neurons before the output");
            }
        }
    }

    private int widestRow() {
        int widest = 1;
        for (int index : rule.layers()) {
            widest = Math.max(widest, layers.get(index).shape().channels());
        }
        return widest;
    }

    /** The neurons of the output. */
    PlasticNeurons output() {
        return neurons.getFirst();
    }

    private void plan(int index) throws NotLearnableException {
        Layer layer = layers.get(index);
        boolean isSpatial = method.feedback() == LearningMethod.Feedback.SPATIAL;
        boolean isReached = index == layers.size() - 1 || error[index] != null || !isSpatial;
        if (layer.operation() instanceof Operation.Neuron neuron) {
            if (isReached) {
                planNeurons(index, layer, neuron);
            }
        } else if (network.learns(index)) {
            planWeights(index, layer);
        } else if (isSpatial && error[index] != null) {
            planPass(index, layer);
        }
    }

    private void planNeurons(int index, Layer layer, Operation.Neuron neuron) throws NotLearnableException {
        int[] one = Parameter.perNeuron(LearningRule.ones(neuron), layer.shape());
        boolean fires = neuron.output() != Operation.Neuron.Output.POTENTIAL;
        if (neuron.output() == Operation.Neuron.Output.BURST || neuron.gated() || neuron.thresholdSteps() > 1) {
            throw new NotLearnableException(
                    "the error passes layer " + index + ", which is no layer of plain spiking neurons");
        }
        for (int value : one) {
            if (value <= 0 || value > MOST_ONE) {
                throw new NotLearnableException(
                        "layer " + index + " has a threshold that is not 1.." + MOST_ONE + ": threshold=" + value);
            }
        }
        PlasticNeurons made = new PlasticNeurons(
                index,
                layer.shape(),
                fires,
                engine,
                one,
                Parameter.perNeuron(rule.biasOnes(neuron), layer.shape()),
                method);
        if (!made.isBounded(GraphPlasticity.mostPace(method))) {
            throw new NotLearnableException(
                    "the thresholds of layer " + index + " could overflow 64 bits; lower their learning rate");
        }
        ofLayer[index] = made;
        neurons.add(made);
        if (error[index] != null) {
            long[] comes = error[index];
            backward.add(ErrorPass.sum(comes, made.error));
        }
        backward.add(made::backward);
        for (int k = 0; k < neuron.drives().size(); k++) {
            Inbound inbound = layer.inputs().get(k);
            int source = inbound.source();
            if (!network.learns(source) && inbound.delay() == 0 && learnsBelow[source] && isSpatial()) {
                if (isLinear(source)) {
                    throw new NotLearnableException("layer " + source
                            + " lies between layers that learn and the output; let it learn too, or bring the error"
                            + " back by random feedback");
                }
                backward.add(ErrorPass.drive(made, scales(index, neuron.drives().get(k), layer, one), errorOf(source)));
            }
        }
    }

    private boolean isSpatial() {
        return method.feedback() == LearningMethod.Feedback.SPATIAL;
    }

    private boolean isLinear(int index) {
        Operation operation = layers.get(index).operation();
        return operation instanceof Operation.Dense || operation instanceof Operation.Conv2d;
    }

    private static long[] scales(int index, Operation.Drive drive, Layer layer, int[] one)
            throws NotLearnableException {
        int[] gain = Parameter.perNeuron(drive.gain(), layer.shape());
        long[] scale = new long[one.length];
        for (int n = 0; n < scale.length; n++) {
            scale[n] = (long) StrictMath.rint((double) gain[n] / one[n] * (1L << ErrorPass.SCALE_BITS));
            if (Math.abs(scale[n]) > ErrorPass.MOST_SCALE) {
                throw new NotLearnableException("one spike drives a neuron of layer " + index + " by more than "
                        + (ErrorPass.MOST_SCALE >> ErrorPass.SCALE_BITS)
                        + " thresholds, so that errors could overflow 64 bits; raise its threshold");
            }
        }
        return scale;
    }

    private long[] errorOf(int index) {
        if (error[index] == null) {
            error[index] = new long[layers.get(index).shape().size()];
        }
        return error[index];
    }

    /** The errors at layers, each to be cleared before the next step. */
    List<long[]> errors() {
        return Arrays.stream(error).filter(array -> array != null).toList();
    }

    private void planWeights(int index, Layer layer) throws NotLearnableException {
        Engine.Plastic plastic = engine.plastic(index);
        PlasticNeurons driven = ofLayer[plastic.neuron()];
        if (driven == null) {
            return;
        }
        Inbound inbound = layer.inputs().getFirst();
        Layer source = layers.get(inbound.source());
        boolean isInput = inbound.source() == 0 && method.kind() != LearningMethod.Kind.E_PROP;
        int inputOne = inbound.source() == 0 ? source.output().maximum() : 1;
        requireValues(inbound.source());
        requireOneEach(index, plastic, driven);
        SynapseTrace trace = new SynapseTrace(
                engine.values(inbound.source()), inbound.delay() > 0, inputOne, isInput ? 0 : plastic.leak()[0]);
        int k = rule.layers().indexOf(index);
        Setting setting = new Setting(
                method,
                (double) rule.learningRate() * method.layerRate(k),
                driven == output(),
                inbound.source() == 0 && network.encoder().isConstant(),
                inputOne,
                source.output().maximum(),
                weights(layer.operation()),
                engine.rows(),
                noise);
        ConvGeometry geometry = ConvGeometry.of(layer.operation(), source.shape(), layer.shape());
        boolean first = layers.get(driven.layer).inputs().getFirst().source() == index;
        synapses[k] = new PlasticSynapses(index, geometry, plastic, trace, driven, setting, first, network.timeSteps());
        if (!synapses[k].isBounded(source.output().maximum(), network.timeSteps())) {
            throw new NotLearnableException("layer " + index + "'s gradients could overflow 32 bits within "
                    + network.timeSteps() + " time steps; lower the learning rate, the clip or the time steps");
        }
        if (isSpatial() && inbound.delay() == 0 && learnsBelow[inbound.source()]) {
            PlasticSynapses made = synapses[k];
            long[] into = errorOf(inbound.source());
            backward.add(() -> made.passBack(into));
        }
    }

    private static byte[] weights(Operation operation) {
        return operation instanceof Operation.Dense dense ? dense.weights() : ((Operation.Conv2d) operation).weights();
    }

    private void requireValues(int layer) throws NotLearnableException {
        if (!engine.gives(layer)) {
            throw new NotLearnableException("layer " + layer
                    + " has no values of its own on these kernels; load the reference kernels to learn");
        }
    }

    /** A trace has one leak, and weights that are shared by a plane one measure. */
    private void requireOneEach(int index, Engine.Plastic plastic, PlasticNeurons driven) throws NotLearnableException {
        Operation.Neuron neuron =
                (Operation.Neuron) layers.get(plastic.neuron()).operation();
        if (neuron.hasSynapticCurrent()) {
            throw new NotLearnableException("layer " + index + " drives neurons with a synaptic current");
        }
        int area = driven.area;
        for (int n = 0; n < driven.one.length; n++) {
            int first = n / area * area;
            if (plastic.gain()[n] <= 0) {
                throw new NotLearnableException("layer " + index + " drives a neuron whose gain is not positive");
            }
            if (plastic.leak()[n] != plastic.leak()[0]) {
                throw new NotLearnableException(
                        "layer " + index + " drives neurons of different leaks; a trace needs one leak a layer");
            }
            if (plastic.gain()[n] != plastic.gain()[first] || driven.one[n] != driven.one[first]) {
                throw new NotLearnableException("layer " + index
                        + " drives neurons whose gains or thresholds differ within a channel, whose weights"
                        + " they share");
            }
        }
    }

    private void planPass(int index, Layer layer) throws NotLearnableException {
        Operation operation = layer.operation();
        int[][] values = new int[layer.inputs().size()][];
        for (int k = 0; k < values.length; k++) {
            int source = layer.inputs().get(k).source();
            if (layer.inputs().get(k).delay() == 0 && learnsBelow[source]) {
                requireUndelayed(layer);
                for (Inbound inbound : layer.inputs()) {
                    requireValues(inbound.source());
                    values[layer.inputs().indexOf(inbound)] = engine.values(inbound.source());
                }
                backward.add(pass(index, layer, operation, values, k, source));
            }
        }
    }

    private static void requireUndelayed(Layer layer) throws NotLearnableException {
        for (Inbound inbound : layer.inputs()) {
            if (inbound.delay() > 0) {
                throw new NotLearnableException("the error passes '" + layer.name()
                        + "', one of whose edges feeds back; bring it back by random feedback");
            }
        }
    }

    private ErrorPass pass(int index, Layer layer, Operation operation, int[][] values, int k, int source)
            throws NotLearnableException {
        long[] to = errorOf(source);
        if (operation instanceof Pool2d pool && pool.kind() != Pool2d.Kind.LOSS_FREE && !isLinear(source)) {
            return new PoolErrorPass(pool, layers.get(source).shape(), layer.shape(), error[index], to, values[k]);
        }
        if (operation instanceof VotePool vote) {
            return ErrorPass.vote(error[index], to, vote.voters());
        }
        if (operation instanceof Join join) {
            return ErrorPass.join(join.kind(), error[index], to, values, k);
        }
        throw new NotLearnableException("no error passes layer " + index + " '" + layer.name()
                + "' backward; let only layers behind it learn, or bring the error back by random feedback");
    }
}
