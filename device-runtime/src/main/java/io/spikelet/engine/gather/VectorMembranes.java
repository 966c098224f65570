package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin of {@link Membranes}. The stride is a multiple of the lanes. */
final class VectorMembranes extends Membranes {
    private static final VectorSpecies<Integer> LANES =
            IntVector.SPECIES_PREFERRED.length() >= 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;

    private static final int N = LANES.length();

    VectorMembranes(Operation.Neuron neuron, Shape shape, int stride) {
        super(neuron, shape, stride);
    }

    @Override
    void step(int[] sums, int[] factor, int[] offset, int[] limit, SpikeMap out) {
        for (int p = 0; p < positions; p++) {
            for (int word = 0; word < out.wordsPerPixel; word++) {
                int first = word * Long.SIZE;
                int end = Math.min(stride, first + Long.SIZE);
                out.words[p * out.wordsPerPixel + word] = strict
                        ? above(sums, factor, offset, limit, p * stride, p * step, first, end)
                        : reached(sums, factor, offset, limit, p * stride, p * step, first, end);
            }
        }
    }

    private long above(int[] sums, int[] factor, int[] offset, int[] limit, int at, int q, int first, int end) {
        long bits = 0;
        for (int c = first; c < end; c += N) {
            IntVector u = driven(sums, factor, offset, at + c, q + c);
            VectorMask<Integer> fires = u.compare(VectorOperators.GT, IntVector.fromArray(LANES, limit, q + c));
            settle(u, fires, at + c, q + c);
            bits |= fires.toLong() << c;
        }
        return bits;
    }

    private long reached(int[] sums, int[] factor, int[] offset, int[] limit, int at, int q, int first, int end) {
        long bits = 0;
        for (int c = first; c < end; c += N) {
            IntVector u = driven(sums, factor, offset, at + c, q + c);
            VectorMask<Integer> fires = u.compare(VectorOperators.GE, IntVector.fromArray(LANES, limit, q + c));
            settle(u, fires, at + c, q + c);
            bits |= fires.toLong() << c;
        }
        return bits;
    }

    private IntVector driven(int[] sums, int[] factor, int[] offset, int at, int q) {
        return IntVector.fromArray(LANES, sums, at)
                .mul(IntVector.fromArray(LANES, factor, q))
                .add(IntVector.fromArray(LANES, offset, q))
                .add(IntVector.fromArray(LANES, ready, at));
    }

    private void settle(IntVector u, VectorMask<Integer> fires, int at, int q) {
        IntVector sign = u.lanewise(VectorOperators.ASHR, 31);
        IntVector size = u.lanewise(VectorOperators.XOR, sign).sub(sign);
        IntVector high = size.lanewise(VectorOperators.LSHR, 15);
        IntVector low = size.and(0x7fff);
        IntVector factor = IntVector.fromArray(LANES, a0, q).blend(IntVector.fromArray(LANES, a1, q), fires);
        IntVector leaked = high.mul(factor).add(low.mul(factor).lanewise(VectorOperators.LSHR, 15));
        IntVector after = IntVector.fromArray(LANES, b0, q).blend(IntVector.fromArray(LANES, b1, q), fires);
        leaked.lanewise(VectorOperators.XOR, sign).sub(sign).add(after).intoArray(ready, at);
    }
}
