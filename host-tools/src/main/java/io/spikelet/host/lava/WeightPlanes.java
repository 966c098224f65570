package io.spikelet.host.lava;

import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole weights as codes of 8 bits or less, exactly. What all weights of a block have as a common divisor goes into the
 * gain behind them: Loihi's weights of both signs are even, −256..254. Where that does not bring them to ±127 they are
 * {@code 128·high + low}, two layers over the same spikes.
 */
final class WeightPlanes {
    /** What two planes can say. */
    static final int MAX_WEIGHT = 127 << 7;

    private static final int HIGH = 1 << 7;
    private static final int HALF = HIGH / 2;

    /**
     * One layer's weights.
     *
     * @param kind the one of the fewest bits that holds all codes
     * @param codes as many as weights, in their order
     * @param step what one LSB is worth, in those of the file
     */
    record Plane(WeightKind kind, byte[] codes, int step) {}

    private WeightPlanes() {}

    /** @param weights at most {@value #MAX_WEIGHT} either way */
    static List<Plane> of(int[] weights) {
        int divisor = 0;
        int largest = 0;
        for (int weight : weights) {
            divisor = greatestDivisor(divisor, Math.abs(weight));
            largest = Math.max(largest, Math.abs(weight));
        }
        divisor = Math.max(1, divisor);
        List<Plane> planes = new ArrayList<>();
        byte[] low = new byte[weights.length];
        if (largest / divisor <= WeightKind.INT8.valueMaximum()) {
            for (int i = 0; i < low.length; i++) {
                low[i] = (byte) (weights[i] / divisor);
            }
            planes.add(plane(low, divisor));
            return planes;
        }
        byte[] high = new byte[weights.length];
        for (int i = 0; i < low.length; i++) {
            int weight = weights[i] / divisor;
            high[i] = (byte) Math.floorDiv(weight + HALF, HIGH);
            low[i] = (byte) (weight - HIGH * high[i]);
        }
        planes.add(plane(low, divisor));
        planes.add(plane(high, divisor * HIGH));
        return planes;
    }

    private static int greatestDivisor(int a, int b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }

    private static Plane plane(byte[] codes, int step) {
        for (WeightKind kind : new WeightKind[] {WeightKind.BINARY, WeightKind.TERNARY, WeightKind.INT4}) {
            boolean holds = true;
            for (int i = 0; holds && i < codes.length; i++) {
                holds = kind.allows(codes[i]);
            }
            if (holds) {
                return new Plane(kind, codes, step);
            }
        }
        return new Plane(WeightKind.INT8, codes, step);
    }
}
