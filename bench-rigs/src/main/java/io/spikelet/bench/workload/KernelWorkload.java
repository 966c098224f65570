package io.spikelet.bench.workload;

import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;

/** One weighted layer of spikes with its neurons: what a kernel costs apart from the rest of a network. */
final class KernelWorkload {
    private KernelWorkload() {}

    static SpikingNetwork dense(int timeSteps, long seed) {
        return NetworkSketch.ofSpikes("K1", Shape.vector(512), WeightDraw.gaussian(seed))
                .dense(512)
                .build(timeSteps);
    }

    static SpikingNetwork conv(int timeSteps, long seed) {
        return NetworkSketch.ofSpikes("K2", new Shape(32, 28, 28), WeightDraw.gaussian(seed))
                .conv(32, 1)
                .build(timeSteps);
    }

    static SpikingNetwork deepConv(int timeSteps, long seed) {
        return NetworkSketch.ofSpikes("K3", new Shape(256, 8, 8), WeightDraw.gaussian(seed))
                .conv(256, 1)
                .build(timeSteps);
    }
}
