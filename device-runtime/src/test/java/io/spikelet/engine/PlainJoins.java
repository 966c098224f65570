package io.spikelet.engine;

import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.Join;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Joins, residual streams and delays, value by value. */
final class PlainJoins {
    private PlainJoins() {}

    static BigInteger[] join(Join join, List<BigInteger[]> in) {
        BigInteger[] out = new BigInteger[in.getFirst().length];
        for (int n = 0; n < out.length; n++) {
            int here = n;
            List<BigInteger> parts = in.stream().map(source -> source[here]).toList();
            out[n] = switch (join.kind()) {
                case ADD -> parts.stream().reduce(BigInteger.ZERO, BigInteger::add);
                case AND -> parts.stream().reduce(BigInteger.ONE, BigInteger::multiply);
                case AND_NOT -> parts.get(1).multiply(BigInteger.ONE.subtract(parts.get(0)));
            };
        }
        return out;
    }

    static BigInteger[] add(CurrentAdd add, Shape shape, List<BigInteger[]> in, int t) {
        BigInteger[] out = new BigInteger[shape.size()];
        BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(add.shift()));
        for (int n = 0; n < out.length; n++) {
            BigDecimal sum = new BigDecimal(PlainNeurons.drive(add.drives(), shape, in, n, t));
            // The quotient by a power of two is exact, so that rounding happens once.
            out[n] = sum.divide(unit).setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact();
        }
        return out;
    }

    /** @param history what the source gave at each step, the present one last */
    static BigInteger[] delay(Delay delay, Shape shape, List<BigInteger[]> history) {
        int[] steps = Parameter.perNeuron(delay.steps(), shape);
        BigInteger[] out = new BigInteger[steps.length];
        for (int n = 0; n < steps.length; n++) {
            int when = history.size() - 1 - steps[n];
            out[n] = when < 0 ? BigInteger.ZERO : history.get(when)[n];
        }
        return out;
    }
}
