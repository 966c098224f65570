package io.spikelet.learn;

import io.spikelet.engine.rows.RowDescent;

/**
 * What a layer's latest steps left for its next update: presynaptic traces, slopes and post factors of at most {@link
 * RowDescent#STEPS} steps. Its size does not depend on T; longer samples are worked off block by block.
 */
final class StepRecord {
    final int inputs;
    final int outputs;

    /** (steps, inputs) Q21.10; empty where inputs are constant. */
    final int[] trace;

    /** (steps, outputs) ψ, Q1.15. */
    final int[] slope;

    /** (steps, outputs) g, Q16.15. */
    final int[] postFactor;

    /** How many steps are recorded. */
    int steps;

    StepRecord(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        trace = new int[RowDescent.STEPS * inputs];
        slope = new int[RowDescent.STEPS * outputs];
        postFactor = new int[RowDescent.STEPS * outputs];
    }

    boolean isFull() {
        return steps == RowDescent.STEPS;
    }
}
