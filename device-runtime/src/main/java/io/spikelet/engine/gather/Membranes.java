package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * The neuron kernel on channels-last sums, for single spikes and one drive (docs/equations.md, N1). It keeps what a
 * membrane will be when the next input arrives, {@code fired ? trunc(a1·u) + b1 : trunc(a0·u) + b0}, so that no step has
 * to look up who fired before; the plain twin of {@link VectorMembranes}.
 */
class Membranes {
    final int positions;
    final int stride;
    final int channels;

    /** Parameters a position: 0 when all positions share one row, else the stride. */
    final int step;

    final boolean strict;
    final int[] a0;
    final int[] b0;
    final int[] a1;
    final int[] b1;

    /** (1 or T) rows of parameters. */
    final int[][] threshold;

    final int[][] gain;
    final int[][] bias;
    final boolean biasAtStart;

    /** (stride) zeros, for a bias that does not act yet. */
    final int[] none;

    /** (positions, stride) the membrane before the next input. */
    final int[] ready;

    Membranes(Operation.Neuron neuron, Shape shape, int stride) {
        positions = shape.area();
        channels = shape.channels();
        this.stride = stride;
        Operation.Drive drive = neuron.drives().getFirst();
        boolean shared = neuron.a0().length <= channels
                && neuron.b0().length <= channels
                && neuron.a1().length <= channels
                && neuron.b1().length <= channels
                && neuron.threshold().length / neuron.thresholdSteps() <= channels
                && drive.gain().length / drive.steps() <= channels
                && drive.bias().length / drive.steps() <= channels;
        step = shared ? 0 : stride;
        strict = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE;
        a0 = lay(neuron.a0(), shape, 0);
        b0 = lay(neuron.b0(), shape, 0);
        a1 = lay(neuron.a1(), shape, 0);
        b1 = lay(neuron.b1(), shape, 0);
        threshold = layRows(neuron.threshold(), neuron.thresholdSteps(), shape, Integer.MAX_VALUE);
        gain = layRows(drive.gain(), drive.steps(), shape, 0);
        bias = layRows(drive.bias(), drive.steps(), shape, 0);
        biasAtStart = drive.biasAtStart();
        none = new int[a0.length];
        ready = new int[positions * stride];
        reset();
    }

    private int[][] layRows(int[] table, int rows, Shape shape, int padding) {
        int row = table.length / rows;
        int[][] laid = new int[rows][];
        for (int t = 0; t < rows; t++) {
            laid[t] = lay(Arrays.copyOfRange(table, t * row, (t + 1) * row), shape, padding);
        }
        return laid;
    }

    /** Channels last, padded to the stride; one row for all positions where they share. */
    private int[] lay(int[] values, Shape shape, int padding) {
        int[] perNeuron = Parameter.perNeuron(values, shape);
        int rows = step == 0 ? 1 : positions;
        int[] laid = new int[rows * stride];
        Arrays.fill(laid, padding);
        for (int p = 0; p < rows; p++) {
            for (int c = 0; c < channels; c++) {
                laid[p * stride + c] = perNeuron[c * positions + p];
            }
        }
        return laid;
    }

    /** Forgets the sample before. */
    final void reset() {
        for (int p = 0; p < positions; p++) {
            System.arraycopy(b0, p * step, ready, p * stride, stride);
        }
    }

    /** @param sums (positions, stride) */
    final void step(int t, int[] sums, SpikeMap out) {
        int[] offset = t == 0 && !biasAtStart ? none : row(bias, t);
        step(sums, row(gain, t), offset, row(threshold, t), out);
    }

    private static int[] row(int[][] rows, int t) {
        return rows[rows.length == 1 ? 0 : t];
    }

    void step(int[] sums, int[] factor, int[] offset, int[] limit, SpikeMap out) {
        for (int p = 0; p < positions; p++) {
            int q = p * step;
            int at = p * stride;
            for (int word = 0; word < out.wordsPerPixel; word++) {
                long bits = 0;
                int end = Math.min(channels, (word + 1) * Long.SIZE);
                for (int c = word * Long.SIZE; c < end; c++) {
                    int u = ready[at + c] + factor[q + c] * sums[at + c] + offset[q + c];
                    boolean fires = strict ? u > limit[q + c] : u >= limit[q + c];
                    ready[at + c] = fires ? leak(a1[q + c], u) + b1[q + c] : leak(a0[q + c], u) + b0[q + c];
                    bits |= (fires ? 1L : 0L) << c;
                }
                out.words[p * out.wordsPerPixel + word] = bits;
            }
        }
    }

    /** Rounds toward zero like {@code Q15.leak}, in 32 bits: {@code a·(h·2^15 + l) / 2^15 = a·h + a·l / 2^15}. */
    private static int leak(int factor, int u) {
        int sign = u >> 31;
        int size = (u ^ sign) - sign;
        int leaked = factor * (size >>> 15) + (factor * (size & 0x7fff) >>> 15);
        return (leaked ^ sign) - sign;
    }
}
