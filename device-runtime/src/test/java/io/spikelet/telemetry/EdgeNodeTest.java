package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.mqtt.Will;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.telemetry.EdgeNode.Outgoing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdgeNodeTest {
    private static final long NOW = ManualClock.NOW;

    private final EdgeNode node = new EdgeNode("spikelet", "pi-1");

    private Outgoing birth() {
        return node.birth(NOW, TestReadings.of(3), TestReadings.own());
    }

    private static TelemetryRecord learned(long number, long value) {
        return new TelemetryRecord(
                number, new Stamp(1, true, NOW), Map.of(BoardMetric.SAMPLES_LEARNED, Reading.of(value)));
    }

    /** The bytes follow the field numbers and wire types of the public specification, written by hand. */
    @Test
    void shouldAnnounceItsDeathByteForByte() {
        Will will = node.will(5, NOW);
        assertEquals("spBv1.0/spikelet/NDEATH/pi-1", will.topic());
        assertEquals(1, will.qos());
        assertFalse(will.retained());
        String timestamp = "80d095ffbc31"; // varint of 1700000000000
        String metric = "0a05" + HexFormat.of().formatHex("bdSeq".getBytes(StandardCharsets.US_ASCII)) + "18"
                + timestamp + "2004" + "5805";
        assertEquals(
                "08" + timestamp + "12" + String.format("%02x", metric.length() / 2) + metric,
                HexFormat.of().formatHex(will.payload()));
    }

    @Test
    void shouldNameEveryMetricInTheBirth() throws Exception {
        node.will(5, NOW);
        Outgoing birth = birth();
        assertEquals("spBv1.0/spikelet/NBIRTH/pi-1", birth.topic());
        Payload payload = Payload.parseFrom(birth.payload());
        assertTrue(payload.hasSeq());
        assertEquals(0, payload.getSeq());
        assertEquals(NOW, payload.getTimestamp());
        Metric bdSeq = payload.getMetrics(0);
        assertEquals("bdSeq", bdSeq.getName());
        assertEquals(5, bdSeq.getLongValue());
        Metric rebirth = payload.getMetrics(1);
        assertEquals("Node Control/Rebirth", rebirth.getName());
        assertEquals(11, rebirth.getDatatype());
        assertTrue(rebirth.hasBooleanValue());
        assertFalse(rebirth.getBooleanValue());
        List<Long> aliases = new ArrayList<>();
        for (Metric metric : payload.getMetricsList().subList(1, payload.getMetricsCount())) {
            assertTrue(metric.hasName() && metric.hasAlias() && metric.hasDatatype() && metric.hasTimestamp());
            aliases.add(metric.getAlias());
        }
        assertEquals(
                BoardMetric.values().length + NodeMetric.values().length,
                aliases.stream().distinct().count());
    }

    @Test
    void shouldSayWhyAMetricHasNoValue() throws Exception {
        Metric temperature = Payload.parseFrom(birth().payload()).getMetricsList().stream()
                .filter(metric -> metric.getName().equals(BoardMetric.TEMPERATURE.wireName()))
                .findFirst()
                .orElseThrow();
        assertTrue(temperature.getIsNull());
        assertEquals(Metric.ValueCase.VALUE_NOT_SET, temperature.getValueCase());
        assertEquals("reason", temperature.getProperties().getKeys(0));
        assertEquals(
                "this board has no sensor",
                temperature.getProperties().getValues(0).getStringValue());
    }

    @Test
    void shouldSendARecordByAliasAlone() throws Exception {
        birth();
        Outgoing data = node.data(NOW + 9, learned(77, 4), NOW, false, false);
        assertEquals("spBv1.0/spikelet/NDATA/pi-1", data.topic());
        Payload payload = Payload.parseFrom(data.payload());
        assertEquals(1, payload.getSeq());
        assertEquals(NOW + 9, payload.getTimestamp());
        assertEquals(2, payload.getMetricsCount());
        assertEquals(NodeMetric.RECORD.alias(), payload.getMetrics(0).getAlias());
        assertEquals(77, payload.getMetrics(0).getLongValue());
        Metric metric = payload.getMetrics(1);
        assertFalse(metric.hasName() || metric.hasDatatype() || metric.hasIsHistorical());
        assertEquals(BoardMetric.SAMPLES_LEARNED.alias(), metric.getAlias());
        assertEquals(4, metric.getLongValue());
        assertEquals(NOW, metric.getTimestamp());
    }

    @Test
    void shouldMarkWhatWasStoredAndWhatIsDatedByGuess() throws Exception {
        birth();
        Payload payload = Payload.parseFrom(
                node.data(NOW, learned(77, 4), NOW - 5000, true, true).payload());
        for (Metric metric : payload.getMetricsList()) {
            assertTrue(metric.getIsHistorical());
            assertEquals(NOW - 5000, metric.getTimestamp());
        }
        assertEquals("time", payload.getMetrics(1).getProperties().getKeys(0));
        assertEquals("guess", payload.getMetrics(1).getProperties().getValues(0).getStringValue());
    }

    @Test
    void shouldWrapTheSequenceAfter255AndRestartItAtARebirth() throws Exception {
        List<Long> sequence = new ArrayList<>();
        sequence.add(Payload.parseFrom(birth().payload()).getSeq());
        for (int i = 1; i <= 300; i++) {
            sequence.add(Payload.parseFrom(
                            node.data(NOW, learned(i, i), NOW, false, false).payload())
                    .getSeq());
        }
        assertEquals(IntStream.rangeClosed(0, 300).mapToObj(i -> (long) i % 256).toList(), sequence);
        assertEquals(0, Payload.parseFrom(birth().payload()).getSeq());
    }

    @Test
    void shouldSayGoodbyeWithTheNumberOfItsBirth() throws Exception {
        node.will(9, NOW);
        birth();
        Payload death = Payload.parseFrom(node.death(NOW).payload());
        assertFalse(death.hasSeq());
        assertEquals(9, death.getMetrics(0).getLongValue());
    }

    @Test
    void shouldRefuseNamesThatAreNoLevelOfATopic() {
        for (String name : List.of("", "a/b", "+", "#", "a\nb")) {
            assertThrows(IllegalArgumentException.class, () -> new EdgeNode("spikelet", name), name);
        }
    }

    @Test
    void shouldCountConnectionsAcrossPowerCutsAndWrap() throws Exception {
        SimStore store = new SimStore();
        assertEquals(0, BirthSequence.next(store));
        int used = BirthSequence.next(store);
        store.losePowerAt(0, true);
        assertThrows(IOException.class, () -> BirthSequence.next(store));
        store.restorePower();
        assertNotEquals(used, BirthSequence.next(store));
        for (int i = 4; i < 256; i++) {
            assertEquals(i, BirthSequence.next(store));
        }
        assertEquals(0, BirthSequence.next(store));
    }
}
