package io.spikelet.engine;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;

/**
 * A layer of neurons that a device of kind SPIKE computes together with the dense layer in front of it. The plain kernels of both
 * stand by for when the device fails and the policy allows it.
 */
final class SpikeDeviceKernel implements Kernel {
    private final Offload offload;
    private final int dense;
    private final CoProcessor device;
    private final Kernel plainDense;
    private final Kernel plainNeurons;
    private final Activity source;
    private final Activity target;
    private long operations;
    private long spikes;

    SpikeDeviceKernel(
            Offload offload, int dense, Kernel plainDense, Kernel plainNeurons, Activity source, Activity target) {
        this.offload = offload;
        this.dense = dense;
        device = offload.device(dense).orElseThrow();
        this.plainDense = plainDense;
        this.plainNeurons = plainNeurons;
        this.source = source;
        this.target = target;
    }

    @Override
    public void step(int t) {
        if (!offload.serves(dense)) {
            plainDense.step(t);
            plainNeurons.step(t);
            operations = plainDense.operations();
            spikes = plainNeurons.spikes();
            return;
        }
        try {
            device.step(source.value, target.value);
        } catch (CoProcessorException failure) {
            throw offload.lost(dense, failure);
        }
        target.index();
        operations = (long) source.activeCount * target.value.length;
        spikes = target.activeCount;
    }

    @Override
    public void reset() {
        plainDense.reset();
        plainNeurons.reset();
        target.clear();
    }

    @Override
    public long operations() {
        return operations;
    }

    @Override
    public long spikes() {
        return spikes;
    }

    /** In the place of the dense layer: the sums stay in the device. */
    static final class Within implements Kernel {
        @Override
        public void step(int t) {
            // the kernel of the neurons does both
        }

        @Override
        public void reset() {
            // likewise
        }

        @Override
        public long operations() {
            return 0;
        }
    }
}
