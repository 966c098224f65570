package io.spikelet.engine;

import io.spikelet.model.WeightKind;

/**
 * What each code of a logarithmic weight adds for one input: a lookup and a shift in place of a multiplication
 * (docs/equations.md, W2 and W3).
 */
abstract class LogProducts {
    /** Codes of a logarithmic weight. */
    static final int CODES = 1 << WeightKind.LOG2.bits();

    /** (codes) the products for one input value; valid until the next call. */
    abstract int[] of(int input);

    /** For edges of numbers: the value of the weight times the input. */
    static LogProducts ofNumbers() {
        int[] value = new int[CODES];
        for (int code = 0; code < CODES; code++) {
            value[code] = WeightKind.LOG2.value((byte) code);
        }
        int[] products = new int[CODES];
        return new LogProducts() {
            private int latest;

            @Override
            int[] of(int input) {
                if (input != latest) {
                    latest = input;
                    for (int code = 0; code < CODES; code++) {
                        products[code] = input * value[code];
                    }
                }
                return products;
            }
        };
    }

    /**
     * For edges of times: the weight times {@code 2^(−time / 4)}.
     *
     * @param window times are below it; the table has a row for each
     */
    static LogProducts ofTimes(int window) {
        int[][] products = new int[window][CODES];
        for (int time = 0; time < window; time++) {
            for (int code = 0; code < CODES; code++) {
                products[time][code] = ofTime((byte) code, time);
            }
        }
        return new LogProducts() {
            @Override
            int[] of(int input) {
                return products[input];
            }
        };
    }

    /** (4) 2^(−e/4), Q0.15. */
    private static final int[] QUARTER_OCTAVES = {32768, 27554, 23170, 19484};

    private static final int TABLE_BITS = 15;

    /** {@code s · ((LUT4[e mod 4] + 2^(sh−1)) >> sh), e = t + 2q, sh = e div 4 + 15 − F}; 0 beyond sh = 31. */
    static int ofTime(byte code, int time) {
        int magnitude = code & 0xf;
        if (magnitude == 0) {
            return 0;
        }
        int quarters = time + 2 * (magnitude - 1);
        int shift = (quarters >> 2) + TABLE_BITS - WeightKind.LOG2_FRACTION_BITS;
        if (shift >= Integer.SIZE) {
            return 0;
        }
        int product = (int) (QUARTER_OCTAVES[quarters & 3] + (1L << shift - 1) >> shift);
        return code < 1 << 4 ? product : -product;
    }
}
