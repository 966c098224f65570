package io.spikelet.engine;

import io.spikelet.model.SpikeCalibration;
import java.util.Arrays;

/**
 * Takes back spikes of neurons that fell silent (docs/equations.md, N6). A neuron's mean interval is the step of its latest
 * spikes over the number of steps with spikes, since the intervals add up to that step; so nothing is divided.
 */
final class SpikeCalibrator {
    private final int allowance;
    private final boolean countsHeldBack;

    /** (neurons) the latest step with spikes; 0 before any. */
    private final int[] last;

    /** (neurons) steps with spikes. */
    private final int[] firings;

    /** (neurons) spikes given; less those that were held back, under the published rule. */
    private final int[] count;

    SpikeCalibrator(SpikeCalibration calibration, int neurons) {
        allowance = calibration.allowance();
        countsHeldBack = calibration.rule() == SpikeCalibration.Rule.PUBLISHED;
        last = new int[neurons];
        firings = new int[neurons];
        count = new int[neurons];
    }

    /**
     * Turns the spikes of a step into what leaves the neurons.
     *
     * @param fired (neurons) spikes, 0 or more
     * @param given (neurons) receives −1 or more
     */
    void calibrate(int t, int[] fired, int[] given) {
        for (int n = 0; n < fired.length; n++) {
            int spikes = fired[n];
            if (spikes > 0) {
                firings[n]++;
                last[n] = t;
            } else {
                // t − last > last / firings + allowance; below 2^24, since there are at most 4096 steps.
                int beyond = t - last[n] - allowance;
                spikes = beyond * Math.max(1, firings[n]) > last[n] ? SpikeCalibration.LEAST : 0;
            }
            int sum = count[n] + spikes;
            given[n] = sum < 0 ? 0 : spikes;
            count[n] = sum < 0 && !countsHeldBack ? count[n] : sum;
        }
    }

    void reset() {
        Arrays.fill(last, 0);
        Arrays.fill(firings, 0);
        Arrays.fill(count, 0);
    }
}
