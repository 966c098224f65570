package io.spikelet.bench.adapt;

/**
 * What adaptation promises, in percent.
 *
 * @param limit the least that is promised, or the most
 */
record Claim(String promise, double measured, boolean atMost, double limit) {
    boolean holds() {
        return atMost ? measured <= limit : measured >= limit;
    }
}
