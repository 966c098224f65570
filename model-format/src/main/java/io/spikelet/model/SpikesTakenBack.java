package io.spikelet.model;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** Where negative spikes of calibrated neurons come through: layers that add spikes up or pass them on. */
final class SpikesTakenBack {
    private SpikesTakenBack() {}

    /** Whether a layer's output holds spikes that neurons may take back, its own or those that it passed on. */
    static boolean reach(SpikingNetwork network, int index) {
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(index);
        while (!open.isEmpty()) {
            int next = open.remove();
            if (seen.get(next)) {
                continue;
            }
            seen.set(next);
            Layer layer = network.layers().get(next);
            if (layer.operation() instanceof Operation.Neuron neuron) {
                if (neuron.calibration().isPresent()) {
                    return true;
                }
            } else if (passesOn(layer.operation())) {
                layer.inputs().forEach(inbound -> open.add(inbound.source()));
            }
        }
        return false;
    }

    private static boolean passesOn(Operation operation) {
        return operation instanceof Pool2d
                || operation instanceof VotePool
                || operation instanceof Join
                || operation instanceof Delay;
    }
}
