package io.spikelet.bench.energy.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.energy.CutException;
import io.spikelet.bench.energy.CutMethod;
import io.spikelet.bench.energy.coverage.CoverageStudy.FaultRow;
import io.spikelet.bench.energy.coverage.CoverageStudy.Row;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small fixed part of {@code spikelet bench energy-coverage}. */
class CoverageStudyTest {
    @ParameterizedTest
    @EnumSource
    void shouldHoldTheTrueEnergyWithinTwoPercent(CutMethod method) {
        boolean means = method != CutMethod.EDGES;
        StudyCase study = new StudyCase("a test", method, means, means ? 1000 : 10_000, false, 0, 1e-4, 10);
        Row row = CoverageStudy.repeat(study, 40, 1);
        assertTrue(row.held() >= 38, row.toString());
        assertTrue(row.restHeld() >= 34, "the parts beside the gain at 95 %: " + row);
        assertEquals(0, row.refused(), row.toString());
        assertTrue(row.largestWidth() <= .02 * (1 + 1e-9), row.toString());
        // And no narrower than a meter of 1 % allows.
        assertTrue(row.medianWidth() > .0195, row.toString());
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellEachFault(Fault fault) throws CutException, IOException {
        FaultRow row = CoverageStudy.provoke(fault, 2, 1, 10);
        assertEquals(row.runs(), row.told(), row.toString());
    }

    @Test
    void shouldIntegrateAKnownLoadAsItSaysItsPower() {
        KnownLoad load = new KnownLoad().rest(.1, 1).add(1, 1, 2, .01, .25).rest(.1, 1);
        assertEquals(1.2 + 2 * .25, load.joulesUntil(1_200_000_000), 1e-12);
        double sum = 0;
        for (int i = 0; i < 120_000; i++) {
            sum += load.watts(i * 10_000L + 5000) * 1e-5;
        }
        assertEquals(load.joulesUntil(1_200_000_000), sum, 1e-4);
    }
}
