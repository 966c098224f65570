package io.spikelet.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AccuracyTest {
    /** By hand from Wilson's formula: centre (0.8 + 0.19207) / 1.38415, half width 0.22647. */
    @Test
    void shouldGiveWilsonsInterval() {
        Accuracy.Interval interval = new Accuracy(8, 10).interval();
        assertEquals(0.4902, interval.low(), 5e-5);
        assertEquals(0.9433, interval.high(), 5e-5);
    }

    @Test
    void shouldStayWithinZeroAndOneAtTheEnds() {
        assertEquals(1, new Accuracy(20, 20).interval().high());
        assertEquals(0, new Accuracy(0, 20).interval().low());
    }

    @Test
    void shouldRefuseMoreCorrectThanThereAre() {
        assertThrows(IllegalArgumentException.class, () -> new Accuracy(3, 2));
    }
}
