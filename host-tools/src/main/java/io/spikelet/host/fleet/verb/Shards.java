package io.spikelet.host.fleet.verb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code I/N}: the I-th of N parts. */
final class Shards {
    private static final Pattern PART = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    private Shards() {}

    /** @return {i, n} with 1 ≤ i ≤ n */
    static int[] parse(String text) {
        Matcher part = PART.matcher(text);
        if (part.matches()) {
            int i = Integer.parseInt(part.group(1));
            int n = Integer.parseInt(part.group(2));
            if (i >= 1 && i <= n) {
                return new int[] {i, n};
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no part of a whole; write 1/2 for the first of two");
    }
}
