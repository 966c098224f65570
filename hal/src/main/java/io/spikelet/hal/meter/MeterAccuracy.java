package io.spikelet.hal.meter;

/**
 * How far a reading of power may be from the truth: at most {@code gain · reading + offset}, and no step smaller than the
 * resolution is seen. Gain and offset stay the same within one run and are limits of a rectangular distribution; the
 * resolution is the width of one (GUM, JCGM 100:2008, 4.3.7).
 *
 * @param gain as a fraction of the reading, .01 for 1 %
 * @param offsetWatts at the supply's voltage
 * @param resolutionWatts the least step between two readings
 */
public record MeterAccuracy(double gain, double offsetWatts, double resolutionWatts) {
    /** Checks that none is below 0. */
    public MeterAccuracy {
        if (!(gain >= 0) || !(offsetWatts >= 0) || !(resolutionWatts >= 0)) {
            throw new IllegalArgumentException("an accuracy is 0 or more: gain=" + gain + ", offsetWatts=" + offsetWatts
                    + ", resolutionWatts=" + resolutionWatts);
        }
    }

    /**
     * Of a sum over loads that are measured alike.
     *
     * @param loads 1 or more
     */
    public MeterAccuracy ofSum(int loads) {
        return new MeterAccuracy(gain, loads * offsetWatts, loads * resolutionWatts);
    }
}
