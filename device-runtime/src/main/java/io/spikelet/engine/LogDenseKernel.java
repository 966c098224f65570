package io.spikelet.engine;

import io.spikelet.model.Operation;

/** A dense layer of logarithmic weights, reading numbers or spike times, event-driven (docs/equations.md, W2 and W3). */
final class LogDenseKernel implements Kernel {
    private final Activity source;
    private final Activity target;
    private final LogProducts products;

    /** Whether the source never changes within a sample, so that the first step's result serves all. */
    private final boolean constant;

    private final int outputs;

    /** (inputs, outputs) five-bit codes. */
    private final byte[] codes;

    private long operations;

    LogDenseKernel(Operation.Dense dense, LogProducts products, Activity source, Activity target, boolean constant) {
        this.source = source;
        this.target = target;
        this.products = products;
        this.constant = constant;
        outputs = dense.outputs();
        codes = DenseKernel.transpose(dense.weights(), dense.inputs(), dense.outputs());
    }

    @Override
    public void step(int t) {
        operations = 0;
        if (constant && t > 0) {
            return;
        }
        int[] accumulator = target.value;
        java.util.Arrays.fill(accumulator, 0);
        for (int k = 0; k < source.activeCount; k++) {
            int i = source.active[k];
            int[] product = products.of(source.value[i]);
            int row = i * outputs;
            for (int o = 0; o < outputs; o++) {
                accumulator[o] += product[codes[row + o]];
            }
        }
        operations = (long) source.activeCount * outputs;
    }

    @Override
    public void reset() {
        target.clear();
    }

    @Override
    public long operations() {
        return operations;
    }
}
