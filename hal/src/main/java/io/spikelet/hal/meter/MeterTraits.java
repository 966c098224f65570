package io.spikelet.hal.meter;

/**
 * What an instrument promises, from its data sheet or as its user declares.
 *
 * @param name a short word, such as {@code ppk2}
 * @param source what is measured and where, in words for a person: the instrument, its port, the part of the board
 * @param samplesPerSecond nominal rate, above 0
 * @param means whether a sample is the mean since the one before; otherwise a moment, and what changes faster than the rate
 *     can alias
 * @param accuracy of each sample
 * @param clockPpm how far its clock may be off, parts in a million
 * @param digitalInputs how many inputs record edges with the samples, 0 to 8
 * @param maximumAmps what it bears, or its largest range; {@link Double#POSITIVE_INFINITY} when nothing is known
 */
public record MeterTraits(
        String name,
        String source,
        double samplesPerSecond,
        boolean means,
        MeterAccuracy accuracy,
        double clockPpm,
        int digitalInputs,
        double maximumAmps) {

    /** Checks the ranges. */
    public MeterTraits {
        if (name.isEmpty() || !(samplesPerSecond > 0) || !(clockPpm >= 0) || !(maximumAmps > 0)) {
            throw new IllegalArgumentException(
                    "a meter needs a name, a rate and a maximum above 0, and a clock's error" + " of 0 or more: " + name
                            + ", " + samplesPerSecond + " Hz, " + clockPpm + " ppm, " + maximumAmps + " A");
        }
        if (digitalInputs < 0 || digitalInputs > Byte.SIZE) {
            throw new IllegalArgumentException("digitalInputs must be 0..8: " + digitalInputs);
        }
    }
}
