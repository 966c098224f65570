package io.spikelet.engine.rows;

import io.spikelet.fixedpoint.Q15;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin. What is left of a row beside whole vectors goes through the plain loops. */
final class VectorRowArithmetic extends RowArithmetic {
    static final RowArithmetic VECTORS = new VectorRowArithmetic();

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int N = INTS.length();

    private static final VectorSpecies<Short> WHOLE_SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final int W = WHOLE_SHORTS.length();

    /** As many as the whole shorts. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(WHOLE_SHORTS.vectorBitSize() / 2));

    /** Eight lanes, for what is left beside whole vectors where those are wider. */
    private static final VectorSpecies<Integer> EIGHT_INTS = IntVector.SPECIES_256;

    private static final VectorSpecies<Short> EIGHT_SHORTS = ShortVector.SPECIES_128;
    private static final VectorSpecies<Byte> EIGHT_BYTES = ByteVector.SPECIES_64;
    private static final int EIGHT = 8;

    private VectorRowArithmetic() {}

    @Override
    public void add(byte[] weights, int row, int factor, int[] sums) {
        int whole = sums.length - sums.length % W;
        if (factor == 1) {
            for (int o = 0; o < whole; o += W) {
                var lanes = (ShortVector)
                        ByteVector.fromArray(BYTES, weights, row + o).castShape(WHOLE_SHORTS, 0);
                var low = (IntVector) lanes.castShape(INTS, 0);
                var high = (IntVector) lanes.castShape(INTS, 1);
                low.add(IntVector.fromArray(INTS, sums, o)).intoArray(sums, o);
                high.add(IntVector.fromArray(INTS, sums, o + N)).intoArray(sums, o + N);
            }
        } else {
            for (int o = 0; o < whole; o += W) {
                var lanes = (ShortVector)
                        ByteVector.fromArray(BYTES, weights, row + o).castShape(WHOLE_SHORTS, 0);
                var low = (IntVector) lanes.castShape(INTS, 0);
                var high = (IntVector) lanes.castShape(INTS, 1);
                low.mul(factor).add(IntVector.fromArray(INTS, sums, o)).intoArray(sums, o);
                high.mul(factor).add(IntVector.fromArray(INTS, sums, o + N)).intoArray(sums, o + N);
            }
        }
        for (int o = whole; o < sums.length; o++) {
            sums[o] += factor * weights[row + o];
        }
    }

    @Override
    public void addTwo(byte[] weights, int rowA, int a, int rowB, int b, int[] sums) {
        int whole = sums.length - sums.length % W;
        for (int o = 0; o < whole; o += W) {
            var lanesA =
                    (ShortVector) ByteVector.fromArray(BYTES, weights, rowA + o).castShape(WHOLE_SHORTS, 0);
            var lanesB =
                    (ShortVector) ByteVector.fromArray(BYTES, weights, rowB + o).castShape(WHOLE_SHORTS, 0);
            IntVector.fromArray(INTS, sums, o)
                    .add(((IntVector) lanesA.castShape(INTS, 0)).mul(a))
                    .add(((IntVector) lanesB.castShape(INTS, 0)).mul(b))
                    .intoArray(sums, o);
            IntVector.fromArray(INTS, sums, o + N)
                    .add(((IntVector) lanesA.castShape(INTS, 1)).mul(a))
                    .add(((IntVector) lanesB.castShape(INTS, 1)).mul(b))
                    .intoArray(sums, o + N);
        }
        for (int o = whole; o < sums.length; o++) {
            sums[o] += a * weights[rowA + o] + b * weights[rowB + o];
        }
    }

    @Override
    public void dots(byte[] weights, int row, int[] factors, int steps, int outputs, int[] into) {
        int t = 0;
        for (; t + 1 < steps; t += 2) {
            two(weights, row, factors, t * outputs, outputs, into, t);
        }
        if (t < steps) {
            into[t] = one(weights, row, factors, t * outputs, outputs);
        }
    }

