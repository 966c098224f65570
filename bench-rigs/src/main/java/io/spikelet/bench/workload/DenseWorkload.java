package io.spikelet.bench.workload;

import io.spikelet.model.LearningRule;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import java.util.Optional;

/** W1, 784-512-512-10 LIF; with a learning rule W5. */
final class DenseWorkload {
    private DenseWorkload() {}

    static SpikingNetwork network(int timeSteps, long seed) {
        return sketch("W1", seed).build(timeSteps);
    }

    /** All three dense layers learn, at a rate so small that a run of samples hardly changes the densities. */
    static SpikingNetwork learning(int timeSteps, long seed) {
        return sketch("W5", seed).build(timeSteps, Optional.of(new LearningRule(List.of(1, 3, 5), 1f / 1024, 1)));
    }

    private static NetworkSketch sketch(String name, long seed) {
        return NetworkSketch.ofSpikes(name, Shape.vector(784), WeightDraw.gaussian(seed))
                .dense(512)
                .dense(512)
                .dense(10);
    }
}
