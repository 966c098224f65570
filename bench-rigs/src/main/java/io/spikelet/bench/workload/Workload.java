package io.spikelet.bench.workload;

import io.spikelet.model.SpikingNetwork;

/** The workloads by name. */
public enum Workload {
    K1("dense 512 to 512", Kind.KERNEL, KernelWorkload::dense),
    K2("conv 3x3, 32 to 32 channels at 28x28", Kind.KERNEL, KernelWorkload::conv),
    K3("conv 3x3, 256 to 256 channels at 8x8", Kind.KERNEL, KernelWorkload::deepConv),
    W1("784-512-512-10 LIF", Kind.NETWORK, DenseWorkload::network),
    W2("28x28: conv 32, 32, pool, 64, pool, fc 256, 10", Kind.NETWORK, ConvWorkload::network),
    W3("32x32x3: conv 64, 128/2, 256/2, 256, global pool, fc 10", Kind.NETWORK, StridedConvWorkload::network),
    W4("W2 with binary weights", Kind.NETWORK, ConvWorkload::binary),
    W5("one OTTT step of W1", Kind.LEARNING, DenseWorkload::learning);

    private enum Kind {
        KERNEL,
        NETWORK,
        LEARNING
    }

    /** Builds the network of a workload. */
    @FunctionalInterface
    private interface Plan {
        SpikingNetwork network(int timeSteps, long seed);
    }

    private final String shape;
    private final Kind kind;
    private final Plan plan;

    Workload(String shape, Kind kind, Plan plan) {
        this.shape = shape;
        this.kind = kind;
        this.plan = plan;
    }

    /** The shape in words. */
    public String shape() {
        return shape;
    }

    /** Whether it learns each sample that it infers. */
    public boolean learns() {
        return kind == Kind.LEARNING;
    }

    /** Whether it is one layer rather than a network with a result. */
    public boolean isKernel() {
        return kind == Kind.KERNEL;
    }

    /** The time steps that the workload is defined with. */
    public int defaultTimeSteps() {
        return learns() ? 6 : 1;
    }

    /**
     * The network, with proved bounds and thresholds of 1.
     *
     * @param seed of its weights
     */
    SpikingNetwork network(int timeSteps, long seed) {
        return plan.network(timeSteps, seed);
    }
}
