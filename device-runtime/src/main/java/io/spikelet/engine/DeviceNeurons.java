package io.spikelet.engine;

import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.Optional;

/**
 * A dense layer and the neurons behind it as a device of kind SPIKE computes them, in weight LSBs. With a gain g of 1 or more,
 * no bias and a hard reset to 0 the integer neuron's membrane (docs/equations.md, N1) is g times the device's, so that
 * {@code membrane > θ} is {@code v ≥ ⌊θ / g⌋ + 1} and {@code membrane ≥ θ} is {@code v ≥ ⌈θ / g⌉}.
 */
final class DeviceNeurons {
    private static final int WHOLE = 1 << 15;

    /** What a device is asked to hold, or null where {@link #refusal} says why there is nothing. */
    final SynapseLayer synapses;

    /** Index of the layer of neurons, −1 where there is none. */
    final int neurons;

    /** One sentence's end, null where the layer goes. */
    final String refusal;

    private DeviceNeurons(SynapseLayer synapses, int neurons, String refusal) {
        this.synapses = synapses;
        this.neurons = neurons;
        this.refusal = refusal;
    }

    private static DeviceNeurons refused(String why) {
        return new DeviceNeurons(null, -1, why);
    }

    /** @param index of a layer with weights */
    static DeviceNeurons behind(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        if (!(layer.operation() instanceof Operation.Dense)) {
            return refused("it is no dense layer, and its neurons could not be told one by one");
        }
        int behind = onlyReader(network, index);
        if (behind < 0) {
            return refused("it does not drive just one layer of neurons");
        }
        Layer target = network.layers().get(behind);
        if (!(target.operation() instanceof Operation.Neuron neuron)) {
            return refused("behind it is no layer of neurons");
        }
        if (target.inputs().size() != 1 || target.inputs().getFirst().delay() != 0) {
            return refused("its neurons are driven by " + target.inputs().size()
                    + " edges or by a late one, and a device has one, at once");
        }
        Layer source = network.layers().get(layer.inputs().getFirst().source());
        if (layer.inputs().getFirst().delay() != 0) {
            return refused("its inputs are those of the step before");
        }
        if (source.output().kind() != EdgeDomain.Kind.BIT) {
            return refused("its inputs are " + source.output().words() + ", and a spike is 0 or 1");
        }
        String other = otherRule(neuron);
        return other == null ? of(network, index, behind, neuron) : refused(other);
    }

    private static int onlyReader(SpikingNetwork network, int index) {
        int reader = -1;
        for (int i = 0; i < network.layers().size(); i++) {
            for (Inbound inbound : network.layers().get(i).inputs()) {
                if (inbound.source() == index) {
                    if (reader >= 0) {
                        return -1;
                    }
                    reader = i;
                }
            }
        }
        return reader;
    }

    /** Why neurons follow another rule than {@link SynapseLayer.Neurons}; null where they do not. */
    private static String otherRule(Operation.Neuron neuron) {
        if (neuron.output() != Operation.Neuron.Output.SPIKE) {
            return "its neurons give " + neuron.output() + ", and the device gives spikes";
        }
        if (neuron.gated() || neuron.hasSynapticCurrent() || neuron.hasFloor()) {
            return "its neurons have a gate, a synaptic current or a floor";
        }
        if (!all(neuron.a0(), WHOLE)) {
            return "its neurons leak by a factor, and the device's lose a fixed amount a step";
        }
        if (!all(neuron.a1(), 0) || !all(neuron.b1(), 0)) {
            return "its neurons do not start again from 0 after a spike";
        }
        Operation.Drive drive = neuron.drives().getFirst();
        if (!all(neuron.b0(), 0) || !all(drive.bias(), 0)) {
            return "its neurons have biases, and the device's have none";
        }
        if (drive.steps() != 1 || neuron.thresholdSteps() != 1) {
            return "its gains or thresholds change from step to step";
        }
        if (Arrays.stream(drive.gain()).anyMatch(gain -> gain < 1)) {
            return "a gain of its neurons is below 1";
        }
        return null;
    }

    private static boolean all(int[] values, int value) {
        return Arrays.stream(values).allMatch(one -> one == value);
    }

    private static DeviceNeurons of(SpikingNetwork network, int index, int behind, Operation.Neuron neuron) {
        Layer target = network.layers().get(behind);
        int[] gain = Parameter.perNeuron(neuron.drives().getFirst().gain(), target.shape());
        int[] threshold = Parameter.perNeuron(neuron.threshold(), target.shape());
        for (int n = 0; n < threshold.length; n++) {
            threshold[n] = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE
                    ? Math.floorDiv(threshold[n], gain[n]) + 1
                    : Math.ceilDiv(threshold[n], gain[n]);
        }
        SynapseLayer plain = DeviceWindows.synapses(network, index);
        SynapseLayer.Neurons rule = new SynapseLayer.Neurons(
                threshold, new int[threshold.length], Integer.MIN_VALUE, Integer.MAX_VALUE, network.timeSteps());
        SynapseLayer synapses = new SynapseLayer(
                plain.name(), plain.inputs(), plain.outputs(), plain.weights(), plain.mostInput(), Optional.of(rule));
        return new DeviceNeurons(synapses, behind, null);
    }
}
