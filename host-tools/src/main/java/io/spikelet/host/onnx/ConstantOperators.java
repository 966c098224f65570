package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What exporters compute from constants alone: most of it the shape that a Reshape then reads, some of it weights. */
final class ConstantOperators {
    /** FLOAT, FLOAT16, DOUBLE and BFLOAT16. */
    private static final Set<Long> REAL_TYPES = Set.of(1L, 10L, 11L, 16L);

    private static final int MAX_RANK = 8;

    private ConstantOperators() {}

    /** @throws ImportException when the operator is not among those that are computed here */
    static Constant fold(OnnxNode node, Translation translation) throws ImportException {
        if (ConstantArithmetic.OPERATORS.contains(node.kind())) {
            return ConstantArithmetic.compute(node, translation);
        }
        if (ConstantReductions.OPERATORS.contains(node.kind())) {
            return ConstantReductions.compute(node, translation);
        }
        return switch (node.kind()) {
            case "Constant" -> constant(node, translation);
            case "Shape" -> shape(node, translation);
            case "Identity" -> translation.constant(node, 0);
            case "Cast" -> cast(node, translation.constant(node, 0));
            case "Gather" -> gather(node, translation);
            case "Slice" -> slice(node, translation);
            case "Concat" -> concat(node, translation);
            case "Squeeze", "Unsqueeze" -> ones(node, translation);
            case "Reshape" -> reshape(node, translation);
            case "Transpose" -> transpose(node, translation.constant(node, 0));
            case "DequantizeLinear" -> QuantisedConstants.real(node, translation);
            case "QuantizeLinear" -> QuantisedConstants.codes(node, translation);
            default ->
                throw node.fault("is computed from constants alone, and is not among what is computed at import;"
                        + " simplify the file (onnxsim) or export it with constant folding");
        };
    }

    private static Constant constant(OnnxNode node, Translation translation) throws ImportException {
        if (node.has("value")) {
            return TensorReader.read(translation.file(), node.tensor("value"));
        }
        if (node.has("value_int")) {
            return Constant.integer(new long[] {node.integer("value_int", 0)});
        }
        if (node.has("value_ints")) {
            long[] values = node.integers("value_ints");
            return Constant.integer(values, values.length);
        }
        if (node.has("value_float")) {
            return Constant.real(new float[] {node.real("value_float", 0)});
        }
        if (node.has("value_floats")) {
            List<Float> given = node.reals("value_floats");
            float[] values = new float[given.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = given.get(i);
                if (!Float.isFinite(values[i])) {
                    throw node.fault("value_floats", "holds " + values[i] + "; every number must be finite");
                }
            }
            return Constant.real(values, values.length);
        }
        throw node.fault("holds neither a tensor nor numbers; simplify the file (onnxsim)");
    }

    /** Integers that become real numbers are reckoned with as such. */
    private static Constant cast(OnnxNode node, Constant from) throws ImportException {
        boolean becomesReal = REAL_TYPES.contains(node.integer("to", 0));
        return becomesReal && from.isInteger() ? Constant.real(from.floats(), from.shape()) : from;
    }

    private static Constant shape(OnnxNode node, Translation translation) throws ImportException {
        int[] extents = translation.isActivation(node.input(0))
                ? translation.padded(node, 0).extents()
                : translation.constant(node, 0).shape();
        int first = bound(node.integer("start", 0), extents.length);
        int last = Math.max(first, bound(node.integer("end", extents.length), extents.length));
        long[] values = IntStream.range(first, last).mapToLong(d -> extents[d]).toArray();
        return Constant.integer(values, values.length);
    }

    private static int bound(long index, int length) {
        return Math.clamp(index < 0 ? index + length : index, 0, length);
    }

    private static Constant gather(OnnxNode node, Translation translation) throws ImportException {
        Constant from = integers(node, translation.constant(node, 0));
        Constant which = integers(node, translation.constant(node, 1));
        long[] values = new long[which.size()];
        for (int i = 0; i < values.length; i++) {
            int place = ShapeOperators.axis(node, "indices", which.integers()[i], from.size());
            values[i] = from.integers()[place];
        }
        return Constant.integer(values, which.shape());
    }

    private static Constant slice(OnnxNode node, Translation translation) throws ImportException {
        Constant from = integers(node, translation.constant(node, 0));
        long start = node.has("starts") ? only(node, node.integers("starts")) : (long) translation.number(node, 1);
        long end = node.has("ends")
                ? only(node, node.integers("ends"))
                : only(node, translation.constant(node, 2).integers());
        if (node.hasInput(4) && translation.number(node, 4) != 1) {
            throw node.fault("steps", "are not 1, which is not computed at import; simplify the file (onnxsim)");
        }
        int first = bound(start, from.size());
        long[] values = Arrays.copyOfRange(
                from.integers(), first, Math.max(first, bound(Math.min(end, Integer.MAX_VALUE), from.size())));
        return Constant.integer(values, values.length);
    }

    private static long only(OnnxNode node, long[] values) throws ImportException {
        if (values.length != 1) {
            throw node.fault("takes more than one dimension apart, which is not computed at import; simplify the file"
                    + " (onnxsim)");
        }
        return values[0];
    }

