package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.spikelet.hal.crossbar.NoiseSource.Purpose;
import org.junit.jupiter.api.Test;

class NoiseSourceTest {
    /** By Python's integers and math module, the layers from the equation that defines them. */
    @Test
    void shouldGiveTheNumbersOfAnotherImplementation() {
        NoiseSource source = new NoiseSource(7, Purpose.WRITING, 3);
        assertEquals(0.4092034264366923, source.uniform());
        double[] expected = {0.5097501571195453, -1.66390042907135, 0.39228225264156735, 0.2132299333942943};
        double sum = 0;
        double square = 0;
        double most = 0;
        double least = 0;
        for (int k = 0; k < 20_000; k++) {
            double x = source.normal();
            if (k < expected.length) {
                assertEquals(expected[k], x, 1e-12);
            }
            sum += x;
            square += x * x;
            most = Math.max(most, x);
            least = Math.min(least, x);
        }
        assertEquals(50.56231730843497, sum, 1e-8);
        assertEquals(19916.57470569259, square, 1e-7);
        // Both from the tail.
        assertEquals(3.5931298264038363, most, 1e-12);
        assertEquals(-4.2083637908106475, least, 1e-12);
    }

    @Test
    void shouldBeNormal() {
        NoiseSource source = new NoiseSource(1, Purpose.STEP, 0);
        int count = 200_000;
        double sum = 0;
        double square = 0;
        int beyond = 0;
        int far = 0;
        for (int k = 0; k < count; k++) {
            double x = source.normal();
            sum += x;
            square += x * x;
            beyond += Math.abs(x) > 1.959964 ? 1 : 0;
            far += Math.abs(x) > 3.290527 ? 1 : 0;
        }
        assertEquals(0, sum / count, 4 / Math.sqrt(count));
        assertEquals(1, square / count, 4 * Math.sqrt(2.0 / count));
        assertEquals(0.05, (double) beyond / count, 4 * Math.sqrt(0.05 * 0.95 / count));
        assertEquals(0.001, (double) far / count, 4 * Math.sqrt(0.001 / count));
    }

    @Test
    void shouldGiveEachPurposeAndTileAStreamOfItsOwn() {
        double first = new NoiseSource(1, Purpose.STEP, 0).uniform();
        assertNotEquals(first, new NoiseSource(1, Purpose.STEP, 1).uniform());
        assertNotEquals(first, new NoiseSource(1, Purpose.VERIFY, 0).uniform());
        assertNotEquals(first, new NoiseSource(2, Purpose.STEP, 0).uniform());
    }
}
