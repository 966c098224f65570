package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimPin;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ModelImage;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What settings, log, health and profile do on a whole board that serves a model. */
class ManagedBoardTest {
    private static final ModelImage IMAGE = TestNetworks.image("1.0.0", 1, TestBoard.KEY);
    private static final byte[] SAMPLE = {1, 0, 1, 1, 0, 1};
    private static final Set<String> HEALTH =
            Set.of("uptime", "heap", "heapmax", "resident", "free", "start", "selftest", "failures", "waits");

    private final SimStore store = new SimStore();
    private final SimPin led = new SimPin("led");
    private WholeBoard board;
    private Agent agent;

    @BeforeEach
    void startBoard() throws Exception {
        TestBoard.install(store, IMAGE);
        board = WholeBoard.start(store, started -> {
            agent = started;
            started.health().measureStore(() -> 12_345);
            started.equip(
                    new Equipment(new StatusLight(led), MeasurementPin.NONE, new LoopWatchdog(List.of()), () -> {}));
        });
    }

    @AfterEach
    void stopBoard() throws Exception {
        board.close();
        LogTap.setLevel(Optional.empty());
    }

    private Map<String, Object> ask(int operation, int group, int command, Map<String, Object> fields)
            throws Exception {
        byte[] payload = Cbor.encode(fields);
        SmpHeader header = new SmpHeader(SmpHeader.VERSION_2, operation, 0, payload.length, group, 9, command);
        return Cbor.decode(SmpMessage.parse(board.ask(new SmpMessage(header, payload).toBytes()))
                .payload());
    }

    private Map<String, Object> read(int group, int command) throws Exception {
        return ask(SmpHeader.READ, group, command, Map.of());
    }

    private void set(String name, String value) throws Exception {
        Map<String, Object> fields = Map.of("name", name, "val", value.getBytes(StandardCharsets.UTF_8));
        assertEquals(Map.of(), ask(SmpHeader.WRITE, 3, 0, fields));
    }

    private void awaitLed(boolean high) throws InterruptedException {
        for (int waited = 0; led.isHigh() != high && waited < WholeBoard.PATIENCE_MILLIS; waited += 10) {
            Thread.sleep(10);
        }
        assertEquals(high, led.isHigh());
    }

    @Test
    void shouldTellItsHealthInTheKeysThatAreDocumented() throws Exception {
        Map<String, Object> health = read(64, 6);
        assertTrue(HEALTH.containsAll(health.keySet()), health::toString);
        assertTrue(health.keySet().containsAll(Set.of("uptime", "heap", "start", "selftest")), health::toString);
        assertEquals(12_345L, health.get("free"));
        assertEquals("not tested", health.get("selftest"));
        assertEquals(0L, health.get("failures"));
        assertEquals(false, health.get("waits"));
        assertTrue(((String) health.get("start")).contains("1.0.0"), health::toString);
    }

    @Test
    void shouldProfileLayerByLayerWhatInferCountsInSum() throws Exception {
        Map<String, Object> answer = ask(SmpHeader.WRITE, 64, 0, Map.of("x", SAMPLE));
        Map<String, Object> profile = ask(SmpHeader.WRITE, 64, 5, Map.of("x", SAMPLE));
        assertEquals(Set.of("class", "steps", "layer", "ns", "spk", "syn"), profile.keySet());
        assertEquals(List.of("in", "dense", "lif"), profile.get("layer"));
        assertEquals((long) ((byte[]) answer.get("class"))[0], profile.get("class"));
        assertEquals(4L, profile.get("steps"));
        assertEquals(((List<?>) answer.get("spikes")).getFirst(), sum(profile.get("spk")));
        assertEquals(((List<?>) answer.get("synops")).getFirst(), sum(profile.get("syn")));
        assertTrue(sum(profile.get("ns")) > 0);
        assertEquals(Map.of("rc", 3L), ask(SmpHeader.WRITE, 64, 5, Map.of("x", new byte[12])));
        assertEquals(
                1L,
                ((Map<?, ?>) ask(SmpHeader.READ, 2, 0, Map.of("name", "infer")).get("fields")).get("inferences"));
    }

    private static long sum(Object numbers) {
        return ((List<?>) numbers).stream().mapToLong(number -> (Long) number).sum();
    }

