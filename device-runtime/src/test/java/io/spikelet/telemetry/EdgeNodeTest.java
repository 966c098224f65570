package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink.Message;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.telemetry.RecordingLink.Published;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdgeNodeTest {
    private static final long NOW = 1_700_000_000_000L;

    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return NOW;
        }
    };
    private final EdgeNode node = new EdgeNode("spikelet", "pi-1", clock);
    private final RecordingLink link = new RecordingLink();

    private static Map<BoardMetric, Reading> readings(long learned) {
        Map<BoardMetric, Reading> readings = new EnumMap<>(BoardMetric.class);
        for (BoardMetric metric : BoardMetric.values()) {
            readings.put(
                    metric,
                    switch (metric.datatype()) {
                        case STRING -> Reading.of("text");
                        case UINT64 -> Reading.of(7L);
                        default -> Reading.of(0.5);
                    });
        }
        readings.put(BoardMetric.SAMPLES_LEARNED, Reading.of(learned));
        readings.put(BoardMetric.TEMPERATURE, Reading.absent("this board has no sensor"));
        return readings;
    }

    /** The bytes follow the field numbers and wire types of the public specification, written by hand. */
    @Test
    void shouldAnnounceItsDeathByteForByte() {
        Will will = node.will(5);
        assertEquals("spBv1.0/spikelet/NDEATH/pi-1", will.topic());
        String timestamp = "80d095ffbc31"; // varint of 1700000000000
        String metric = "0a05" + HexFormat.of().formatHex("bdSeq".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                + "18" + timestamp + "2004" + "5805";
        assertEquals(
                "08" + timestamp + "12" + String.format("%02x", metric.length() / 2) + metric,
                HexFormat.of().formatHex(will.payload()));
    }

    @Test
    void shouldNameEveryMetricInTheBirth() throws Exception {
        node.will(5);
        node.birth(link, readings(3));
        Published birth = link.published.getFirst();
        assertEquals("spBv1.0/spikelet/NBIRTH/pi-1", birth.topic());
        assertEquals(0, birth.qos());
        assertFalse(birth.retained());
        Payload payload = birth.payload();
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
                BoardMetric.values().length + 1, aliases.stream().distinct().count());
    }

    @Test
    void shouldSayWhyAMetricHasNoValue() throws Exception {
        node.birth(link, readings(3));
        Metric temperature = link.published.getFirst().payload().getMetricsList().stream()
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
    void shouldSendOnlyWhatChangedByAliasAlone() throws Exception {
        node.birth(link, readings(3));
        assertFalse(node.publishChanges(link, readings(3)));
        assertTrue(node.publishChanges(link, readings(4)));
        assertEquals(2, link.published.size());
        Published data = link.published.get(1);
        assertEquals("spBv1.0/spikelet/NDATA/pi-1", data.topic());
        assertEquals(0, data.qos());
        assertEquals(1, data.payload().getSeq());
        assertEquals(1, data.payload().getMetricsCount());
        Metric learned = data.payload().getMetrics(0);
        assertFalse(learned.hasName());
        assertEquals(BoardMetric.SAMPLES_LEARNED.alias(), learned.getAlias());
        assertEquals(4, learned.getLongValue());
        assertEquals(NOW, learned.getTimestamp());
    }

    @Test
    void shouldWrapTheSequenceAfter255AndRestartItAtARebirth() throws Exception {
        node.birth(link, readings(0));
        for (int i = 1; i <= 300; i++) {
            node.publishChanges(link, readings(i));
        }
        List<Long> sequence = new ArrayList<>();
        for (Published published : link.published) {
            sequence.add(published.payload().getSeq());
        }
        assertEquals(IntStream.rangeClosed(0, 300).mapToObj(i -> (long) i % 256).toList(), sequence);
        node.birth(link, readings(300));
        assertEquals(0, link.published.getLast().payload().getSeq());
        assertEquals(0, link.published.getLast().payload().getMetrics(0).getLongValue());
    }

    @Test
    void shouldKnowARebirthCommandByNameAndByAlias() {
        Metric.Builder on = Metric.newBuilder().setDatatype(11).setBooleanValue(true);
        assertTrue(node.isRebirthCommand(command(on.clone().setName("Node Control/Rebirth"))));
        assertTrue(node.isRebirthCommand(command(on.clone().setAlias(EdgeNode.REBIRTH_ALIAS))));
        assertFalse(node.isRebirthCommand(command(on.clone().setName("Node Control/Reboot"))));
        assertFalse(node.isRebirthCommand(
                command(Metric.newBuilder().setName("Node Control/Rebirth").setBooleanValue(false))));
        assertFalse(node.isRebirthCommand(new Message(node.commandTopic(), new byte[] {(byte) 0xff, 1, 2})));
        assertFalse(node.isRebirthCommand(new Message(
                "spBv1.0/spikelet/NCMD/other",
                command(on.clone().setName("Node Control/Rebirth")).payload())));
    }

    private Message command(Metric.Builder metric) {
        return new Message(
                node.commandTopic(),
                Payload.newBuilder().addMetrics(metric).build().toByteArray());
    }

    @Test
    void shouldSayGoodbyeWithTheNumberOfItsBirth() throws Exception {
        node.will(9);
        node.birth(link, readings(1));
        node.death(link);
        Published death = link.published.getLast();
        assertEquals(1, death.qos());
        assertFalse(death.payload().hasSeq());
        assertEquals(9, death.payload().getMetrics(0).getLongValue());
    }

    @Test
    void shouldCountConnectionsAcrossPowerCutsAndWrap() throws Exception {
        SimStore store = new SimStore();
        assertEquals(0, BirthSequence.next(store));
        int used = BirthSequence.next(store);
        store.losePowerAt(0, true);
        try {
            BirthSequence.next(store);
        } catch (java.io.IOException e) {
            assertTrue(store.lostPower());
        }
        store.restorePower();
        assertNotEquals(used, BirthSequence.next(store));
        for (int i = 4; i < 256; i++) {
            assertEquals(i, BirthSequence.next(store));
        }
        assertEquals(0, BirthSequence.next(store));
    }
}
