package io.spikelet.bench.workload;

import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;

/** The bytes of a network's weights, one each. */
public final class WeightBytes {
    private WeightBytes() {}

    public static long of(SpikingNetwork network) {
        return network.layers().stream()
                .mapToLong(layer -> switch (layer.operation()) {
                    case Operation.Dense dense -> dense.weights().length;
                    case Operation.Conv2d conv -> conv.weights().length;
                    default -> 0;
                })
                .sum();
    }
}
