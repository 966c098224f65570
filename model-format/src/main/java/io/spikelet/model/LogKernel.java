package io.spikelet.model;

/**
 * What a logarithmic weight gives for a spike at a time: {@code ±2^(−q/2) · 2^(−t/4)}, by lookup and shift instead of a
 * product (docs/equations.md, W3). Values are in units of 2^−{@link WeightKind#LOG2_FRACTION_BITS}, rounded half up in
 * their magnitude; at time 0 they are {@link WeightKind#value}.
 */
public final class LogKernel {
    /** Time steps in which the kernel halves. */
    public static final int TAU = 4;

    /** Codes of a logarithmic weight, those that mean nothing among them: the length of a row of {@link #table}. */
    public static final int CODES = 32;

    /** (4) 2^(−k/4) in units of 2^−15. */
    private static final int[] QUARTERS = {32768, 27554, 23170, 19484};

    private static final int QUARTER_BITS = 15;
    private static final int MAGNITUDE = 0xf;
    private static final int SIGN = 0x10;
    private static final int MAX_SHIFT = 31;

    private LogKernel() {}

    /**
     * One contribution.
     *
     * @param code of kind {@link WeightKind#LOG2}
     * @param time steps since the window's start, 0 or more; a source that did not spike contributes nothing, which is
     *     for the caller to see
     * @return −4096..4096; 0 where the contribution is too small to show
     */
    public static int value(byte code, int time) {
        int magnitude = code & MAGNITUDE;
        if (magnitude == 0) {
            return 0;
        }
        int exponent = time + 2 * (magnitude - 1);
        int shift = exponent / TAU + QUARTER_BITS - WeightKind.LOG2_FRACTION_BITS;
        if (shift > MAX_SHIFT) {
            return 0;
        }
        int value = QUARTERS[exponent % TAU] + (1 << shift - 1) >> shift;
        return (code & SIGN) == 0 ? value : -value;
    }

    /**
     * All contributions within a window.
     *
     * @param window steps, 1 or more
     * @return (window + 1, {@value #CODES}) {@code value(code, time)} at {@code time · 32 + code}; the last row is 0,
     *     for a source that did not spike
     */
    public static int[] table(int window) {
        int[] table = new int[(window + 1) * CODES];
        for (int i = 0; i < window * CODES; i++) {
            table[i] = value((byte) (i % CODES), i / CODES);
        }
        return table;
    }
}
