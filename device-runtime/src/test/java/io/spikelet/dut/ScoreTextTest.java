package io.spikelet.dut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreTextTest {
    @Test
    void shouldShareAThousandThousandths() {
        assertEquals("0.100,0.900", ScoreText.of(new int[] {1, 9}, 1));
        assertEquals("0.334,0.333,0.333", ScoreText.of(new int[] {7, 7, 7}, 0));
        assertEquals("0.000,0.000,1.000", ScoreText.of(new int[] {0, 0, 12345}, 2));
        assertEquals("1.000", ScoreText.of(new int[] {-3}, 0));
    }

    @Test
    void shouldMakeTheBestOfScoresWithoutAPositiveSum() {
        assertEquals("0.251,0.249,0.250,0.250", ScoreText.of(new int[4], 0));
        assertEquals("0.000,0.250,0.750", ScoreText.of(new int[] {-40, -39, -37}, 2));
        assertEquals("0.000,1.000", ScoreText.of(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 1));
    }

    @Test
    void shouldKeepTheLeadOfTheChosenClassWhateverIsRounded() {
        Random random = new Random(8);
        for (int trial = 0; trial < 10_000; trial++) {
            int classes = 1 + random.nextInt(trial % 500 == 0 ? 1500 : 12);
            int span = 1 + random.nextInt(trial % 3 == 0 ? 4 : 1 << 30);
            int[] scores = random.ints(classes, -span, span).toArray();
            int chosen = 0;
            for (int i = 0; i < classes; i++) {
                chosen = scores[i] > scores[chosen] ? i : chosen;
            }
            int[] shares = ScoreText.thousandths(scores, chosen);
            assertEquals(1000, Arrays.stream(shares).sum());
            for (int i = 0; i < classes; i++) {
                assertTrue(shares[i] >= 0 && (i == chosen || shares[i] < shares[chosen]), Arrays.toString(scores));
            }
        }
    }
}
