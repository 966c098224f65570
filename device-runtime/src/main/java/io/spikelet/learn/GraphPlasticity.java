package io.spikelet.learn;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any rule that learns from errors, over any wiring of dense, convolution and recurrent layers, pools and joins. Five bytes a
 * weight beside the weight itself, a rest and a gradient, and under e-prop four more; memory does not depend on T.
 */
final class GraphPlasticity implements Plasticity {
    /** The mean reward looks back over 2^5 rewards. */
    private static final int REWARD_MEMORY_SHIFT = 5;

    private final Engine engine;
    private final LearningMethod method;
    private final OutputError outputError;
    private final PlasticNeurons[] neurons;
    private final PlasticSynapses[] synapses;
    private final ErrorPass[] backward;
    private final long[][] errors;

    /** (neurons) null where errors come through the weights. */
    private final RandomFeedback[] feedback;

    /** Null but under PROXY. */
    private final ProxyPass proxy;

    /** Q1.15, of the rewards so far. */
    private int meanReward;

    GraphPlasticity(Classifier classifier, LearningRule rule) throws NotLearnableException {
        SpikingNetwork network = classifier.network();
        engine = classifier.engine();
        method = rule.method();
        outputError = OutputError.of(network, rule.logitGain());
        GraphPlan plan = new GraphPlan(classifier, rule);
        neurons = plan.neurons.toArray(new PlasticNeurons[0]);
        synapses = plan.synapses;
        backward = plan.backward.toArray(new ErrorPass[0]);
        errors = plan.errors().toArray(new long[0][]);
        feedback = new RandomFeedback[neurons.length];
        if (method.feedback() == LearningMethod.Feedback.RANDOM) {
            for (int k = 1; k < feedback.length; k++) {
                feedback[k] = new RandomFeedback(neurons[k].layer);
            }
        }
        proxy = method.kind() == LearningMethod.Kind.PROXY ? ProxyPass.of(network, engine, synapses) : null;
    }

    /**
     * The largest absolute pace of an update, in whole steps: a reward of −1 where 1 has become the mean, or the other way
     * round, is a surprise of 2.
     */
    static int mostPace(LearningMethod method) {
        return method.kind() == LearningMethod.Kind.REWARD ? 2 : 1;
    }

    @Override
    public void beginSample() {
        for (PlasticNeurons layer : neurons) {
            layer.beginSample();
        }
        for (PlasticSynapses layer : synapses) {
            layer.beginSample(engine.rows());
        }
        if (proxy != null) {
            proxy.beginSample();
        }
    }

    @Override
    public void step(int label, SeededRandom random, int pace) {
        if (proxy != null) {
            proxy.step();
            return;
        }
        PlasticNeurons output = neurons[0];
        for (PlasticNeurons layer : neurons) {
            layer.beginStep();
        }
        for (long[] layer : errors) {
            Arrays.fill(layer, 0);
        }
        outputError.compute(engine.values(output.layer), label);
        for (int o = 0; o < output.error.length; o++) {
            output.error[o] = outputError.ofNeuron(o);
        }
        for (int k = 1; k < neurons.length && feedback[k] != null; k++) {
            feedback[k].send(outputError.error, neurons[k].error);
        }
        for (ErrorPass pass : backward) {
            pass.pass();
        }
        for (PlasticSynapses layer : synapses) {
            layer.step();
        }
        if (method.kind() == LearningMethod.Kind.OTTT_ONLINE) {
            update(random, pace);
        }
    }

    @Override
    public void endSample(int label, Inference answer, SeededRandom random, int pace) {
        switch (method.kind()) {
            case OTTT, E_PROP, FLIP -> update(random, pace);
            case PROXY -> {
                proxy.learn(label, answer.steps());
                update(random, pace);
            }
            case OTTT_ONLINE, REWARD, CALIBRATION -> {
                // The first has changed its weights already, the second waits for a reward, the third has no gradient.
            }
        }
    }

    /**
     * {@code W ← W − η·(R − R̄)·E}: what the network answered becomes likelier where the reward is above the mean, and less
     * likely below (equation L13).
     *
     * @param reward Q1.15, −1.0..1.0
     */
    void reward(int reward, SeededRandom random, int pace) {
        int surprise = reward - meanReward;
        meanReward += surprise >> REWARD_MEMORY_SHIFT;
        update(random, (int) ((long) surprise * pace >> Q15.BITS));
    }

