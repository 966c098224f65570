package io.spikelet.bench.energy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * In which order two candidates are measured. Both of a pair follow each other at once, so that what drifts slowly strikes both; which
 * comes first is drawn, as often the one as the other, so that being first favours neither.
 */
public final class RandomisedPairs {
    private RandomisedPairs() {}

    /**
     * For each pair whether A comes first.
     *
     * @param pairs 1 or more; an odd one too many is drawn by itself
     * @param seed the same seed gives the same order
     */
    public static List<Boolean> firstIsA(int pairs, long seed) {
        if (pairs < 1) {
            throw new IllegalArgumentException("pairs must be 1 or more: " + pairs);
        }
        Random random = new Random(seed);
        List<Boolean> order = new ArrayList<>();
        for (int i = 0; i < pairs / 2; i++) {
            order.add(true);
            order.add(false);
        }
        if (pairs % 2 == 1) {
            order.add(random.nextBoolean());
        }
        Collections.shuffle(order, random);
        return List.copyOf(order);
    }
}
