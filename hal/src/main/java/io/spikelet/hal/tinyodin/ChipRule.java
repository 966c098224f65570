package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.SynapseLayer;
import java.util.Arrays;

/**
 * What the chip computes, on the CPU: its neuron's rule after lif_neuron.v of ChFrenkel/tinyODIN, for a layer that
 * {@link TinyOdin} maps. Says beforehand what the chip will give, and afterwards whether it did.
 */
public final class ChipRule {
    private final SynapseLayer layer;
    private final SynapseLayer.Neurons neurons;
    private final Firing firing;
    private final int[] membrane; // (outputs)

    /** @throws IllegalArgumentException when the layer does not fit on the chip */
    public ChipRule(SynapseLayer layer, Firing firing) {
        if (!LayerFit.refusals(layer, firing).isEmpty()) {
            throw new IllegalArgumentException(
                    "layer " + layer.name() + " does not fit on the chip: " + LayerFit.refusals(layer, firing));
        }
        this.layer = layer;
        this.neurons = layer.neurons().orElseThrow();
        this.firing = firing;
        this.membrane = new int[layer.outputs()];
    }

    public void reset() {
        Arrays.fill(membrane, 0);
    }

    /**
     * One time step.
     *
     * @param input (inputs) 0 or 1
     * @param output (outputs) takes how often each neuron fired
     */
    public void step(int[] input, int[] output) {
        Arrays.fill(output, 0);
        for (int pre = 0; pre < input.length; pre++) {
            if (input[pre] == 0) {
                continue;
            }
            for (int n = 0; n < membrane.length; n++) {
                int v = membrane[n] + layer.weights()[pre * membrane.length + n];
                membrane[n] = Math.clamp(v, NeuronWord.LEAST_CORE, NeuronWord.MOST_CORE);
                if (firing == Firing.AT_EVERY_SPIKE) {
                    fire(n, output);
                }
            }
        }
        for (int n = 0; n < membrane.length; n++) {
            int leak = neurons.leak()[n];
            membrane[n] -= Math.clamp(membrane[n], -leak, leak);
            fire(n, output);
        }
    }

    private void fire(int n, int[] output) {
        if (membrane[n] >= 0 && membrane[n] >= neurons.threshold()[n]) {
            membrane[n] = 0;
            output[n]++;
        }
    }
}
