package io.spikelet.engine;

import io.spikelet.model.LogKernel;
import io.spikelet.model.WeightKind;

/**
 * What each code of a logarithmic weight adds for one input: a lookup and a shift in place of a multiplication
 * (docs/equations.md, W2 and W3).
 */
abstract class LogProducts {
    private static final int CODES = LogKernel.CODES;

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
                products[time][code] = LogKernel.value((byte) code, time);
            }
        }
        return new LogProducts() {
            @Override
            int[] of(int input) {
                return products[input];
            }
        };
    }
}
