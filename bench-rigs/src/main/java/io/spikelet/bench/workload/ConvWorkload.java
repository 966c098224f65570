package io.spikelet.bench.workload;

import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;

/** W2, 28×28 pixels: conv 32, conv 32, OR pool, conv 64, OR pool, fc 256, fc 10; with binary weights W4. */
final class ConvWorkload {
    private ConvWorkload() {}

    static SpikingNetwork network(int timeSteps, long seed) {
        return network("W2", timeSteps, WeightDraw.gaussian(seed));
    }

    static SpikingNetwork binary(int timeSteps, long seed) {
        return network("W4", timeSteps, WeightDraw.binary(seed));
    }

    private static SpikingNetwork network(String name, int timeSteps, WeightDraw weights) {
        return NetworkSketch.ofPixels(name, new Shape(1, 28, 28), weights)
                .conv(32, 1)
                .conv(32, 1)
                .orPool(2)
                .conv(64, 1)
                .orPool(2)
                .dense(256)
                .dense(10)
                .build(timeSteps);
    }
}
