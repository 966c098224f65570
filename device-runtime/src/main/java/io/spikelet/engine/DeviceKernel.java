package io.spikelet.engine;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import java.util.Arrays;

/**
 * A dense or convolutional layer whose weighted sums a device of kind CURRENT gives, window by window; the plain kernel stands
 * by for when the device fails and the policy allows it.
 */
final class DeviceKernel implements Kernel {
    private final Offload offload;
    private final int layer;
    private final CoProcessor device;
    private final Kernel plain;
    private final Activity source;
    private final Activity target;

    /** Whether the source never changes within a sample. */
    private final boolean constant;

    /** (positions, window) where an input of a window lies in the source, or −1 beyond the border. */
    private final int[] from;

    private final int positions;
    private final int[] window;
    private final int[] sums;
    private long operations;

    DeviceKernel(Offload offload, int layer, Kernel plain, Activity source, Activity target) {
        this.offload = offload;
        this.layer = layer;
        device = offload.device(layer).orElseThrow();
        this.plain = plain;
        this.source = source;
        this.target = target;
        constant = offload.isConstant(layer);
        from = DeviceWindows.of(offload.network(), layer);
        window = new int[offload.plan(layer).layer().inputs()];
        sums = new int[offload.plan(layer).layer().outputs()];
        positions = from.length / window.length;
    }

    @Override
    public void step(int t) {
        operations = 0;
        boolean serving = offload.serves(layer);
        if (constant && t > 0 && !(serving && offload.readsConstantInputsEachStep())) {
            return;
        }
        if (serving) {
            try {
                onDevice();
                return;
            } catch (CoProcessorException failure) {
                offload.failed(layer, failure);
            }
        }
        // Of a constant source the plain kernel adds nothing after the first step, so it is told that this is it.
        plain.step(constant ? 0 : t);
        operations = plain.operations();
    }

    private void onDevice() throws CoProcessorException {
        for (int position = 0; position < positions; position++) {
            int active = 0;
            for (int i = 0; i < window.length; i++) {
                int at = from[position * window.length + i];
                window[i] = at < 0 ? 0 : source.value[at];
                active += window[i] == 0 ? 0 : 1;
            }
            if (active == 0) {
                Arrays.fill(sums, 0); // nothing is driven, nothing flows
            } else {
                device.step(window, sums);
            }
            for (int o = 0; o < sums.length; o++) {
                target.value[o * positions + position] = sums[o];
            }
            operations += (long) active * sums.length;
        }
    }

    @Override
    public void reset() {
        plain.reset();
        target.clear();
    }

    @Override
    public long operations() {
        return operations;
    }

    Kernel plain() {
        return plain;
    }
}
