package io.spikelet.engine;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.Shape;
import java.math.BigInteger;

/** The attention gate's equations, term by term. */
final class PlainGate {
    private static final BigInteger HALF = BigInteger.valueOf(1 << 14);

    private final AttentionGate gate;
    private final Shape shape;
    private final BigInteger[] s;

    PlainGate(AttentionGate gate, Shape shape, BigInteger[] s) {
        this.gate = gate;
        this.shape = shape;
        this.s = s;
    }

    BigInteger[] factors() {
        BigInteger[] out = new BigInteger[shape.size()];
        for (int n = 0; n < out.length; n++) {
            BigInteger product = logistic(p(n % shape.area()), gate.spatialStep(), gate.spatialShift())
                    .multiply(logistic(q(n / shape.area()), gate.channelStep(), gate.channelShift()));
            out[n] = product.add(HALF).shiftRight(15);
        }
        return out;
    }

    private BigInteger p(int pixel) {
        BigInteger sum = BigInteger.valueOf(gate.spatialBias());
        for (int c = 0; c < shape.channels(); c++) {
            sum = sum.add(s[c * shape.area() + pixel].multiply(BigInteger.valueOf(gate.spatialWeights()[c])));
        }
        return sum;
    }

    private BigInteger count(int channel) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < shape.area(); i++) {
            sum = sum.add(s[channel * shape.area() + i]);
        }
        return sum;
    }

    private BigInteger h(int j) {
        BigInteger sum = BigInteger.ZERO;
        for (int c = 0; c < shape.channels(); c++) {
            sum = sum.add(count(c).multiply(BigInteger.valueOf(gate.squeeze()[j * shape.channels() + c])));
        }
        return sum.max(BigInteger.ZERO);
    }

    private BigInteger q(int channel) {
        BigInteger sum = BigInteger.ZERO;
        for (int j = 0; j < gate.hidden(); j++) {
            sum = sum.add(h(j).multiply(BigInteger.valueOf(gate.excite()[channel * gate.hidden() + j])));
        }
        return sum;
    }

    private static BigInteger logistic(BigInteger sum, int step, int shift) {
        BigInteger cell = sum.multiply(BigInteger.valueOf(step))
                .add(BigInteger.ONE.shiftLeft(shift - 1))
                .shiftRight(shift)
                .max(BigInteger.valueOf(-128))
                .min(BigInteger.valueOf(127));
        double v = cell.intValueExact() / 16.0;
        return BigInteger.valueOf(Math.round(32768 / (1 + Math.exp(-v))));
    }

    /** One for each spike's spatial weight, each channel's count and each hidden unit's value that is not zero. */
    long operations() {
        long operations = 0;
        for (BigInteger spike : s) {
            operations += spike.signum() != 0 ? 1 : 0;
        }
        for (int c = 0; c < shape.channels(); c++) {
            operations += count(c).signum() != 0 ? gate.hidden() : 0;
        }
        for (int j = 0; j < gate.hidden(); j++) {
            operations += h(j).signum() != 0 ? shape.channels() : 0;
        }
        return operations;
    }
}
