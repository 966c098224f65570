package io.spikelet.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.smp.Cbor;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogGroupTest {
    private final LogRing ring = new LogRing();
    private final LogGroup group = new LogGroup(ring);

    private Map<String, Object> show(Map<String, Object> fields) throws Exception {
        return group.handle(new SmpRequest(1, SmpHeader.READ, LogGroup.ID, LogGroup.SHOW, fields));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entries(Map<String, Object> answer) {
        Map<String, Object> log = ((List<Map<String, Object>>) answer.get("logs")).getFirst();
        assertEquals(Set.of("name", "type", "entries"), log.keySet());
        return (List<Map<String, Object>>) log.get("entries");
    }

    private static List<Long> indices(Map<String, Object> answer) {
        return entries(answer).stream().map(entry -> (Long) entry.get("index")).toList();
    }

    @Test
    void shouldShowARecordInTheShapeOfNewtmgr() throws Exception {
        ring.add(1_764_000_000_123_000L, LogModule.SLOTS, LogRing.Level.WARN, "1.2.0 was reverted");
        Map<String, Object> answer = show(Map.of("log_name", "agent", "ts", 0L, "index", 0L));
        assertEquals(Set.of("next_index", "logs"), answer.keySet());
        assertEquals(1L, answer.get("next_index"));
        Map<String, Object> entry = entries(answer).getFirst();
        assertEquals(Set.of("msg", "ts", "level", "index", "module", "type"), entry.keySet());
        assertEquals("1.2.0 was reverted", new String((byte[]) entry.get("msg"), StandardCharsets.UTF_8));
        assertEquals(1_764_000_000_123_000L, entry.get("ts"));
        assertEquals(2, entry.get("level"));
        assertEquals(65, entry.get("module"));
        assertEquals("str", entry.get("type"));
    }

    @Test
    void shouldGiveAllThatIsKeptToAClientThatAsksOnAndOn() throws Exception {
        for (int i = 0; i < 1000; i++) {
            ring.add(i, LogModule.SMP, LogRing.Level.INFO, "x".repeat(1 + i % 400));
        }
        List<Long> seen = new ArrayList<>();
        long index = 0;
        while (index < 1000) {
            Map<String, Object> answer = show(Map.of("index", index));
            assertTrue(Cbor.encode(answer).length < 4000, "an answer that every client takes");
            assertTrue(!indices(answer).isEmpty(), "it goes on");
            seen.addAll(indices(answer));
            index = seen.getLast() + 1;
        }
        assertEquals(LogRing.CAPACITY, seen.size());
        assertEquals(1000L - LogRing.CAPACITY, seen.getFirst());
    }

    @Test
    void shouldShowTheLastRecordOrThoseFromATimeOn() throws Exception {
        for (int i = 0; i < 5; i++) {
            ring.add(100 + i, LogModule.HAL, LogRing.Level.ERROR, "failed");
        }
        assertEquals(List.of(4L), indices(show(Map.of("ts", -1L, "index", 0L))));
        assertEquals(List.of(3L, 4L), indices(show(Map.of("ts", 103L))));
        assertEquals(List.of(), indices(show(Map.of("index", 77L))));
    }

    @Test
    void shouldForgetWhenClearedAndCountOn() throws Exception {
        ring.add(1, LogModule.HAL, LogRing.Level.INFO, "a");
        assertEquals(Map.of(), group.handle(new SmpRequest(0, SmpHeader.WRITE, LogGroup.ID, LogGroup.CLEAR, Map.of())));
        assertEquals(List.of(), indices(show(Map.of())));
        ring.add(2, LogModule.HAL, LogRing.Level.INFO, "b");
        assertEquals(List.of(1L), indices(show(Map.of())));
    }

    @Test
    void shouldKnowThePartsOfTheAgentByTheirLoggers() {
        assertEquals(LogModule.SLOTS, LogModule.ofLogger("io.spikelet.slots.Slots"));
        assertEquals(LogModule.HAL, LogModule.ofLogger("io.spikelet.hal.mqtt.MqttLink"));
        assertEquals(LogModule.DEVICE, LogModule.ofLogger("io.spikelet.feature.Log2"));
    }
}
