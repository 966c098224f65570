package io.spikelet.engine;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import io.spikelet.model.WeightKind;
import java.math.BigInteger;

/** Dense layers and convolutions, output by output, and the synaptic operations in them. */
final class PlainLinear {
    private static final int[] QUARTER_OCTAVES = {32768, 27554, 23170, 19484};

    private final Shape from;
    private final Shape to;

    /** Whether the source gives spike times. */
    private final boolean times;

    private final int silence;
    private long operations;

    PlainLinear(Layer source, Layer layer) {
        from = source.shape();
        to = layer.shape();
        times = source.output().kind() == EdgeDomain.Kind.TIME;
        silence = times ? source.output().maximum() : 0;
    }

    long operations() {
        return operations;
    }

    BigInteger[] dense(Operation.Dense dense, BigInteger[] in) {
        BigInteger[] out = PlainEngine.zeros(dense.outputs());
        for (int o = 0; o < dense.outputs(); o++) {
            for (int i = 0; i < dense.inputs(); i++) {
                out[o] = out[o].add(product(dense.kind(), dense.weights()[o * dense.inputs() + i], in[i]));
            }
        }
        return out;
    }

    BigInteger[] conv(Operation.Conv2d conv, BigInteger[] in) {
        BigInteger[] out = PlainEngine.zeros(to.size());
        for (int o = 0; o < to.channels(); o++) {
            for (int y = 0; y < to.height(); y++) {
                for (int x = 0; x < to.width(); x++) {
                    out[(o * to.height() + y) * to.width() + x] = window(conv, in, o, y, x);
                }
            }
        }
        return out;
    }

    private BigInteger window(Operation.Conv2d conv, BigInteger[] in, int o, int y, int x) {
        BigInteger sum = BigInteger.ZERO;
        int depth = conv.inChannels() / conv.groups();
        int group = o / (conv.outChannels() / conv.groups());
        for (int d = 0; d < depth; d++) {
            for (int ky = 0; ky < conv.kernelHeight(); ky++) {
                for (int kx = 0; kx < conv.kernelWidth(); kx++) {
                    int inY = y * conv.strideY() - conv.paddingY() + ky * conv.dilationY();
                    int inX = x * conv.strideX() - conv.paddingX() + kx * conv.dilationX();
                    if (inY < 0 || inX < 0 || inY >= from.height() || inX >= from.width()) {
                        continue;
                    }
                    int w = ((o * depth + d) * conv.kernelHeight() + ky) * conv.kernelWidth() + kx;
                    int c = group * depth + d;
                    BigInteger value = in[(c * from.height() + inY) * from.width() + inX];
                    sum = sum.add(product(conv.kind(), conv.weights()[w], value));
                }
            }
        }
        return sum;
    }

    private BigInteger product(WeightKind kind, byte code, BigInteger input) {
        if (input.intValueExact() == silence) {
            return BigInteger.ZERO;
        }
        operations++;
        if (times) {
            return logarithm(code, input.intValueExact());
        }
        return input.multiply(kind == WeightKind.LOG2 ? logarithm(code, 0) : BigInteger.valueOf(code));
    }

    /** {@code ±2^(−(t + 2q)/4)} in units of 2^−12, half up. */
    private static BigInteger logarithm(byte code, int time) {
        if ((code & 15) == 0) {
            return BigInteger.ZERO;
        }
        int e = time + 2 * ((code & 15) - 1);
        BigInteger unit = BigInteger.ONE.shiftLeft(e / 4 + 3);
        BigInteger magnitude =
                BigInteger.valueOf(2L * QUARTER_OCTAVES[e % 4]).add(unit).divide(unit.shiftLeft(1));
        return (code & 16) == 0 ? magnitude : magnitude.negate();
    }
}
