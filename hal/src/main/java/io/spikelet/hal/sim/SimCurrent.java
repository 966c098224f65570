package io.spikelet.hal.sim;

/** What a simulated board takes, and how its pins stand, at any time; what is measured of it has a known answer. */
@FunctionalInterface
public interface SimCurrent {
    /**
     * Amperes.
     *
     * @param nanos since the instrument's start, by true time
     */
    double amps(long nanos);

    /** The instrument's digital inputs, bit 0 for input 0. */
    default int inputs(long nanos) {
        return 0;
    }
}
