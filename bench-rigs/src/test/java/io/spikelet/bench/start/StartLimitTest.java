package io.spikelet.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.workload.Workload;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartLimitTest {
    private static StartRow row(String name, boolean ours, double millis, long mebibytes) {
        return StartRow.of(
                Workload.W1,
                new Starter(name, ours, List.of("-Xmx16m"), "", "Main", List.of()),
                List.of(new StartTrial("4", millis, mebibytes * 1024)));
    }

    @Test
    void shouldJudgeTheQuickestWayThatKeepsBothLimits() {
        StartLimit limit = StartLimit.judge(List.of(
                        row("quick but large", true, 60, 60),
                        row("good", true, 90, 40),
                        row("slow", true, 95, 38),
                        row("peer", false, 10, 10)))
                .getFirst();
        assertTrue(limit.holds());
        assertEquals("good", limit.row().starter().name());
    }

    @Test
    void shouldShowTheQuickestWhenNoneKeepsThem() {
        StartLimit limit = StartLimit.judge(List.of(row("slow", true, 300, 40), row("large", true, 60, 60)))
                .getFirst();
        assertFalse(limit.holds());
        assertEquals("large", limit.row().starter().name());
    }

    @Test
    void shouldWriteWellFormedJson() throws IOException {
        List<StartRow> rows = List.of(row("plain", true, 300, 40));
        String text = StartJson.of(new Machine("processor", 2, "Linux", "Java", List.of()), 1, rows);
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != null) {
                // Malformed text would throw.
            }
        }
        assertTrue(text.contains("\"plain\""));
    }
}
