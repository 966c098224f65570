package io.spikelet.bench.metrics;

import io.spikelet.host.report.LayerWork;
import io.spikelet.host.report.SynapticOperations;

/**
 * The counts of one layer.
 *
 * @param name the layer's
 * @param counting how it is counted, or why not
 * @param work sums over all samples and steps
 */
public record LayerMetrics(String name, Counting counting, LayerWork work) {
    /** As the engine works, a sample. */
    public SynapticOperations runPerSample() {
        return work.run().dividedBy(work.samples());
    }

    /** As the engine works, a step that was run. */
    public SynapticOperations runPerStep() {
        return work.run().dividedBy(work.steps());
    }

    /** As NeuroBench counts, a sample. */
    public SynapticOperations neuroBenchPerSample() {
        return work.everyStep().dividedBy(work.samples());
    }

    /** As NeuroBench counts, a step that was run. */
    public SynapticOperations neuroBenchPerStep() {
        return work.everyStep().dividedBy(work.steps());
    }

    /** Whether it adds synaptic operations. */
    boolean hasOperations() {
        return work.everyStep().dense() > 0;
    }
}
