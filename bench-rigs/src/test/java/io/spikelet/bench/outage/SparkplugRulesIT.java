package io.spikelet.bench.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.board.Mosquitto;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.telemetry.DeadBands;
import io.spikelet.telemetry.HostCommands;
import io.spikelet.telemetry.TelemetrySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What Sparkplug B asks of an edge node, on the messages that mosquitto passes on and Eclipse Tahu reads. */
class SparkplugRulesIT {
    private static final String NODE = "ruled";
    private static final int MESSAGE_MILLIS = 30_000;
    private static final int QUIET_MILLIS = 700;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Mosquitto broker;
    private MqttLink host;
    private LoadedBoard board;
    private TahuDecoder tahu;
    private long stateTimestamp = 1000;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> program = Mosquitto.program("mosquitto");
        Assumptions.assumeTrue(program.isPresent(), "skipped: needs mosquitto, which the package mosquitto installs");
        tahu = new TahuDecoder();
        broker = Mosquitto.start(program.get(), folder, List.of("allow_anonymous true"));
        host = MqttLink.connect(LoadedBoard.broker(broker.port(), "scada"));
        host.subscribe("spBv1.0/" + LoadedBoard.GROUP + "/+/" + NODE, 1);
        TelemetrySettings usual = TelemetrySettings.DEFAULT;
        board = LoadedBoard.start(
                NODE,
                folder.resolve("store"),
                LoadedBoard.broker(broker.port(), "ruled-board"),
                100,
                new TelemetrySettings(
                        Optional.of("scada"), DeadBands.NONE, usual.storeBytes(), usual.replayPerSecond(), false));
    }

    @AfterEach
    void stop() throws IOException {
        if (board != null) {
            board.close();
            host.close();
            broker.close();
        }
    }

    private void state(boolean online, long timestamp) throws IOException {
        byte[] json = ("{\"online\":" + online + ",\"timestamp\":" + timestamp + "}").getBytes(StandardCharsets.UTF_8);
        host.publish("spBv1.0/STATE/scada", json, 1, true);
    }

    private void command(byte[] payload) throws IOException {
        host.publish("spBv1.0/" + LoadedBoard.GROUP + "/NCMD/" + NODE, payload, 0, false);
    }

    /** The next message of a type, as Tahu reads it; others go by. */
    private Map<String, Object> next(String type) throws IOException {
        while (true) {
            MessageLink.Message message = host.poll(MESSAGE_MILLIS);
            assertNotNull(message, "no " + type + " came");
            boolean wanted = message.topic().contains("/" + type + "/");
            Map<String, Object> read = tahu.read(message.payload());
            if (wanted) {
                return read;
            }
        }
    }

    private static Map<String, Object> metric(Map<String, Object> message, String name) {
        return TahuDecoder.metrics(message).stream()
                .filter(metric -> name.equals(metric.get("name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + message));
    }

    private static long bdSeq(Map<String, Object> message) {
        return (Long) metric(message, "bdSeq").get("value");
    }

    @Test
    void shouldGiveBirthAsTheSpecificationAsksOnceThePrimaryHostIsThere() throws Exception {
        assertNull(host.poll(QUIET_MILLIS), "nothing before the host is there");
        state(true, stateTimestamp);
        Map<String, Object> birth = next("NBIRTH");
        assertEquals(0L, birth.get("seq"));
        assertNotNull(birth.get("timestamp"));
        assertEquals("Int64", metric(birth, "bdSeq").get("type"));
        assertEquals("Boolean", metric(birth, "Node Control/Rebirth").get("type"));
        assertEquals(false, metric(birth, "Node Control/Rebirth").get("value"));
        Set<Object> aliases = new HashSet<>();
        for (Map<String, Object> metric : TahuDecoder.metrics(birth)) {
            assertNotNull(metric.get("timestamp"), metric.toString());
            assertNotNull(metric.get("type"), metric.toString());
            assertTrue(
                    metric.get("name").equals("bdSeq") || aliases.add(metric.get("alias")), "unique alias: " + metric);
        }
        Map<String, Object> data = next("NDATA");
        assertEquals(1L, data.get("seq"));
        for (Map<String, Object> metric : TahuDecoder.metrics(data)) {
            assertNull(metric.get("name"), metric.toString());
            assertTrue(aliases.contains(metric.get("alias")), metric.toString());
            assertNotNull(metric.get("timestamp"), metric.toString());
        }
        try (MqttLink late = MqttLink.connect(LoadedBoard.broker(broker.port(), "late"))) {
            late.subscribe("spBv1.0/+/NBIRTH/+", 1);
            late.subscribe("spBv1.0/+/NDEATH/+", 1);
            assertNull(late.poll(QUIET_MILLIS), "neither births nor deaths are retained");
        }
    }

    @Test
    void shouldGiveBirthAgainWithTheSameBdSeqWhenCommandedByNameOrAlias() throws Exception {
        state(true, stateTimestamp);
        Map<String, Object> birth = next("NBIRTH");
        command(HostCommands.rebirth(1));
        Map<String, Object> second = next("NBIRTH");
        assertEquals(0L, second.get("seq"));
        assertEquals(bdSeq(birth), bdSeq(second));
        long alias = (Long) metric(birth, "Node Control/Rebirth").get("alias");
        command(Payload.newBuilder()
                .addMetrics(Metric.newBuilder().setAlias(alias).setDatatype(11).setBooleanValue(true))
                .build()
                .toByteArray());
        assertEquals(bdSeq(birth), bdSeq(next("NBIRTH")));
    }

    @Test
    void shouldLeaveWithThePrimaryHostAndComeBackWithTheNextBdSeqAndHistory() throws Exception {
        state(true, stateTimestamp);
        Map<String, Object> birth = next("NBIRTH");
        state(false, stateTimestamp - 1);
        command(HostCommands.rebirth(1));
        assertEquals(bdSeq(birth), bdSeq(next("NBIRTH")), "an older STATE says nothing");
        state(false, stateTimestamp);
        Map<String, Object> death = next("NDEATH");
        assertNull(death.get("seq"));
        assertEquals(bdSeq(birth), bdSeq(death));
        Thread.sleep(QUIET_MILLIS);
        assertNull(host.poll(QUIET_MILLIS), "nothing while the host is away");
        state(true, stateTimestamp + 1);
        assertEquals(bdSeq(birth) + 1, bdSeq(next("NBIRTH")));
        Map<String, Object> stored = next("NDATA");
        for (Map<String, Object> metric : TahuDecoder.metrics(stored)) {
            assertEquals(true, metric.get("historical"), metric.toString());
        }
    }

    @Test
    void shouldRefuseACommandWithItsReason() throws Exception {
        state(true, stateTimestamp);
        Map<String, Object> birth = next("NBIRTH");
        long alias = (Long) metric(birth, "Node Control/Last Command").get("alias");
        command(Payload.newBuilder()
                .addMetrics(Metric.newBuilder()
                        .setName("Model/Name")
                        .setDatatype(12)
                        .setStringValue("mine"))
                .build()
                .toByteArray());
        Object told = null;
        while (told == null) {
            told = TahuDecoder.metrics(next("NDATA")).stream()
                    .filter(metric -> metric.get("alias").equals(alias))
                    .map(metric -> metric.get("value"))
                    .findFirst()
                    .orElse(null);
        }
        assertEquals("refused (NOT_WRITABLE): Model/Name is told, not set", told);
    }
}
