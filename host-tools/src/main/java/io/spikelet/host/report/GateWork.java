package io.spikelet.host.report;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * What an attention gate works, step by step, from the spikes that it reads (docs/equations.md, A1). Spikes through the spatial
 * weights are accumulates; counts and hidden units through the others are multiplies, and so are the two products that each
 * neuron takes: of the pixel's factor and the channel's, and of the membrane and both.
 */
final class GateWork {
    private final AttentionGate gate;
    private final int channels;
    private final int area;
    private final int[] count;
    private SynapticOperations done = SynapticOperations.NONE;
    private long products;

    GateWork(AttentionGate gate, Shape shape) {
        this.gate = gate;
        channels = shape.channels();
        area = shape.area();
        count = new int[channels];
    }

    SynapticOperations done() {
        return done;
    }

    /** Without the two products that each neuron takes, which are no connections. */
    SynapticOperations ofWeights() {
        return new SynapticOperations(
                done.dense() - products, done.accumulates(), done.multiplies() - products, done.events());
    }

    /** @param spikes (channels, height, width) of the step before */
    void count(int[] spikes) {
        long taken = 2L * spikes.length;
        products += taken;
        long accumulates = 0;
        long multiplies = taken;
        long events = 0;
        Arrays.fill(count, 0);
        for (int i = 0; i < spikes.length; i++) {
            if (spikes[i] != 0) {
                count[i / area] += spikes[i];
                accumulates += gate.spatialWeights()[i / area] == 0 ? 0 : 1;
                events++;
            }
        }
        for (int j = 0; j < gate.hidden(); j++) {
            long sum = 0;
            for (int c = 0; c < channels; c++) {
                byte weight = gate.squeeze()[j * channels + c];
                sum += (long) weight * count[c];
                multiplies += weight != 0 && count[c] != 0 ? 1 : 0;
                events += count[c] != 0 ? 1 : 0;
            }
            for (int c = 0; sum > 0 && c < channels; c++) {
                multiplies += gate.excite()[c * gate.hidden() + j] == 0 ? 0 : 1;
                events++;
            }
        }
        long dense = spikes.length + 2L * gate.hidden() * channels + taken;
        done = done.plus(new SynapticOperations(dense, accumulates, multiplies, events));
    }
}
