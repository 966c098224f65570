package io.spikelet.bench.measure;

import java.io.Serializable;

/**
 * What one contender took.
 *
 * @param name of the contender
 * @param micros (rounds) µs of one inference, mean over the turn of each round; rounds of equal number lie side by side
 *     in time
 * @param allocatedBytes by one inference in this thread on the heap, once warm
 * @param weightBytes of its weights as it stores them
 */
public record Timing(String name, double[] micros, double allocatedBytes, long weightBytes) implements Serializable {
    public Spread spread() {
        return Spread.of(micros);
    }
}