    private static int one(byte[] weights, int row, int[] factors, int from, int outputs) {
        int whole = outputs - outputs % W;
        IntVector low = IntVector.zero(INTS);
        IntVector high = low;
        for (int o = 0; o < whole; o += W) {
            var lanes =
                    (ShortVector) ByteVector.fromArray(BYTES, weights, row + o).castShape(WHOLE_SHORTS, 0);
            low = low.add(((IntVector) lanes.castShape(INTS, 0)).mul(IntVector.fromArray(INTS, factors, from + o)));
            high = high.add(
                    ((IntVector) lanes.castShape(INTS, 1)).mul(IntVector.fromArray(INTS, factors, from + o + N)));
        }
        int sum = low.add(high).reduceLanes(VectorOperators.ADD);
        int o = whole;
        if (o + EIGHT <= outputs) {
            sum += eights(weights, row, factors, from, o, outputs);
            o = outputs - outputs % EIGHT;
        }
        for (; o < outputs; o++) {
            sum += weights[row + o] * factors[from + o];
        }
        return sum;
    }

    /** Two steps share the weights that are read and widened. */
    private static void two(byte[] weights, int row, int[] factors, int from, int outputs, int[] into, int t) {
        int whole = outputs - outputs % W;
        int next = from + outputs;
        IntVector low0 = IntVector.zero(INTS);
        IntVector high0 = low0;
        IntVector low1 = low0;
        IntVector high1 = low0;
        for (int o = 0; o < whole; o += W) {
            var lanes =
                    (ShortVector) ByteVector.fromArray(BYTES, weights, row + o).castShape(WHOLE_SHORTS, 0);
            var low = (IntVector) lanes.castShape(INTS, 0);
            var high = (IntVector) lanes.castShape(INTS, 1);
            low0 = low0.add(low.mul(IntVector.fromArray(INTS, factors, from + o)));
            high0 = high0.add(high.mul(IntVector.fromArray(INTS, factors, from + o + N)));
            low1 = low1.add(low.mul(IntVector.fromArray(INTS, factors, next + o)));
            high1 = high1.add(high.mul(IntVector.fromArray(INTS, factors, next + o + N)));
        }
        int sum0 = low0.add(high0).reduceLanes(VectorOperators.ADD);
        int sum1 = low1.add(high1).reduceLanes(VectorOperators.ADD);
        int o = whole;
        if (o + EIGHT <= outputs) {
            sum0 += eights(weights, row, factors, from, o, outputs);
            sum1 += eights(weights, row, factors, next, o, outputs);
            o = outputs - outputs % EIGHT;
        }
        for (; o < outputs; o++) {
            sum0 += weights[row + o] * factors[from + o];
            sum1 += weights[row + o] * factors[next + o];
        }
        into[t] = sum0;
        into[t + 1] = sum1;
    }

