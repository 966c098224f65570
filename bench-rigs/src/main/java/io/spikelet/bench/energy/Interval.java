package io.spikelet.bench.energy;

/**
 * A value and the interval that holds the true one with a stated probability.
 *
 * @param value the estimate
 * @param low where the interval begins
 * @param high where it ends
 * @param level the probability, such as .98
 */
public record Interval(double value, double low, double high, double level) {
    /** Its full width as a fraction of the value; .02 for ±1 %. */
    public double relativeWidth() {
        return (high - low) / Math.abs(value);
    }

    /** Whether it holds a value. */
    public boolean holds(double other) {
        return low <= other && other <= high;
    }
}
