package io.spikelet.bench.workload;

import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;

/** W3, 32×32 pixels in three channels: conv 64, 128 and 256 at stride 2, 256, global OR pool, fc 10. */
final class StridedConvWorkload {
    private StridedConvWorkload() {}

    static SpikingNetwork network(int timeSteps, long seed) {
        return NetworkSketch.ofPixels("W3", new Shape(3, 32, 32), WeightDraw.gaussian(seed))
                .conv(64, 1)
                .conv(128, 2)
                .conv(256, 2)
                .conv(256, 1)
                .orPool(8)
                .dense(10)
                .build(timeSteps);
    }
}