    @Test
    void shouldKeepTheLightDarkWhileASettingSaysSo() throws Exception {
        awaitLed(true);
        set("led/use", "off");
        assertTrue(led.isHigh());
        assertEquals(Map.of(), ask(SmpHeader.WRITE, 3, 2, Map.of()));
        awaitLed(false);
        assertEquals(Map.of(), ask(SmpHeader.READ, 3, 3, Map.of()));
        awaitLed(true);
    }

    @Test
    void shouldAdaptFromTheResetOnThatASavedSettingWaitsFor() throws Exception {
        assertEquals(Map.of("err", Map.of("group", 65L, "rc", 3L)), read(65, 0));
        set("adapt/settings", "on");
        ask(SmpHeader.WRITE, 3, 2, Map.of());
        ask(SmpHeader.WRITE, 3, 3, Map.of());
        assertEquals(true, read(64, 6).get("waits"));
        assertEquals(Map.of("err", Map.of("group", 65L, "rc", 3L)), read(65, 0));
        assertEquals(Map.of(), ask(SmpHeader.WRITE, 0, 5, Map.of()));
        assertEquals(0L, read(65, 0).get("taken"));
        assertEquals(false, read(64, 6).get("waits"));
        assertEquals(Map.of("rc", 3L), ask(SmpHeader.WRITE, 3, 0, Map.of("name", "adapt/settings", "val", "x=1")));
    }

    @Test
    void shouldShowItsOwnLogWithoutLibrariesAndCredentials() throws Exception {
        set("log/level", "info");
        ask(SmpHeader.WRITE, 3, 2, Map.of());
        LoggerFactory.getLogger("io.spikelet.hal.mqtt.Probe").info("lost mqtt://greenhouse:s3cret@broker:1883");
        LoggerFactory.getLogger("org.somebody.Else").warn("my password is s3cret");
        ask(SmpHeader.WRITE, 3, 2, Map.of("keys", "nobody knows"));
        List<String> texts = new ArrayList<>();
        for (Object log : (List<?>) read(4, 0).get("logs")) {
            for (Object entry : (List<?>) ((Map<?, ?>) log).get("entries")) {
                texts.add(new String((byte[]) ((Map<?, ?>) entry).get("msg"), StandardCharsets.UTF_8));
            }
        }
        assertTrue(texts.contains("lost mqtt://***@broker:1883"), texts::toString);
        assertFalse(texts.toString().contains("s3cret"), texts::toString);
    }

    @Test
    void shouldLogNoMoreThanALittleOfAFloodOfRefusedRequests() throws Exception {
        set("log/level", "info");
        ask(SmpHeader.WRITE, 3, 2, Map.of());
        long before = (Long) read(4, 0).get("next_index");
        for (int i = 0; i < 500; i++) {
            ask(SmpHeader.WRITE, 9, 0, Map.of());
        }
        long written = (Long) read(4, 0).get("next_index") - before;
        assertTrue(written >= 1 && written <= 45, "lines: " + written);
    }

    @Test
    void shouldTellTasksAndMemoryInTheKeysThatClientsKnow() throws Exception {
        Map<String, Object> answer = read(0, 2);
        assertEquals(Set.of("tasks"), answer.keySet());
        Map<?, ?> tasks = (Map<?, ?>) answer.get("tasks");
        assertTrue(tasks.containsKey("serial"), tasks::toString);
        for (Object task : tasks.values()) {
            assertEquals(
                    Set.of(
                            "prio",
                            "tid",
                            "state",
                            "stkuse",
                            "stksiz",
                            "cswcnt",
                            "runtime",
                            "last_checkin",
                            "next_checkin"),
                    ((Map<?, ?>) task).keySet());
        }
        assertEquals(Set.of("mpools"), read(0, 3).keySet());
    }

    @Test
    void shouldKeepAFileAcrossAReset() throws Exception {
        byte[] file = "a note".getBytes(StandardCharsets.UTF_8);
        ask(SmpHeader.WRITE, 8, 0, Map.of("off", 0, "data", file, "len", file.length, "name", "note.txt"));
        ask(SmpHeader.WRITE, 0, 5, Map.of());
        assertArrayEquals(file, (byte[])
                ask(SmpHeader.READ, 8, 0, Map.of("off", 0, "name", "note.txt")).get("data"));
    }
}
