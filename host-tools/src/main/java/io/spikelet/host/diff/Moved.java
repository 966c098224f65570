package io.spikelet.host.diff;

import java.util.function.IntToDoubleFunction;

/**
 * How far numbers of one kind moved.
 *
 * @param differing how many differ
 * @param count of how many
 * @param largest the largest difference, absolute
 * @param relative the Euclidean norm of the difference over that of the first; infinite where the first is all 0
 */
public record Moved(long differing, long count, double largest, double relative) {

    static Moved of(int count, IntToDoubleFunction first, IntToDoubleFunction second) {
        long differing = 0;
        double largest = 0;
        double moved = 0;
        double size = 0;
        for (int i = 0; i < count; i++) {
            double before = first.applyAsDouble(i);
            double difference = second.applyAsDouble(i) - before;
            differing += difference == 0 ? 0 : 1;
            largest = Math.max(largest, Math.abs(difference));
            moved += difference * difference;
            size += before * before;
        }
        return new Moved(differing, count, largest, moved == 0 ? 0 : Math.sqrt(moved / size));
    }

    boolean isNothing() {
        return differing == 0;
    }
}
