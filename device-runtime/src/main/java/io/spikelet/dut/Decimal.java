package io.spikelet.dut;

/** Numbers as the reference firmware reads them: a sign, then digits as far as they go, 0 where there are none. */
final class Decimal {
    private Decimal() {}

    /** What does not fit is the nearest that does. */
    static int parse(String word) {
        boolean negative = word.startsWith("-");
        long value = 0;
        int at = negative || word.startsWith("+") ? 1 : 0;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9' && value <= Integer.MAX_VALUE) {
            value = value * 10 + word.charAt(at++) - '0';
        }
        return Math.clamp(negative ? -value : value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