    private void update(SeededRandom random, int pace) {
        for (PlasticSynapses layer : synapses) {
            layer.update(random, pace);
        }
        for (PlasticNeurons layer : neurons) {
            layer.update(random, pace);
        }
    }

    @Override
    public void reset() {
        for (PlasticSynapses layer : synapses) {
            layer.reset();
        }
        for (PlasticNeurons layer : neurons) {
            layer.reset();
        }
        meanReward = 0;
    }

    @Override
    public int stateBytes() {
        int bytes = Integer.BYTES;
        for (PlasticSynapses layer : synapses) {
            bytes += layer.stateBytes();
        }
        for (PlasticNeurons layer : neurons) {
            bytes += layer.stateBytes();
        }
        return bytes;
    }

    @Override
    public void save(ByteBuffer into) {
        into.putInt(meanReward);
        for (PlasticSynapses layer : synapses) {
            layer.save(into);
        }
        for (PlasticNeurons layer : neurons) {
            layer.save(into);
        }
    }

    @Override
    public boolean restore(ByteBuffer from) {
        meanReward = from.getInt();
        boolean whole = Math.abs((long) meanReward) <= Q15.ONE;
        for (PlasticSynapses layer : synapses) {
            whole = whole && layer.restore(from);
        }
        for (PlasticNeurons layer : neurons) {
            whole = whole && layer.restore(from);
        }
        return whole;
    }

    @Override
    public int[] changes(int which) {
        return synapses[which].changes();
    }

    @Override
    public void writeTo(SpikingNetwork network, List<Layer> layers) {
        for (PlasticSynapses learned : synapses) {
            Layer layer = layers.get(learned.index);
            layers.set(learned.index, with(layer, weights(layer.operation(), learned)));
            int driven = learned.neurons.layer;
            layers.set(driven, withBias(layers.get(driven), learned));
        }
        for (PlasticNeurons learned : neurons) {
            if (learned.learnsThresholds()) {
                Layer layer = layers.get(learned.layer);
                Operation.Neuron neuron = (Operation.Neuron) layer.operation();
                layers.set(
                        learned.layer,
                        with(
                                layer,
                                neuron.withThreshold(
                                        PerChannel.of(learned.live.threshold(), learned.channels),
                                        PerChannel.of(learned.live.spent(), learned.channels))));
            }
        }
    }

    private static Operation weights(Operation operation, PlasticSynapses learned) {
        byte[] weights = learned.geometry.inImageOrder(learned.plastic.weights());
        if (operation instanceof Operation.Dense dense) {
            return new Operation.Dense(dense.outputs(), dense.inputs(), dense.kind(), weights, dense.scale());
        }
        Operation.Conv2d conv = (Operation.Conv2d) operation;
        return new Operation.Conv2d(
                conv.outChannels(),
                conv.inChannels(),
                conv.kernelHeight(),
                conv.kernelWidth(),
                conv.strideY(),
                conv.strideX(),
                conv.paddingY(),
                conv.paddingX(),
                conv.dilationY(),
                conv.dilationX(),
                conv.groups(),
                conv.kind(),
                weights,
                conv.scale());
    }

    private static Layer withBias(Layer layer, PlasticSynapses learned) {
        Operation.Neuron neuron = (Operation.Neuron) layer.operation();
        List<Operation.Drive> drives = new ArrayList<>(neuron.drives());
        for (int k = 0; k < drives.size(); k++) {
            Inbound inbound = layer.inputs().get(k);
            if (inbound.source() == learned.index) {
                Operation.Drive drive = drives.get(k);
                int[] bias = PerChannel.of(learned.plastic.bias(), learned.neurons.channels);
                drives.set(k, new Operation.Drive(drive.gain(), bias, drive.biasAtStart()));
            }
        }
        return with(layer, neuron.withDrives(drives));
    }

    private static Layer with(Layer layer, Operation operation) {
        return new Layer(layer.name(), layer.inputs(), layer.shape(), layer.output(), operation);
    }
}
