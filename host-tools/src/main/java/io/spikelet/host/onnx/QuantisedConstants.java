package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;

/** Constants on either side of a quantisation, {@code real = scale · (code − zero)}. */
final class QuantisedConstants {
    private QuantisedConstants() {}

    /** A constant behind {@code DequantizeLinear}. */
    static Constant real(OnnxNode node, Translation translation) throws ImportException {
        return dequantised(
                node,
                translation.constant(node, 0),
                translation.constant(node, 1),
                translation.optional(node, 2).orElse(null),
                node.integer("axis", 1));
    }

    /**
     * The real numbers that codes mean, which keep them.
     *
     * @param scale one, or one for each index of the axis
     * @param zero one for each scale, or null for 0
     */
    static Constant dequantised(OnnxNode node, Constant codes, Constant scale, Constant zero, long axis)
            throws ImportException {
        if (codes.reals().length > 0 || node.integer("block_size", 0) != 0) {
            throw node.fault("dequantises what are no integers with one scale, or one for each index of an axis");
        }
        int along = along(node, codes, scale, zero, axis);
        long[] zeros = zero == null ? new long[scale.size()] : zero.integers();
        Constant.Codes kept = new Constant.Codes(codes.integers(), scale.floats(), zeros, along);
        Constant described = new Constant(codes.shape(), new float[codes.size()], new long[0], kept);
        double[] exact = described.exact();
        for (int i = 0; i < exact.length; i++) {
            described.reals()[i] = (float) exact[i];
        }
        return described;
    }

    /** A constant behind {@code QuantizeLinear}, rounded half to even. */
    static Constant codes(OnnxNode node, Translation translation) throws ImportException {
        Constant from = translation.constant(node, 0);
        Constant scale = translation.constant(node, 1);
        Constant zero = translation.optional(node, 2).orElse(null);
        int along = along(node, from, scale, zero, node.integer("axis", 1));
        boolean isSigned = translation.isSigned(node, 2);
        int scales = scale.size();
        int behind = 1;
        for (int d = along + 1; d < from.rank(); d++) {
            behind *= from.shape()[d];
        }
        long[] values = new long[from.size()];
        for (int i = 0; i < values.length; i++) {
            int s = scales == 1 ? 0 : i / behind % scales;
            double code = Math.rint(from.floats()[i] / scale.floats()[s]) + (zero == null ? 0 : zero.integers()[s]);
            values[i] = (long) Math.clamp(code, isSigned ? -128 : 0, isSigned ? 127 : 255);
        }
        return Constant.integer(values, from.shape());
    }

    /** The dimension that the scales go along; 0 for a single one. */
    private static int along(OnnxNode node, Constant from, Constant scale, Constant zero, long axis)
            throws ImportException {
        int scales = scale.size();
        int along = scales == 1 ? 0 : ShapeOperators.axis(node, "axis", axis, from.rank());
        if (scales < 1 || scales > 1 && from.shape()[along] != scales || zero != null && !zero.areIntegers(scales)) {
            throw node.fault(
                    "scale",
                    "has shape " + scale.extents() + " for a constant of shape " + from.extents()
                            + "; give one, or one for each index of the axis, and as many zero points");
        }
        for (float value : scale.floats()) {
            if (!(value > 0)) {
                throw node.fault("scale", "holds " + value + "; it must be above 0");
            }
        }
        return along;
    }
}
