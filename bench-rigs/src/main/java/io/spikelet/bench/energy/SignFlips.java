package io.spikelet.bench.energy;

import java.util.Random;

/** Tests of paired differences that ask for no distribution: under no difference each sign is as likely as the other. */
final class SignFlips {
    private static final int EXHAUSTIVE = 16;
    private static final int DRAWS = 65_536;
    private static final double EQUAL = 1 - 1e-12;

    private SignFlips() {}

    /** Two-sided probability of a sum as far from 0: all turnings up to 16 pairs, 65,536 seeded ones above. */
    static double permutation(double[] differences) {
        double seen = Math.abs(sum(differences, 0L)) * EQUAL;
        int pairs = differences.length;
        if (pairs <= EXHAUSTIVE) {
            int all = 1 << pairs;
            int far = 0;
            for (int flips = 0; flips < all; flips++) {
                far += Math.abs(sum(differences, flips)) >= seen ? 1 : 0;
            }
            return (double) far / all;
        }
        Random random = new Random(1);
        int far = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            far += Math.abs(sum) >= seen ? 1 : 0;
        }
        return far / (DRAWS + 1.0);
    }

    private static double sum(double[] differences, long flips) {
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            sum += (flips >> i & 1) == 0 ? differences[i] : -differences[i];
        }
        return sum;
    }

    /** Two-sided sign test; pairs that are equal say nothing. */
    static double sign(double[] differences) {
        int above = 0;
        int unequal = 0;
        for (double difference : differences) {
            above += difference > 0 ? 1 : 0;
            unequal += difference != 0 ? 1 : 0;
        }
        int few = Math.min(above, unequal - above);
        double term = Math.pow(.5, unequal);
        double tail = 0;
        for (int k = 0; k <= few; k++) {
            tail += term;
            term *= (double) (unequal - k) / (k + 1);
        }
        return Math.min(1, 2 * tail);
    }
}
