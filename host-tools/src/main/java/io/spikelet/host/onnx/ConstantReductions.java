package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** Sums, means and the like of weights over some of their dimensions, in double, rounded to float; integers stay integers. */
final class ConstantReductions {
    static final Set<String> OPERATORS =
            Set.of("ReduceMean", "ReduceSum", "ReduceProd", "ReduceMax", "ReduceMin", "ReduceSumSquare", "ReduceL2");

    private ConstantReductions() {}

    static Constant compute(OnnxNode node, Translation translation) throws ImportException {
        Constant from = translation.constant(node, 0);
        if (from.size() == 0) {
            throw node.fault("reduces a constant that holds no numbers; the file is damaged, export it again");
        }
        translation.spend(node, from.size());
        boolean[] reduced = axes(node, translation, from.rank());
        int[] kept = new int[from.rank()];
        int[] given = new int[from.rank()];
        int rank = 0;
        boolean keepsOnes = node.integer("keepdims", 1) != 0;
        for (int d = 0; d < kept.length; d++) {
            kept[d] = reduced[d] ? 1 : from.shape()[d];
            if (keepsOnes || !reduced[d]) {
                given[rank++] = kept[d];
            }
        }
        int[] shape = Arrays.copyOf(given, rank);
        IntUnaryOperator target = i -> target(from.shape(), kept, i);
        int size = 1;
        for (int extent : kept) {
            size *= extent;
        }
        if (from.isInteger()) {
            return Constant.integer(integers(node, from.integers(), target, size), shape);
        }
        double[] results = reals(node, from, target, size);
        return Constant.real(ConstantArithmetic.rounded(node, size, i -> results[i]), shape);
    }

    /** Dimensions that go; all where none are named. */
    private static boolean[] axes(OnnxNode node, Translation translation, int rank) throws ImportException {
        long[] named = node.has("axes")
                ? node.integers("axes")
                : node.hasInput(1) ? translation.constant(node, 1).integers() : new long[0];
        boolean[] reduced = new boolean[rank];
        Arrays.fill(reduced, named.length == 0 && node.integer("noop_with_empty_axes", 0) == 0);
        for (long axis : named) {
            reduced[ShapeOperators.axis(node, "axes", axis, rank)] = true;
        }
        return reduced;
    }

    private static double[] reals(OnnxNode node, Constant from, IntUnaryOperator target, int size) {
        boolean isProduct = node.kind().equals("ReduceProd");
        boolean isExtreme = node.kind().equals("ReduceMax") || node.kind().equals("ReduceMin");
        boolean isOfSquares =
                node.kind().equals("ReduceSumSquare") || node.kind().equals("ReduceL2");
        DoubleBinaryOperator joins = isProduct
                ? (a, b) -> a * b
                : isExtreme ? node.kind().equals("ReduceMax") ? Math::max : Math::min : Double::sum;
        IntToDoubleFunction values = from.values();
        double[] reduced = new double[size];
        boolean[] isBegun = new boolean[size];
        for (int i = 0; i < from.size(); i++) {
            double given = values.applyAsDouble(i);
            double value = isOfSquares ? given * given : given;
            int k = target.applyAsInt(i);
            reduced[k] = isBegun[k] ? joins.applyAsDouble(reduced[k], value) : value;
            isBegun[k] = true;
        }
        for (int k = 0; k < size; k++) {
            reduced[k] = switch (node.kind()) {
                case "ReduceMean" -> reduced[k] * size / from.size();
                case "ReduceL2" -> Math.sqrt(reduced[k]);
                default -> reduced[k];
            };
        }
        return reduced;
    }

    private static long[] integers(OnnxNode node, long[] values, IntUnaryOperator target, int size)
            throws ImportException {
        long[] reduced = new long[size];
        boolean[] isBegun = new boolean[size];
        try {
            for (int i = 0; i < values.length; i++) {
                int k = target.applyAsInt(i);
                long before = reduced[k];
                reduced[k] = !isBegun[k]
                        ? values[i]
                        : switch (node.kind()) {
                            case "ReduceSum" -> Math.addExact(before, values[i]);
                            case "ReduceProd" -> Math.multiplyExact(before, values[i]);
                            case "ReduceMax" -> Math.max(before, values[i]);
                            case "ReduceMin" -> Math.min(before, values[i]);
                            default ->
                                throw node.fault("works on integers, which is not computed at import; simplify the"
                                        + " file (onnxsim)");
                        };
                isBegun[k] = true;
            }
        } catch (ArithmeticException overflow) {
            throw node.fault("leaves 64 bits; the file is damaged, export it again");
        }
        return reduced;
    }

    /** Where what a value goes into stands. */
    private static int target(int[] shape, int[] kept, int value) {
        int target = 0;
        int stride = 1;
        int rest = value;
        for (int d = shape.length - 1; d >= 0; d--) {
            target += kept[d] == 1 ? 0 : rest % shape[d] * stride;
            stride *= kept[d];
            rest /= shape[d];
        }
        return target;
    }
}
