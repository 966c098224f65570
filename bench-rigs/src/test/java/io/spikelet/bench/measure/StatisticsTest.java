package io.spikelet.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void shouldInterpolateQuartiles() {
        assertEquals(new Spread(1.75, 2.5, 3.25), Spread.of(new double[] {4, 1, 3, 2}));
        assertEquals(new Spread(7, 7, 7), Spread.of(new double[] {7}));
    }

    @Test
    void shouldFindARatioWithinItsInterval() {
        Random random = new Random(5);
        double[] slow = new double[200];
        double[] quick = new double[200];
        for (int i = 0; i < slow.length; i++) {
            double disturbance = 1 + random.nextDouble();
            slow[i] = 30 * disturbance;
            quick[i] = 10 * disturbance;
        }
        Ratio ratio = Ratio.ofMedians(slow, quick);
        assertEquals(3, ratio.value(), 1e-9);
        // Rounds are drawn as pairs, so what strikes both sides alike cancels.
        assertEquals(3, ratio.low(), 1e-9);
        assertEquals(3, ratio.high(), 1e-9);
    }

    @Test
    void shouldWidenTheIntervalWhenRoundsDisagree() {
        Random random = new Random(5);
        double[] one = random.doubles(50, 1, 2).toArray();
        double[] other = random.doubles(50, 1, 2).toArray();
        Ratio ratio = Ratio.ofMedians(one, other);
        assertTrue(ratio.low() < ratio.value() && ratio.value() < ratio.high(), ratio.toString());
    }

    @Test
    void shouldRefuseRoundsWithoutPartner() {
        assertThrows(IllegalArgumentException.class, () -> Ratio.ofMedians(new double[2], new double[3]));
        assertThrows(IllegalArgumentException.class, () -> Spread.of(new double[0]));
    }
}