    private static int eights(byte[] weights, int row, int[] factors, int from, int first, int outputs) {
        IntVector sum = IntVector.zero(EIGHT_INTS);
        for (int o = first; o + EIGHT <= outputs; o += EIGHT) {
            var lanes = (ShortVector)
                    ByteVector.fromArray(EIGHT_BYTES, weights, row + o).castShape(EIGHT_SHORTS, 0);
            sum = sum.add(((IntVector) lanes.castShape(EIGHT_INTS, 0))
                    .mul(IntVector.fromArray(EIGHT_INTS, factors, from + o)));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void leak(int leak, int[] values, int[] added, int bits) {
        int whole = values.length - values.length % N;
        for (int i = 0; i < whole; i += N) {
            IntVector product = IntVector.fromArray(INTS, values, i).mul(leak);
            IntVector towardZero = product.lanewise(VectorOperators.ASHR, 31).and(Q15.ONE - 1);
            product.add(towardZero)
                    .lanewise(VectorOperators.ASHR, Q15.BITS)
                    .add(IntVector.fromArray(INTS, added, i).lanewise(VectorOperators.LSHL, bits))
                    .intoArray(values, i);
        }
        for (int i = whole; i < values.length; i++) {
            int product = leak * values[i];
            values[i] = (product + (product >> 31 & Q15.ONE - 1) >> Q15.BITS) + (added[i] << bits);
        }
    }

    @Override
    public void descend(RowDescent of, int row, int noiseFrom, int flip) {
        byte[] weights = of.weights;
        byte[] rest = of.rest;
        int[] factors = of.factors;
        int[] noise = of.noise;
        int[] factor = of.factor;
        int[] from = of.from;
        int count = of.count;
        int fraction = of.fraction;
        int unused = Integer.SIZE - fraction;
        int limit = of.limit;
        int whole = of.outputs - of.outputs % W;
        for (int o = 0; o < whole; o += W) {
            IntVector low = IntVector.fromArray(INTS, noise, noiseFrom + o)
                    .lanewise(VectorOperators.XOR, flip)
                    .lanewise(VectorOperators.LSHR, unused);
            IntVector high = IntVector.fromArray(INTS, noise, noiseFrom + o + N)
                    .lanewise(VectorOperators.XOR, flip)
                    .lanewise(VectorOperators.LSHR, unused);
            for (int k = 0; k < count; k++) {
                int at = from[k] + o;
                low = low.add(IntVector.fromArray(INTS, factors, at).mul(factor[k]));
                high = high.add(IntVector.fromArray(INTS, factors, at + N).mul(factor[k]));
            }
            ShortVector before = ((ShortVector)
                            ByteVector.fromArray(BYTES, weights, row + o).castShape(WHOLE_SHORTS, 0))
                    .lanewise(VectorOperators.LSHL, SHADOW_BITS)
                    .add((ShortVector)
                            ByteVector.fromArray(BYTES, rest, row + o).castShape(WHOLE_SHORTS, 0));
            low = ((IntVector) before.castShape(INTS, 0))
                    .sub(low.lanewise(VectorOperators.ASHR, fraction))
                    .max(-limit)
                    .min(limit);
            high = ((IntVector) before.castShape(INTS, 1))
                    .sub(high.lanewise(VectorOperators.ASHR, fraction))
                    .max(-limit)
                    .min(limit);
            ShortVector after =
                    ((ShortVector) low.castShape(WHOLE_SHORTS, 0)).or((ShortVector) high.castShape(WHOLE_SHORTS, -1));
            ((ByteVector) after.castShape(BYTES, 0)).intoArray(rest, row + o);
            var rounded = after.add((short) ROUNDING).lanewise(VectorOperators.ASHR, SHADOW_BITS);
            ((ByteVector) rounded.castShape(BYTES, 0)).intoArray(weights, row + o);
        }
        int left = whole;
        if (whole + EIGHT <= of.outputs) {
            descendEights(of, row, noiseFrom, flip, whole);
            left = of.outputs - of.outputs % EIGHT;
        }
        descend(of, row, noiseFrom, flip, left);
    }

    private static void descendEights(RowDescent of, int row, int noiseFrom, int flip, int first) {
        byte[] weights = of.weights;
        byte[] rest = of.rest;
        int[] factors = of.factors;
        int[] factor = of.factor;
        int[] from = of.from;
        int count = of.count;
        int fraction = of.fraction;
        int limit = of.limit;
        for (int o = first; o + EIGHT <= of.outputs; o += EIGHT) {
            IntVector sum = IntVector.fromArray(EIGHT_INTS, of.noise, noiseFrom + o)
                    .lanewise(VectorOperators.XOR, flip)
                    .lanewise(VectorOperators.LSHR, Integer.SIZE - fraction);
            for (int k = 0; k < count; k++) {
                sum = sum.add(
                        IntVector.fromArray(EIGHT_INTS, factors, from[k] + o).mul(factor[k]));
            }
            ShortVector before = ((ShortVector)
                            ByteVector.fromArray(EIGHT_BYTES, weights, row + o).castShape(EIGHT_SHORTS, 0))
                    .lanewise(VectorOperators.LSHL, SHADOW_BITS)
                    .add((ShortVector)
                            ByteVector.fromArray(EIGHT_BYTES, rest, row + o).castShape(EIGHT_SHORTS, 0));
            ShortVector after = (ShortVector) ((IntVector) before.castShape(EIGHT_INTS, 0))
                    .sub(sum.lanewise(VectorOperators.ASHR, fraction))
                    .max(-limit)
                    .min(limit)
                    .castShape(EIGHT_SHORTS, 0);
            ((ByteVector) after.castShape(EIGHT_BYTES, 0)).intoArray(rest, row + o);
            var rounded = after.add((short) ROUNDING).lanewise(VectorOperators.ASHR, SHADOW_BITS);
            ((ByteVector) rounded.castShape(EIGHT_BYTES, 0)).intoArray(weights, row + o);
        }
    }
}
