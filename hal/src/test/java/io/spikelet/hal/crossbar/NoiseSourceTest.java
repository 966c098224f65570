package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.spikelet.hal.crossbar.NoiseSource.Purpose;
import org.junit.jupiter.api.Test;

class NoiseSourceTest {
    /** By Python's integers and math.log. */
    @Test
    void shouldGiveTheNumbersOfAnotherImplementation() {
        NoiseSource source = new NoiseSource(7, Purpose.WRITING, 3);
        assertEquals(0.4092034264366923, source.uniform());
        double[] expected = {
            0.362940120644595,
            -0.6614664158855604,
            1.8531594878014117,
            1.119126777785946,
            0.7894020804700745,
            1.621206231415771
        };
        for (double number : expected) {
            assertEquals(number, source.normal(), 1e-14);
        }
    }

    @Test
    void shouldBeNormal() {
        NoiseSource source = new NoiseSource(1, Purpose.STEP, 0);
        int count = 200_000;
        double sum = 0;
        double square = 0;
        int beyond = 0;
        for (int k = 0; k < count; k++) {
            double x = source.normal();
            sum += x;
            square += x * x;
            beyond += Math.abs(x) > 1.959964 ? 1 : 0;
        }
        assertEquals(0, sum / count, 4 / Math.sqrt(count));
        assertEquals(1, square / count, 4 * Math.sqrt(2.0 / count));
        assertEquals(0.05, (double) beyond / count, 4 * Math.sqrt(0.05 * 0.95 / count));
    }

    @Test
    void shouldGiveEachPurposeAndTileAStreamOfItsOwn() {
        double first = new NoiseSource(1, Purpose.STEP, 0).uniform();
        assertNotEquals(first, new NoiseSource(1, Purpose.STEP, 1).uniform());
        assertNotEquals(first, new NoiseSource(1, Purpose.VERIFY, 0).uniform());
        assertNotEquals(first, new NoiseSource(2, Purpose.STEP, 0).uniform());
    }
}
