package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongBinaryOperator;

/**
 * What a file computes from weights alone, value by value, such as weight standardisation that its exporter did not fold. Each
 * step is computed in double and rounded to float, as whoever runs the file rounds it; integers stay integers.
 */
final class ConstantArithmetic {
    static final Set<String> OPERATORS =
            Set.of("Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sqrt", "Neg", "Abs", "Reciprocal", "Exp", "Log");

    private static final int MAX_RANK = 8;

    private static final int MOST_STRETCHED = 1 << 20;

    private ConstantArithmetic() {}

    static Constant compute(OnnxNode node, Translation translation) throws ImportException {
        return switch (node.kind()) {
            case "Add" -> binary(node, translation, Double::sum, Math::addExact);
            case "Sub" -> binary(node, translation, (a, b) -> a - b, Math::subtractExact);
            case "Mul" -> binary(node, translation, (a, b) -> a * b, Math::multiplyExact);
            case "Div" -> binary(node, translation, (a, b) -> a / b, Math::divideExact);
            case "Pow" -> binary(node, translation, Math::pow, null);
            case "Max" -> binary(node, translation, Math::max, Math::max);
            case "Min" -> binary(node, translation, Math::min, Math::min);
            case "Sqrt" -> unary(node, translation, Math::sqrt);
            case "Neg" -> unary(node, translation, a -> -a);
            case "Abs" -> unary(node, translation, Math::abs);
            case "Reciprocal" -> unary(node, translation, a -> 1 / a);
            case "Exp" -> unary(node, translation, Math::exp);
            case "Log" -> unary(node, translation, Math::log);
            default -> throw new IllegalArgumentException("no arithmetic: kind=" + node.kind());
        };
    }

    private static Constant unary(OnnxNode node, Translation translation, DoubleUnaryOperator operator)
            throws ImportException {
        Constant from = translation.constant(node, 0);
        if (from.isInteger()) {
            throw node.fault("works on integers, which is not computed at import; simplify the file (onnxsim)");
        }
        translation.spend(node, from.size());
        IntToDoubleFunction values = from.values();
        return Constant.real(
                rounded(node, from.size(), i -> operator.applyAsDouble(values.applyAsDouble(i))), from.shape());
    }

    /** @param ofIntegers null where integers are refused */
    private static Constant binary(
            OnnxNode node, Translation translation, DoubleBinaryOperator operator, LongBinaryOperator ofIntegers)
            throws ImportException {
        if (node.inputs().size() != 2) {
            throw node.fault("joins " + node.inputs().size()
                    + " constants; two are computed at import, so simplify the file (onnxsim)");
        }
        Constant a = translation.constant(node, 0);
        Constant b = translation.constant(node, 1);
        int[] shape = broadcast(node, a, b);
        int size = size(node, a, b, shape);
        translation.spend(node, size);
        if (a.isInteger() && b.isInteger()) {
            if (ofIntegers == null) {
                throw node.fault("works on integers, which is not computed at import; simplify the file (onnxsim)");
            }
            long[] values = new long[size];
            try {
                for (int i = 0; i < values.length; i++) {
                    values[i] = ofIntegers.applyAsLong(
                            a.integers()[place(a.shape(), shape, i)], b.integers()[place(b.shape(), shape, i)]);
                }
            } catch (ArithmeticException undefined) {
                throw node.fault("leaves 64 bits or divides by 0; the file is damaged, export it again");
            }
            return Constant.integer(values, shape);
        }
        IntToDoubleFunction left = a.values();
        IntToDoubleFunction right = b.values();
        return Constant.real(
                rounded(
                        node,
                        size,
                        i -> operator.applyAsDouble(
                                left.applyAsDouble(place(a.shape(), shape, i)),
                                right.applyAsDouble(place(b.shape(), shape, i)))),
                shape);
    }

    /** Small tensors may stretch each other; large ones are only met by what stretches to them. */
    private static int size(OnnxNode node, Constant a, Constant b, int[] shape) throws ImportException {
        long size = 1;
        for (int extent : shape) {
            size = Math.min(size * extent, Integer.MAX_VALUE);
        }
        if (size > Math.max(MOST_STRETCHED, Math.max(a.size(), b.size()))) {
            throw node.fault("stretches constants of shapes " + a.extents() + " and " + b.extents() + " to more than "
                    + MOST_STRETCHED + " numbers; export the model with constant folding");
        }
        return (int) size;
    }

    /** Extents from the right; one that is 1 stretches. */
    private static int[] broadcast(OnnxNode node, Constant a, Constant b) throws ImportException {
        int rank = Math.max(a.rank(), b.rank());
        int[] shape = new int[rank];
        for (int d = 0; d < rank; d++) {
            int ofA = extent(a.shape(), d, rank);
            int ofB = extent(b.shape(), d, rank);
            boolean fits = ofA == ofB || ofA == 1 || ofB == 1;
            if (rank > MAX_RANK || !fits || ofA == 0 || ofB == 0) {
                throw node.fault("joins constants of shapes " + a.extents() + " and " + b.extents()
                        + ", which do not fit each other; the file is damaged, export it again");
            }
            shape[d] = Math.max(ofA, ofB);
        }
        return shape;
    }

    private static int extent(int[] shape, int d, int rank) {
        int own = d - (rank - shape.length);
        return own < 0 ? 1 : shape[own];
    }

    /** Where in a tensor of its own extents a value of the stretched one stands. */
    private static int place(int[] own, int[] shape, int value) {
        if (Arrays.equals(own, shape)) {
            return value;
        }
        int place = 0;
        int stride = 1;
        int rest = value;
        for (int d = shape.length - 1; d >= 0; d--) {
            int extent = extent(own, d, shape.length);
            place += extent == 1 ? 0 : rest % shape[d] * stride;
            stride *= extent;
            rest /= shape[d];
        }
        return place;
    }

    /** As float, all finite. */
    static float[] rounded(OnnxNode node, int size, IntToDoubleFunction values) throws ImportException {
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            double value = values.applyAsDouble(i);
            floats[i] = (float) value;
            if (!Float.isFinite(floats[i])) {
                throw node.fault("makes " + value + " of constants, at index " + i
                        + "; every number must be finite, so export the model again");
            }
        }
        return floats;
    }
}
