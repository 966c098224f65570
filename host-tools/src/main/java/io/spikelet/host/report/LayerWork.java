package io.spikelet.host.report;

/**
 * What one layer of an integer network did, as sums over all samples and all steps that were run.
 *
 * @param layer index
 * @param samples how many were run
 * @param steps how many were run, over all samples; fewer than samples times T where a readout ends early
 * @param run operations of its weights as the engine works them: constant input once a sample; an attention gate's
 *     products included
 * @param everyStep the same as NeuroBench's hooks count them: constant input at every step, a gate's weights alone
 * @param inputs values that its weights read, over all steps
 * @param silentInputs those of them in which nothing happened
 * @param silentTraces those of them in which nothing had happened since the sample's start
 * @param values that it gave, where it fires; else 0
 * @param silent those of them that were silence
 * @param membraneUpdates membranes that were computed, over all steps; potentials of first-spike neurons too
 * @param membranesChanged NeuroBench's membrane updates: all at a sample's first step, later those that then had another
 *     value
 */
public record LayerWork(
        int layer,
        long samples,
        long steps,
        SynapticOperations run,
        SynapticOperations everyStep,
        long inputs,
        long silentInputs,
        long silentTraces,
        long values,
        long silent,
        long membraneUpdates,
        long membranesChanged) {

    /** The share of values that its weights read in which nothing happened; NaN for a layer without weights. */
    public double inputSparsity() {
        return (double) silentInputs / inputs;
    }

    /** The share of presynaptic traces that are 0; NaN for a layer without weights. */
    public double traceSparsity() {
        return (double) silentTraces / inputs;
    }
}
