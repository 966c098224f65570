package io.spikelet.adapt;

import io.spikelet.learn.Learner;
import io.spikelet.model.SpikingNetwork;

/**
 * How far weights went from the image's own. Thresholds and biases have bounds of their own, which the image's rule states and its loader
 * proved (docs/adaptation.md).
 */
final class ChangeBudget {
    private ChangeBudget() {}

    /** The largest of the learning layers' mean absolute changes, in 1/256 of a weight LSB, rounded down. */
    static int spent(SpikingNetwork image, Learner learner) {
        int layers = image.learning().orElseThrow().layers().size();
        long largest = 0;
        for (int which = 0; which < layers; which++) {
            int[] changes = learner.changes(which);
            long sum = 0;
            for (int change : changes) {
                sum += Math.abs(change);
            }
            largest = Math.max(largest, sum / changes.length);
        }
        return (int) largest;
    }
}
