package io.spikelet.adapt;

import io.spikelet.learn.Learner;
import io.spikelet.model.SpikingNetwork;

/** How far weights went from the image's own. */
final class WeightChange {
    private WeightChange() {}

    /** The largest of the learning layers' mean absolute changes, in 1/256 of a weight LSB, rounded down. */
    static int largestMean(SpikingNetwork image, Learner learner) {
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
