package io.spikelet.engine;

import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/**
 * What each layer of a network took and did over one sample. A fast kernel may compute several layers together: its time
 * and operations then stand at the last of them, and 0 at the others.
 */
public final class LayerCosts {
    private final long[] nanos;
    private final long[] operations;
    private final long[] spikes;

    private LayerCosts(int layers) {
        nanos = new long[layers];
        operations = new long[layers];
        spikes = new long[layers];
    }

    public static LayerCosts forNetwork(SpikingNetwork network) {
        return new LayerCosts(network.layers().size());
    }

    void clear() {
        Arrays.fill(nanos, 0);
        Arrays.fill(operations, 0);
        Arrays.fill(spikes, 0);
    }

    void add(int layer, long tookNanos, long didOperations, long fired) {
        nanos[layer] += tookNanos;
        operations[layer] += didOperations;
        spikes[layer] += fired;
    }

    /** (layers) nanoseconds over all steps that were run; the own array. */
    public long[] nanos() {
        return nanos;
    }

    /** (layers) synaptic operations; the own array. */
    public long[] operations() {
        return operations;
    }

    /** (layers) spikes; 0 where the layer is none of neurons. The own array. */
    public long[] spikes() {
        return spikes;
    }
}