    private static Constant concat(OnnxNode node, Translation translation) throws ImportException {
        long[] values = new long[0];
        for (int k = 0; k < node.inputs().size(); k++) {
            Constant part = integers(node, translation.constant(node, k));
            if (values.length + part.size() > Short.MAX_VALUE) {
                throw node.fault("makes a list too long for a shape; the file is damaged, export it again");
            }
            int start = values.length;
            values = Arrays.copyOf(values, start + part.size());
            System.arraycopy(part.integers(), 0, values, start, part.size());
        }
        return Constant.integer(values, values.length);
    }

    /** Ones among the extents of a list of integers mean nothing here; weights get or lose those that are named. */
    private static Constant ones(OnnxNode node, Translation translation) throws ImportException {
        Constant from = translation.constant(node, 0);
        if (from.reals().length == 0) {
            return integers(node, from).shaped(from.size());
        }
        boolean adds = node.kind().equals("Unsqueeze");
        long[] named = node.has("axes")
                ? node.integers("axes")
                : node.hasInput(1) ? translation.constant(node, 1).integers() : new long[0];
        int rank = adds ? from.rank() + named.length : from.rank();
        if (rank > MAX_RANK || adds && named.length == 0) {
            throw node.fault(
                    "axes",
                    "makes " + rank + " dimensions of " + from.rank() + "; at most " + MAX_RANK
                            + " are supported, and one must be named");
        }
        boolean[] isNamed = new boolean[rank];
        for (long axis : named) {
            isNamed[ShapeOperators.axis(node, "axes", axis, rank)] = true;
        }
        int[] shape = new int[rank];
        int next = 0;
        int kept = 0;
        for (int d = 0; d < rank; d++) {
            if (adds && (isNamed[d] || next == from.rank())) {
                shape[kept++] = 1;
                continue;
            }
            int extent = from.shape()[next++];
            boolean goes = !adds && (named.length == 0 ? extent == 1 : isNamed[d]);
            if (goes && extent != 1) {
                throw node.fault(
                        "axes",
                        "names dimension " + d + " of a constant of shape " + from.extents() + ", which is not 1");
            }
            if (!goes) {
                shape[kept++] = extent;
            }
        }
        return from.shaped(Arrays.copyOf(shape, kept));
    }

    /** A constant of integers in at most one dimension. */
    private static Constant integers(OnnxNode node, Constant constant) throws ImportException {
        if (constant.reals().length > 0 || constant.rank() > 1 && constant.size() != 1) {
            throw node.fault("works on a constant of shape " + constant.extents()
                    + "; only lists of integers are computed at import, so simplify the file (onnxsim)");
        }
        return constant;
    }

    private static Constant reshape(OnnxNode node, Translation translation) throws ImportException {
        Constant from = translation.constant(node, 0);
        long[] wanted = translation.constant(node, 1).integers();
        int[] shape = new int[wanted.length];
        long known = 1;
        int open = -1;
        for (int d = 0; d < shape.length && known > 0; d++) {
            if (wanted[d] == -1 && open < 0) {
                open = d;
            } else if (wanted[d] < 1 || wanted[d] > from.size()) {
                known = 0;
            } else {
                shape[d] = (int) wanted[d];
                known = Math.min(known * shape[d], Integer.MAX_VALUE);
            }
        }
        if (open >= 0 && known > 0) {
            shape[open] = (int) (from.size() / known);
            known *= shape[open];
        }
        if (known != from.size()) {
            throw node.fault("shape", "is " + Arrays.toString(wanted) + " for a constant of shape " + from.extents());
        }
        return from.shaped(shape);
    }

    /** A matrix turned, or a kernel's dimensions moved. */
    private static Constant transpose(OnnxNode node, Constant from) throws ImportException {
        int rank = from.rank();
        int[] order = ShapeOperators.order(node, rank);
        int[] shape = IntStream.of(order).map(d -> from.shape()[d]).toArray();
        int[] places = places(from.shape(), shape, order);
        float[] reals = new float[from.reals().length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = from.reals()[places[i]];
        }
        long[] integers = moved(from.integers(), places);
        Constant.Codes codes = from.codes();
        if (codes != null) {
            int axis = 0;
            for (int d = 0; d < rank; d++) {
                axis = order[d] == codes.axis() ? d : axis;
            }
            codes = new Constant.Codes(
                    moved(codes.values(), places), codes.scale(), codes.zero(), codes.scale().length == 1 ? 0 : axis);
        }
        return new Constant(shape, reals, integers, codes);
    }

    private static long[] moved(long[] values, int[] places) {
        long[] moved = new long[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = values[places[i]];
        }
        return moved;
    }

    /** For each value of the turned tensor where it stood before. */
    private static int[] places(int[] before, int[] shape, int[] order) {
        int size = IntStream.of(shape).reduce(1, Math::multiplyExact);
        int[] strides = new int[before.length];
        int stride = 1;
        for (int d = before.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= before[d];
        }
        int[] places = new int[size];
        int[] at = new int[shape.length];
        for (int i = 0; i < size; i++) {
            for (int d = 0; d < shape.length; d++) {
                places[i] += at[d] * strides[order[d]];
            }
            for (int d = shape.length - 1; d >= 0 && ++at[d] == shape[d]; d--) {
                at[d] = 0;
            }
        }
        return places;
    }
}
