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

    StudyCase seconds(double other) {
        return new StudyCase(name, method, means, rate, idle, lossShare, scatter, other);
    }
}
