package io.spikelet.adapt;

import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;

/** How far weights went from the image's own. */
final class WeightChange {
    private WeightChange() {}

    /** The largest of the learning layers' mean absolute changes, in 1/256 of a weight LSB, rounded down. */
    static int largestMean(SpikingNetwork image, SpikingNetwork learned) {
        int largest = 0;
        for (int index : image.learning().orElseThrow().layers()) {
            byte[] before = weights(image.layers().get(index).operation());
            byte[] after = weights(learned.layers().get(index).operation());
            long sum = 0;
            for (int k = 0; k < before.length; k++) {
                sum += Math.abs(after[k] - before[k]);
            }
            largest = Math.max(largest, (int) (sum * 256 / before.length));
        }
        return largest;
    }

    private static byte[] weights(Operation operation) {
        return switch (operation) {
            case Operation.Dense dense -> dense.weights();
            case Operation.Conv2d convolution -> convolution.weights();
            default ->
                throw new IllegalArgumentException("only a layer with weights can learn: " + operation.getClass());
        };
    }
}
