package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PulseModelTest {
    private static final double LEAST = 2;
    private static final double MOST = 40;

    private static CellArray cells(int count, String more) {
        return new CellArray(count, CrossbarPresets.parse("ideal,least=2,most=40,steps=50," + more), 5, 0);
    }

    @Test
    void shouldFollowThePublishedCurvesPulseByPulse() {
        CellArray cells = cells(1, "up=2.5,down=4");
        cells.write(0, LEAST, 0);
        for (int p = 1; p <= 50; p++) {
            cells.pulse(0, 1, 0);
            double share = (1 - Math.exp(-2.5 * p / 50)) / (1 - Math.exp(-2.5));
            assertEquals(LEAST + (MOST - LEAST) * share, cells.conductance(0, 0), 1e-9, "up " + p);
        }
        for (int p = 1; p <= 50; p++) {
            cells.pulse(0, -1, 0);
            double share = (1 - Math.exp(-4.0 * p / 50)) / (1 - Math.exp(-4.0));
            assertEquals(MOST - (MOST - LEAST) * share, cells.conductance(0, 0), 1e-9, "down " + p);
        }
    }

    @Test
    void shouldBeStraightWithoutCrookednessAndEndAtTheEnds() {
        CellArray cells = cells(1, "up=0,down=0");
        cells.write(0, LEAST, 0);
        cells.pulse(0, 25, 0);
        assertEquals(21, cells.conductance(0, 0), 1e-12);
        cells.pulse(0, 1000, 0);
        assertEquals(MOST, cells.conductance(0, 0), 1e-12);
        cells.pulse(0, -1000, 0);
        assertEquals(LEAST, cells.conductance(0, 0), 1e-12);
    }

    @Test
    void shouldNotComeBackAfterAsManyPulsesUpAsDown() {
        CellArray cells = cells(1, "up=2.5,down=4");
        cells.write(0, 21, 0);
        cells.pulse(0, 5, 0);
        cells.pulse(0, -5, 0);
        assertTrue(cells.conductance(0, 0) < 20, "" + cells.conductance(0, 0));
    }

    @Test
    void shouldJitterAsTheRootOfThePulses() {
        int count = 10_000;
        CellArray cells = cells(count, "jitter=0.01");
        double square = 0;
        for (int cell = 0; cell < count; cell++) {
            cells.write(cell, 15, 0);
            cells.pulse(cell, 4, 0);
            square += Math.pow(cells.conductance(cell, 0) - 15 - 4 * 38 / 50.0, 2);
        }
        double sigma = 0.01 * 38 * 2;
        assertEquals(sigma, Math.sqrt(square / count), 4 * sigma / Math.sqrt(2.0 * count));
    }

    @Test
    void shouldWearOutHalfOfTheCellsAtTheirEnduranceAndLeaveThemWhereTheyAre() {
        int count = 4000;
        CellArray cells = cells(count, "endurance=100,endurance-spread=0.3");
        IntStream.range(0, count).forEach(cell -> cells.write(cell, 20, 0));
        for (int p = 0; p < 99; p++) {
            int direction = p % 2 == 0 ? 1 : -1;
            IntStream.range(0, count).forEach(cell -> cells.pulse(cell, direction, 0));
        }
        assertEquals(0.5, (double) cells.worn() / count, 4 * Math.sqrt(0.25 / count));
        int still = 0;
        for (int cell = 0; cell < count; cell++) {
            double before = cells.conductance(cell, 0);
            cells.pulse(cell, 10, 0);
            still += before == cells.conductance(cell, 0) ? 1 : 0;
        }
        assertTrue(still > 0.45 * count && still < 0.55 * count, still + " stay");
        IntStream.range(0, count).forEach(cell -> cells.pulse(cell, -1000, 0));
        IntStream.range(0, count).forEach(cell -> cells.pulse(cell, 1000, 0));
        assertEquals(count, cells.worn());
    }
}
