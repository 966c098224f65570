package io.spikelet.engine;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.SpikingNetwork;

/** How long a network takes to answer one sample, in time steps. */
final class Latency {
    private Latency() {}

    /**
     * T; or where spikes are coded as times, one window for the input and one for each layer of neurons behind it, along
     * the longest way to the output.
     */
    static int steps(SpikingNetwork network) {
        int[] known = new int[network.layers().size()];
        for (int i = 0; i < known.length; i++) {
            Layer layer = network.layers().get(i);
            for (Inbound inbound : layer.inputs()) {
                known[i] = Math.max(known[i], inbound.delay() == 0 ? known[inbound.source()] : 0);
            }
            if (layer.operation() instanceof FirstSpike neuron) {
                known[i] += neuron.window();
            } else if (i == 0 && layer.output().kind() == EdgeDomain.Kind.TIME) {
                known[i] = layer.output().maximum();
            }
        }
        int last = known[known.length - 1];
        return last == 0 ? network.timeSteps() : last;
    }
}
