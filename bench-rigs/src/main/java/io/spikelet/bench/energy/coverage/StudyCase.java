package io.spikelet.bench.energy.coverage;

import io.spikelet.bench.energy.CutMethod;

/**
 * A kind of run that is repeated with other draws.
 *
 * @param name for the table
 * @param method how windows are cut
 * @param means whether the meter averages
 * @param rate samples per second
 * @param idle whether idle power is subtracted
 * @param lossShare of samples that are lost in short gaps
 * @param scatter standard deviation of windows, as a share
 * @param seconds of a window
 */
record StudyCase(
        String name,
        CutMethod method,
        boolean means,
        double rate,
        boolean idle,
        double lossShare,
        double scatter,
        double seconds) {

    /** Whether noise, scatter, borders and what lies between samples are so small that the meter's gain alone makes the interval. */
    boolean quiet() {
        return method == CutMethod.EDGES && scatter < 1e-3 && (means || rate > 1000);
    }
}
