package io.spikelet.engine;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.AttentionGate;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * The spatial-channel attention of SCTFA (Cai et al., TNNLS 2023): from spikes, a factor for each pixel times a factor
 * for each channel (docs/equations.md, A1). The equations stand at {@link AttentionGate}.
 */
final class AttentionKernel implements Kernel {
    private static final int HALF_TABLE = AttentionGate.TABLE_SIZE / 2;
    private static final double CELLS_PER_UNIT = 16;

    /** (256) σ(cell / 16), Q0.15, for cells −128..127. */
    private static final int[] LOGISTIC = logistic();

    private final AttentionGate gate;
    private final Activity source;
    private final Activity target;
    private final int channels;
    private final int area;

    /** (height, width) p, LSBs of the spatial weights. */
    private final int[] spatial;

    /** (channels) spikes of each channel. */
    private final int[] count;

    /** (hidden) h. */
    private final int[] hidden;

    private long operations;

    AttentionKernel(AttentionGate gate, Shape shape, Activity source, Activity target) {
        this.gate = gate;
        this.source = source;
        this.target = target;
        channels = shape.channels();
        area = shape.area();
        spatial = new int[area];
        count = new int[channels];
        hidden = new int[gate.hidden()];
    }

    private static int[] logistic() {
        int[] table = new int[AttentionGate.TABLE_SIZE];
        for (int i = 0; i < table.length; i++) {
            double v = (i - HALF_TABLE) / CELLS_PER_UNIT;
            table[i] = (int) StrictMath.rint(Q15.ONE / (1 + StrictMath.exp(-v)));
        }
        return table;
    }

    @Override
    public void step(int t) {
        operations = 0;
        pool();
        squeeze();
        for (int c = 0; c < channels; c++) {
            int ofChannel = logistic(excite(c), gate.channelStep(), gate.channelShift());
            for (int p = 0; p < area; p++) {
                int ofPixel = logistic(spatial[p], gate.spatialStep(), gate.spatialShift());
                target.value[c * area + p] = ofPixel * ofChannel + (Q15.ONE >> 1) >> Q15.BITS;
            }
        }
        target.index();
    }

    /** {@code p[y,x] = Σ_c w[c]·s[c,y,x] + b} and each channel's spikes. */
    private void pool() {
        Arrays.fill(spatial, gate.spatialBias());
        Arrays.fill(count, 0);
        for (int k = 0; k < source.activeCount; k++) {
            int i = source.active[k];
            int c = i / area;
            spatial[i - c * area] += gate.spatialWeights()[c] * source.value[i];
            count[c] += source.value[i];
        }
        operations += source.activeCount;
    }

    /** {@code h[j] = max(0, Σ_c squeeze[j,c]·count[c])}. */
    private void squeeze() {
        Arrays.fill(hidden, 0);
        for (int c = 0; c < channels; c++) {
            if (count[c] != 0) {
                for (int j = 0; j < hidden.length; j++) {
                    hidden[j] += gate.squeeze()[j * channels + c] * count[c];
                }
                operations += hidden.length;
            }
        }
        for (int j = 0; j < hidden.length; j++) {
            hidden[j] = Math.max(0, hidden[j]);
            operations += hidden[j] == 0 ? 0 : channels;
        }
    }

    /** {@code q[c] = Σ_j excite[c,j]·h[j]}. */
    private long excite(int c) {
        long sum = 0;
        for (int j = 0; j < hidden.length; j++) {
            sum += (long) gate.excite()[c * hidden.length + j] * hidden[j];
        }
        return sum;
    }

    private static int logistic(long sum, int step, int shift) {
        long cell = sum * step + (1L << shift - 1) >> shift;
        return LOGISTIC[Math.clamp(cell, -HALF_TABLE, HALF_TABLE - 1) + HALF_TABLE];
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
