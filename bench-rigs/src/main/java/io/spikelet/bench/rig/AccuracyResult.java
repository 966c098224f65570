package io.spikelet.bench.rig;

import io.spikelet.host.report.Accuracy;

/**
 * What the accuracy phase brought.
 *
 * @param data the samples, by name
 * @param top1 how often the greatest score is the label's
 * @param runner the same and more, as the MLPerf Tiny runner computes it
 * @param micros (samples) of one inference each, by the device's clock; NaN where it told none
 */
record AccuracyResult(String data, Accuracy top1, RunnerScores runner, double[] micros) {
    /** Whether the device told how long each inference took. */
    boolean timed() {
        for (double each : micros) {
            if (Double.isNaN(each)) {
                return false;
            }
        }
        return true;
    }
}
