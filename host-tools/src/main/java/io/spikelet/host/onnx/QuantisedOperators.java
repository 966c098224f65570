package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.onnx.Activation.ValueRange;

/**
 * Operators of quantised files as the real numbers that they stand for: codes are dequantised, and where an activation is
 * quantised it is cut off as its codes are. What the integers were is kept beside the graph.
 */
final class QuantisedOperators {
    private QuantisedOperators() {}

    /** An activation behind {@code QuantizeLinear}. */
    static Activation quantise(OnnxNode node, Translation translation) throws ImportException {
        return quantised(node, translation, translation.padded(node, 0), 1, 2);
    }

    /** Cut off as codes of 8 bits are; the scale and the zero point stand at these inputs. */
    private static Activation quantised(
            OnnxNode node, Translation translation, Activation read, int scaleInput, int zeroInput)
            throws ImportException {
        float scale = translation.number(node, scaleInput);
        if (!(scale > 0)) {
            throw node.fault("scale", "is " + scale + "; it must be above 0");
        }
        boolean isSigned = translation.isSigned(node, zeroInput);
        int lowest = isSigned ? -128 : 0;
        float zero = node.hasInput(zeroInput) ? translation.number(node, zeroInput) : 0;
        if (zero < lowest || zero > lowest + 255) {
            throw node.fault("zero_point", "is " + zero + "; it must be a number of 8 bits");
        }
        Quantisation meaning = new Quantisation(scale, (int) zero, lowest, lowest + 255);
        Activation given = read;
        if (translation.draft().isInput(read.sources())) {
            // Samples are within 0..1; what their codes can say is checked where integers are asked for.
            ValueRange range = meaning.cutsBelowZero() ? ValueRange.upTo(meaning.ceiling()) : ValueRange.ANY;
            given = read.from(read.sources().getFirst(), range);
        } else if (meaning.cutsBelowZero() || read.range().isNonNegative()) {
            int[] zeros = read.zeros();
            String wanted = node.kind().equals("QuantizeLinear") ? node.name() : node.name() + " codes";
            given = CutOperators.cut(wanted, translation, read.withZeros(new int[4]), meaning.ceiling())
                    .withZeros(zeros);
        }
        if (given.sources().size() == 1) {
            translation.draft().isQuantised(given.sources().getFirst(), meaning);
        }
        return given;
    }

    static Activation convolution(OnnxNode node, Translation translation) throws ImportException {
        Constant weight = QuantisedConstants.dequantised(
                node, translation.constant(node, 3), translation.constant(node, 4), translation.constant(node, 5), 0);
        Constant bias = node.hasInput(8) ? bias(node, translation, 8, 1, weight) : null;
        Activation made = LinearOperators.convolution(node, translation, weight, bias);
        return quantised(node, translation, made, 6, 7);
    }

    static Activation matMul(OnnxNode node, Translation translation) throws ImportException {
        Constant weight = QuantisedConstants.dequantised(
                node, translation.constant(node, 3), translation.constant(node, 4), translation.constant(node, 5), 1);
        return quantised(node, translation, LinearOperators.gemm(node, translation, weight, null, false), 6, 7);
    }

    /** Microsoft's {@code QGemm}; without a scale for its output it gives real numbers. */
    static Activation gemm(OnnxNode node, Translation translation) throws ImportException {
        boolean isTurned = node.integer("transB", 0) != 0;
        Constant weight = QuantisedConstants.dequantised(
                node,
                translation.constant(node, 3),
                translation.constant(node, 4),
                translation.constant(node, 5),
                isTurned ? 0 : 1);
        Constant bias = node.hasInput(6) ? bias(node, translation, 6, 1, weight) : null;
        Activation made = LinearOperators.gemm(node, translation, weight, bias, isTurned);
        return node.hasInput(7) ? quantised(node, translation, made, 7, 8) : made;
    }

    /** A bias of 32 bits, in units of input scale times weight scale. */
    private static Constant bias(OnnxNode node, Translation translation, int input, int scaleInput, Constant weight)
            throws ImportException {
        Constant codes = translation.constant(node, input);
        float read = translation.number(node, scaleInput);
        float[] scale = weight.codes().scale().clone();
        for (int s = 0; s < scale.length; s++) {
            scale[s] *= read;
        }
        int[] shape = {codes.size()};
        return QuantisedConstants.dequantised(node, codes.shaped(shape), Constant.real(scale, scale.length), null, 0);
    }

    static Activation add(OnnxNode node, Translation translation) throws ImportException {
        Activation first = translation.activation(node, 0);
        Activation second = translation.activation(node, 3);
        if (!first.liesLike(second)) {
            throw node.fault("adds up " + first.text() + " and " + second.text()
                    + ", which differ in shape or order; only tensors of the same shape are added up");
        }
        return quantised(node, translation, first.plus(second), 6, 7);
    }

    static Activation averagePool(OnnxNode node, Translation translation) throws ImportException {
        requireFirst(node);
        return quantised(node, translation, PoolOperators.windows(node, translation, false), 3, 4);
    }

    static Activation globalAveragePool(OnnxNode node, Translation translation) throws ImportException {
        requireFirst(node);
        return quantised(node, translation, PoolOperators.global(node, translation), 3, 4);
    }

    private static void requireFirst(OnnxNode node) throws ImportException {
        if (node.integer("channels_last", 0) != 0) {
            throw node.fault("channels_last", "is 1; export it with channels first");
        }
    }
}
