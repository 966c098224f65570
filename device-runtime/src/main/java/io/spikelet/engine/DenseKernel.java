package io.spikelet.engine;

import io.spikelet.engine.gather.Family;
import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.model.Operation;

/**
 * {@code acc[o] = Σ_i weight[i][o] · in[i]}, event-driven: one row of weights is added for each active input. The weights
 * are of any kind whose codes are the integers themselves (docs/equations.md, W1).
 */
final class DenseKernel implements FastKernel {
    private final Activity source;
    private final Activity target;

    /** Whether the source never changes within a sample, so that the first step's result serves all. */
    private final boolean constant;

    private final int outputs;

    /** (inputs, outputs) int8: transposed from the image, so that an event reads one contiguous row. */
    private final byte[] weights;

    private RowArithmetic rows = RowArithmetic.plain();

    /** What {@link #change} changes to. */
    private RowArithmetic ready = rows;

    private long operations;

    DenseKernel(Operation.Dense dense, Activity source, Activity target, boolean constant) {
        this.source = source;
        this.target = target;
        this.constant = constant;
        outputs = dense.outputs();
        weights = transpose(dense.weights(), dense.inputs(), outputs);
    }

    /** (inputs, outputs) codes of (outputs, inputs) ones. */
    static byte[] transpose(byte[] weights, int inputs, int outputs) {
        byte[] transposed = new byte[weights.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * outputs + o] = weights[o * inputs + i];
            }
        }
        return transposed;
    }

    @Override
    public void step(int t) {
        if (constant && t > 0) {
            operations = 0;
            return;
        }
        int[] accumulator = target.value;
        java.util.Arrays.fill(accumulator, 0);
        int[] active = source.active;
        int[] value = source.value;
        int count = source.activeCount;
        int k = 0;
        for (; k + 1 < count; k += 2) {
            int a = active[k];
            int b = active[k + 1];
            rows.addTwo(weights, a * outputs, value[a], b * outputs, value[b], accumulator);
        }
        if (k < count) {
            rows.add(weights, active[k] * outputs, value[active[k]], accumulator);
        }
        operations = (long) count * outputs;
    }

    @Override
    public void reset() {
        target.clear();
    }

    @Override
    public long operations() {
        return operations;
    }

    @Override
    public void use(Family family) {
        rows = family == Family.VECTOR ? RowArithmetic.onVectors() : RowArithmetic.plain();
        ready = rows;
    }

    @Override
    public void adopt(FastKernel warm) {
        ready = ((DenseKernel) warm).rows;
    }

    @Override
    public void change() {
        rows = ready;
    }

    @Override
    public String loops() {
        return rows == RowArithmetic.plain() ? "plain rows" : "vector rows";
    }

    @Override
    public long weightBytes() {
        return weights.length;
    }

    /** The arithmetic in use. */
    RowArithmetic rows() {
        return rows;
    }

    byte[] weights() {
        return weights;
    }
}
