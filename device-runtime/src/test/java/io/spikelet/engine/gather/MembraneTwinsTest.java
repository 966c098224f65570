package io.spikelet.engine.gather;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Membranes on vectors against plain ones, up to the largest that an image may declare. */
class MembraneTwinsTest {
    /** More positions than pass at once, and the last of them fewer. */
    private static final Shape SHAPE = new Shape(16, 30, 11);

    private static final int STEPS = 12;

    private static final int ONE_PRODUCT = (1 << 17) - 1;

    @ParameterizedTest
    @ValueSource(ints = {200, ONE_PRODUCT - 1, ONE_PRODUCT, ONE_PRODUCT + 1, Integer.MAX_VALUE / 2})
    void shouldAgreeWithPlainOnesWhateverTheirMaximum(int maximum) {
        for (Operation.Comparison comparison : Operation.Comparison.values()) {
            assertAgree(neurons(comparison, maximum), maximum);
        }
    }

    private static void assertAgree(Operation.Neuron neurons, int maximum) {
        Membranes plain = Family.SWAR.membranes(neurons, SHAPE, SHAPE.channels());
        Membranes vector = Family.VECTOR.membranes(neurons, SHAPE, SHAPE.channels());
        SpikeMap plainSpikes = new SpikeMap(SHAPE);
        SpikeMap vectorSpikes = new SpikeMap(SHAPE);
        int[] sums = new int[SHAPE.size()];
        Random random = new Random(maximum);
        int fired = 0;
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = membrane(random, maximum) - plain.ready[i];
            }
            plain.step(t, sums, plainSpikes);
            vector.step(t, sums, vectorSpikes);
            assertArrayEquals(plainSpikes.words, vectorSpikes.words);
            assertArrayEquals(plain.ready, vector.ready);
            fired += plainSpikes.count();
        }
        assertTrue(fired > 0 && fired < STEPS * sums.length, () -> "neither all nor none fire");
    }

    /** Often the largest or the lowest. */
    private static int membrane(Random random, int maximum) {
        return switch (random.nextInt(4)) {
            case 0 -> maximum;
            case 1 -> -maximum;
            default -> random.nextInt(maximum) - maximum / 2;
        };
    }

    /** A membrane that fired keeps all that it had, one that did not keeps a part. */
    private static Operation.Neuron neurons(Operation.Comparison comparison, int maximum) {
        return new Operation.Neuron(
                comparison,
                new int[0],
                new int[] {29491},
                new int[] {0},
                new int[] {Q15.ONE},
                new int[] {0},
                new int[] {maximum / 3},
                List.of(new Operation.Drive(new int[] {1}, new int[] {0}, true)),
                new float[] {1},
                maximum);
    }
}
