package io.spikelet.host.quantise;

import io.spikelet.model.Bounds;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;

/**
 * Neurons that fire as often in a step as thresholds fit: how many spikes a step they may give. What stays after a spike
 * is below one threshold, so a step's spikes come from that and what the step adds.
 */
final class Bursts {
    /** The most spikes of a step; what would come on top stays in the membrane and leaves in the next step. */
    static final int MOST = 15;

    private Bursts() {}

    /** The same neurons, giving as many spikes at once as they can, {@value #MOST} at most. */
    static NeuronFit.Draft of(SpikingNetwork network, int index, NeuronFit.Draft draft) {
        int burst = (int) Math.min(MOST, needed(network, index, draft.neuron()));
        return new NeuronFit.Draft(draft.neuron().withOutput(Operation.Neuron.Output.BURST, burst), draft.rounding());
    }

    /** Says where more spikes could come than the board lets leave at once. */
    static List<String> warnings(SpikingNetwork network, int index, NeuronFit.Draft draft) {
        long needed = needed(network, index, draft.neuron());
        return needed <= MOST
                ? List.of()
                : List.of("node '" + network.layers().get(index).name() + "' could fire up to " + needed
                        + " times in one step; the board fires at most " + MOST + " times and keeps the rest");
    }

    private static long needed(SpikingNetwork network, int index, Operation.Neuron neuron) {
        int[] nothing = {0};
        Operation.Neuron forgetful = new Operation.Neuron(
                neuron.comparison(),
                neuron.synapticLeak(),
                nothing,
                neuron.b0(),
                nothing,
                nothing,
                neuron.threshold(),
                neuron.drives(),
                neuron.membraneUnit(),
                0);
        long step = Bounds.membraneMaximum(MembraneProof.with(network, index, forgetful), index);
        int least = Arrays.stream(neuron.threshold()).min().orElse(1);
        return least <= 0 ? MOST : Math.min(Integer.MAX_VALUE, step / least) + 2;
    }
}
