package io.spikelet.engine.rows;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin. What is left beside whole vectors goes through the plain loops. */
final class VectorNeuronArithmetic extends NeuronArithmetic {
    static final NeuronArithmetic VECTORS = new VectorNeuronArithmetic();

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int N = INTS.length();

    private VectorNeuronArithmetic() {}

    @Override
    public void addProducts(int[] sums, int[] factors, int[] values) {
        int whole = sums.length - sums.length % N;
        for (int n = 0; n < whole; n += N) {
            IntVector.fromArray(INTS, sums, n)
                    .add(IntVector.fromArray(INTS, factors, n).mul(IntVector.fromArray(INTS, values, n)))
                    .intoArray(sums, n);
        }
        for (int n = whole; n < sums.length; n++) {
            sums[n] += factors[n] * values[n];
        }
    }

    @Override
    public void add(int[] sums, int[] values) {
        int whole = sums.length - sums.length % N;
        for (int n = 0; n < whole; n += N) {
            IntVector.fromArray(INTS, sums, n)
                    .add(IntVector.fromArray(INTS, values, n))
                    .intoArray(sums, n);
        }
        for (int n = whole; n < sums.length; n++) {
            sums[n] += values[n];
        }
    }

    /** The leak of 31 bits by 15 in two products of 31 bits: the upper part's is exact, the lower part's is cut. */
    @Override
    public void fire(
            int[] membrane,
            int[] fired,
            int[] input,
            int[] a0,
            int[] b0,
            int[] a1,
            int[] b1,
            int[] floor,
            int[] limit,
            boolean strict) {
        int whole = membrane.length - membrane.length % N;
        for (int n = 0; n < whole; n += N) {
            IntVector u = IntVector.fromArray(INTS, membrane, n);
            VectorMask<Integer> before = IntVector.fromArray(INTS, fired, n).compare(VectorOperators.NE, 0);
            IntVector leak = IntVector.fromArray(INTS, a0, n).blend(IntVector.fromArray(INTS, a1, n), before);
            IntVector base = IntVector.fromArray(INTS, b0, n).blend(IntVector.fromArray(INTS, b1, n), before);
            IntVector sign = u.lanewise(VectorOperators.ASHR, 31);
            IntVector size = u.lanewise(VectorOperators.XOR, sign).sub(sign);
            IntVector low = size.and(0x7fff).mul(leak).lanewise(VectorOperators.LSHR, 15);
            IntVector leaked = size.lanewise(VectorOperators.LSHR, 15)
                    .mul(leak)
                    .add(low)
                    .lanewise(VectorOperators.XOR, sign)
                    .sub(sign);
            IntVector after =
                    leaked.add(base).add(IntVector.fromArray(INTS, input, n)).max(IntVector.fromArray(INTS, floor, n));
            after.intoArray(membrane, n);
            IntVector theta = IntVector.fromArray(INTS, limit, n);
            VectorMask<Integer> fires = after.compare(VectorOperators.GT, theta);
            if (!strict) {
                fires = fires.or(after.compare(VectorOperators.EQ, theta));
            }
            IntVector.zero(INTS).blend(1, fires).intoArray(fired, n);
        }
        for (int n = whole; n < membrane.length; n++) {
            fire(membrane, fired, input, a0, b0, a1, b1, floor, limit, strict, n);
        }
    }

    @Override
    public void lookUp(
            int[] membrane,
            int[] low,
            int[] high,
            int[] one,
            int[] shift,
            int[] reciprocal,
            int[] table,
            int[] cells,
            int[] into,
            int at) {
        int middle = table.length / 2;
        int whole = membrane.length - membrane.length % N;
        for (int n = 0; n < whole; n += N) {
            IntVector.fromArray(INTS, membrane, n)
                    .max(IntVector.fromArray(INTS, low, n))
                    .min(IntVector.fromArray(INTS, high, n))
                    .sub(IntVector.fromArray(INTS, one, n))
                    .lanewise(VectorOperators.ASHR, IntVector.fromArray(INTS, shift, n))
                    .mul(IntVector.fromArray(INTS, reciprocal, n))
                    .add(1 << RECIPROCAL_BITS - 1)
                    .lanewise(VectorOperators.ASHR, RECIPROCAL_BITS)
                    .max(-middle)
                    .min(middle)
                    .add(middle)
                    .intoArray(cells, n);
        }
        for (int n = whole; n < membrane.length; n++) {
            cells[n] = cell(Math.clamp(membrane[n], low[n], high[n]) - one[n], shift[n], reciprocal[n], middle);
        }
        for (int n = 0; n < membrane.length; n++) {
            into[at + n] = table[cells[n]];
        }
    }
}
