package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector twin of {@link Membranes}. The stride is a multiple of the lanes. The loop is one method without calls of its
 * own: a vector that is passed on to a method that is not inlined becomes an object.
 */
final class VectorMembranes extends Membranes {
    private static final VectorSpecies<Integer> LANES =
            IntVector.SPECIES_PREFERRED.length() >= 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;

    private static final int N = LANES.length();

    /** Positions whose sums and membranes stay in the first cache while all channels pass over them, in values. */
    private static final int BLOCK = 2048;

    /** Whether every product of a leak and a membrane is proved to fit 32 bits, without a sign. */
    private final boolean isSmall;

    /** Thresholds become strict ones, so that one comparison serves: of integers, u ≥ θ is u > θ − 1. */
    VectorMembranes(Operation.Neuron neuron, Shape shape, int stride) {
        super(neuron, shape, stride);
        isSmall = neuron.membraneMaximum() < 1 << 17;
        for (int t = 0; t < threshold.length && !strict; t++) {
            for (int n = 0; n < threshold[t].length; n++) {
                // No membrane is as low as the lowest int, so above it is at or above it.
                threshold[t][n] -= threshold[t][n] == Integer.MIN_VALUE ? 0 : 1;
            }
        }
    }

    @Override
    void step(int[] sums, int[] factor, int[] offset, int[] limit, SpikeMap out) {
        if (step != 0) {
            stepEach(sums, factor, offset, limit, out);
            return;
        }
        out.clear();
        int block = Math.max(1, BLOCK / stride);
        for (int first = 0; first < positions; first += block) {
            int end = Math.min(positions, first + block);
            for (int c = 0; c < stride; c += N) {
                fireColumn(sums, ready, factor, offset, limit, c, first, end, out.words, out.wordsPerPixel);
            }
        }
    }

    /** N channels at every position: their parameters stay in registers. */
    private void fireColumn(
            int[] sums,
            int[] ready,
            int[] factor,
            int[] offset,
            int[] limit,
            int c,
            int firstPosition,
            int endPosition,
            long[] words,
            int wordsPerPixel) {
        IntVector gain = IntVector.fromArray(LANES, factor, c);
        IntVector bias = IntVector.fromArray(LANES, offset, c);
        IntVector theta = IntVector.fromArray(LANES, limit, c);
        IntVector kept = IntVector.fromArray(LANES, a0, c);
        IntVector keptAfter = IntVector.fromArray(LANES, a1, c);
        IntVector base = IntVector.fromArray(LANES, b0, c);
        IntVector baseAfter = IntVector.fromArray(LANES, b1, c);
        boolean small = isSmall;
        int at = firstPosition * stride + c;
        int into = firstPosition * wordsPerPixel + (c >> 6);
        for (int p = firstPosition; p < endPosition; p++) {
            IntVector u =
                    IntVector.fromArray(LANES, sums, at).mul(gain).add(bias).add(IntVector.fromArray(LANES, ready, at));
            VectorMask<Integer> fires = u.compare(VectorOperators.GT, theta);
            IntVector sign = u.lanewise(VectorOperators.ASHR, 31);
            IntVector size = u.lanewise(VectorOperators.ABS);
            IntVector leak = kept.blend(keptAfter, fires);
            IntVector leaked = small
                    ? size.mul(leak).lanewise(VectorOperators.LSHR, 15)
                    : size.lanewise(VectorOperators.LSHR, 15)
                            .mul(leak)
                            .add(size.and(0x7fff).mul(leak).lanewise(VectorOperators.LSHR, 15));
            leaked.lanewise(VectorOperators.XOR, sign)
                    .sub(sign)
                    .add(base.blend(baseAfter, fires))
                    .intoArray(ready, at);
            words[into] |= fires.toLong() << c;
            at += stride;
            into += wordsPerPixel;
        }
    }

    private void stepEach(int[] sums, int[] factor, int[] offset, int[] limit, SpikeMap out) {
        for (int p = 0; p < positions; p++) {
            for (int word = 0; word < out.wordsPerPixel; word++) {
                int first = word * Long.SIZE;
                out.words[p * out.wordsPerPixel + word] = fire(
                        sums,
                        ready,
                        factor,
                        offset,
                        limit,
                        a0,
                        b0,
                        a1,
                        b1,
                        p * stride + first,
                        p * step + first,
                        Math.min(stride - first, Long.SIZE));
            }
        }
    }

    private static long fire(
            int[] sums,
            int[] ready,
            int[] factor,
            int[] offset,
            int[] limit,
            int[] a0,
            int[] b0,
            int[] a1,
            int[] b1,
            int at,
            int parameter,
            int count) {
        long bits = 0;
        for (int c = 0; c < count; c += N) {
            int q = parameter + c;
            IntVector u = IntVector.fromArray(LANES, sums, at + c)
                    .mul(IntVector.fromArray(LANES, factor, q))
                    .add(IntVector.fromArray(LANES, offset, q))
                    .add(IntVector.fromArray(LANES, ready, at + c));
            VectorMask<Integer> fires = u.compare(VectorOperators.GT, IntVector.fromArray(LANES, limit, q));
            IntVector sign = u.lanewise(VectorOperators.ASHR, 31);
            IntVector size = u.lanewise(VectorOperators.XOR, sign).sub(sign);
            IntVector leak = IntVector.fromArray(LANES, a0, q).blend(IntVector.fromArray(LANES, a1, q), fires);
            IntVector after = IntVector.fromArray(LANES, b0, q).blend(IntVector.fromArray(LANES, b1, q), fires);
            IntVector low = size.and(0x7fff).mul(leak).lanewise(VectorOperators.LSHR, 15);
            size.lanewise(VectorOperators.LSHR, 15)
                    .mul(leak)
                    .add(low)
                    .lanewise(VectorOperators.XOR, sign)
                    .sub(sign)
                    .add(after)
                    .intoArray(ready, at + c);
            bits |= fires.toLong() << c;
        }
        return bits;
    }
}
