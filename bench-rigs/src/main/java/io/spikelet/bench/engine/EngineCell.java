package io.spikelet.bench.engine;

import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.LayerDensity;
import io.spikelet.bench.workload.Workload;
import java.util.List;

/**
 * One kernel family on one workload.
 *
 * @param vectors what the JVM had
 * @param densities as measured, one for each weighted layer
 * @param synapticOperations of one inference, mean over the samples
 * @param weightBytes of int8 weights
 * @param payloadBytes of the image
 * @param micros of one inference, over JMH's iterations
 * @param allocatedBytes by one inference
 */
record EngineCell(
        Workload workload,
        KernelFamily family,
        VectorModule vectors,
        double density,
        int timeSteps,
        List<LayerDensity> densities,
        double synapticOperations,
        long weightBytes,
        int payloadBytes,
        Spread micros,
        double allocatedBytes) {
    EngineCell {
        densities = List.copyOf(densities);
    }

    /** Synaptic operations a second, in thousand millions. */
    double gigaOperations() {
        return synapticOperations / micros.median() / 1e3;
    }
}
