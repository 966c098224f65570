package io.spikelet.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.LayerDensity;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineResultTest {
    private static EngineResult madeUp() {
        EngineCell cell = new EngineCell(
                Workload.W2,
                KernelFamily.REFERENCE,
                VectorModule.OFF,
                0.15,
                1,
                List.of(
                        new LayerDensity("conv1", 0.996),
                        new LayerDensity("fc9", 0.148),
                        new LayerDensity("fc11", 0.152)),
                2e6,
                1000,
                1100,
                new Spread(90, 100, 110),
                0);
        return new EngineResult(
                new Machine("processor", 2, "Linux", "Java", List.of()), List.of("plain Java: -Xmx1g"), List.of(cell));
    }

    @Test
    void shouldTellThroughputFromOperationsAndTime() {
        assertEquals(20, madeUp().cells().getFirst().gigaOperations(), 1e-9);
    }

    @Test
    void shouldLeavePixelsOutOfTheDensities() {
        assertTrue(EngineTable.of(madeUp()).contains("0.148 to 0.152"));
    }

    @Test
    void shouldWriteWellFormedJson() throws IOException {
        try (JsonParser json = new JsonFactory().createParser(EngineJson.of(madeUp()))) {
            int tokens = 0;
            while (json.nextToken() != null) {
                tokens++;
            }
            assertTrue(tokens > 20);
        }
    }

    @Test
    void shouldDrawAChartForEachWorkload() throws IOException {
        String page = EngineReport.page(madeUp()).toHtml();
        assertTrue(page.contains("<canvas id=\"w2-time\"") && page.contains("<canvas id=\"w2-throughput\""));
    }

    @Test
    void shouldMeasureThroughJmhWithinThisProcess() throws IOException {
        PreparedWorkload workload = PreparedWorkload.prepare(Workload.K1, 0.15, 1);
        EngineCell cell = new EngineRun(0, 1, 2, 20).measure(workload, KernelFamily.REFERENCE, VectorModule.OFF);
        assertTrue(cell.micros().median() > 0);
        assertEquals(0, cell.allocatedBytes());
        assertEquals(512 * 512, cell.weightBytes());
    }
}
