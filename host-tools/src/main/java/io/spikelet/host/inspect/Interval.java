package io.spikelet.host.inspect;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.IntToDoubleFunction;

/** The least and the greatest of some numbers. */
public record Interval(double least, double greatest) {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    static Interval of(int count, IntToDoubleFunction value) {
        double least = value.applyAsDouble(0);
        double greatest = least;
        for (int i = 1; i < count; i++) {
            least = Math.min(least, value.applyAsDouble(i));
            greatest = Math.max(greatest, value.applyAsDouble(i));
        }
        return new Interval(least, greatest);
    }

    /** @param values one or more */
    public static Interval of(float[] values) {
        return of(values.length, i -> values[i]);
    }

    /** Numbers divided by a unit. */
    static Interval of(int[] values, double unit) {
        return of(values.length, i -> values[i] / unit);
    }

    /** Whether all are the same. */
    public boolean isOne() {
        return least == greatest;
    }

    /** {@code 0.5}, or {@code 0.25..0.5}, in six significant digits where more say nothing. */
    @Override
    public String toString() {
        String from = text(least);
        String to = text(greatest);
        return from.equals(to) ? from : from + ".." + to;
    }

    private static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        boolean isShort = Math.abs(value) >= 1e-6 && Math.abs(value) < 1e15;
        return isShort ? rounded.toPlainString() : rounded.toString();
    }
}
