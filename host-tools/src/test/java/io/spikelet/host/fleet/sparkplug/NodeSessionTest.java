package io.spikelet.host.fleet.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.model.MalformedDataException;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSessionTest {
    private static final long REORDER = 1000;
    private static final BoardId BOARD = new BoardId("g", "n");

    private final NodeSession session = new NodeSession(REORDER);
    private final Heard heard = new Heard();

    private static final class Heard implements SessionEvents {
        final List<Object> values = new ArrayList<>();
        final List<String> historical = new ArrayList<>();
        int births;
        int deaths;
        int missing;
        int birthsNeeded;
        int unknown;

        @Override
        public void born(long sentAt, List<Named> metrics) {
            births++;
            data(sentAt, metrics);
        }

        @Override
        public void data(long sentAt, List<Named> metrics) {
            for (Named named : metrics) {
                values.add(named.value().value());
                if (named.historical()) {
                    historical.add(named.metric());
                }
            }
        }

        @Override
        public void died() {
            deaths++;
        }

        @Override
        public void missing(int messages) {
            missing += messages;
        }

        @Override
        public void birthNeeded(String why) {
            birthsNeeded++;
        }

        @Override
        public void unknownAliases(int metrics) {
            unknown += metrics;
        }
    }

    private void take(SparkplugTopic.Type type, byte[] payload, long now) {
        try {
            session.take(new SparkplugTopic(type, BOARD, ""), NodePayload.decode(payload), now, heard);
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    private void birth() {
        take(SparkplugTopic.Type.NBIRTH, NodeMessages.birth(1, 0, 0.0, "t"), 0);
    }

    private void data(int seq, double value, long now) {
        take(SparkplugTopic.Type.NDATA, NodeMessages.data(2, seq, value), now);
    }

    @Test
    void shouldNameValuesByTheAliasesOfTheBirthOverTheWholeRangeOfSequenceNumbers() {
        birth();
        for (int i = 1; i <= 600; i++) {
            data(i & 0xff, i, i);
        }
        assertEquals(602, heard.values.size());
        assertEquals(600.0, heard.values.getLast());
        assertEquals(0, heard.missing + heard.birthsNeeded + heard.unknown);
    }

    @Test
    void shouldPutEarlyMessagesInOrderWithoutAskingForABirth() {
        birth();
        data(3, 3.0, 0);
        data(2, 2.0, 1);
        session.overdue(REORDER - 1, heard);
        assertEquals(List.of(0.0, "t"), heard.values);
        data(1, 1.0, 2);
        assertEquals(List.of(0.0, "t", 1.0, 2.0, 3.0), heard.values);
        session.overdue(10 * REORDER, heard);
        assertEquals(0, heard.missing + heard.birthsNeeded);
    }

    @Test
    void shouldCountWhatIsMissingAfterTheTimeOutAndAskForABirthAndLoseNothingThatCame() {
        birth();
        data(1, 1.0, 0);
        data(3, 3.0, 1);
        data(6, 6.0, 2);
        session.overdue(1 + REORDER, heard);
        assertEquals(List.of(0.0, "t", 1.0, 3.0, 6.0), heard.values);
        assertEquals(3, heard.missing);
        assertEquals(1, heard.birthsNeeded);
        data(7, 7.0, 5000);
        assertEquals(7.0, heard.values.getLast());
        take(SparkplugTopic.Type.NBIRTH, NodeMessages.birth(9, 0, 8.0, "t"), 6000);
        data(1, 9.0, 6001);
        assertEquals(9.0, heard.values.getLast());
        assertEquals(3, heard.missing);
    }

    @Test
    void shouldGoOnCountingWhatIsMissingWhileABirthIsAwaited() {
        birth();
        data(2, 2.0, 0);
        session.overdue(REORDER, heard);
        assertEquals(1, heard.missing);
        data(5, 5.0, REORDER + 1);
        assertEquals(3, heard.missing);
    }

    @Test
    void shouldNotWaitWithoutBoundForOneLostMessage() {
        birth();
        for (int seq = 2; seq <= 2 + NodeSession.MAX_WAITING; seq++) {
            data(seq, seq, 0);
        }
        assertEquals(1, heard.missing);
        assertEquals(2 + NodeSession.MAX_WAITING + 1, heard.values.size());
    }

    @Test
    void shouldAskForABirthWhenDataComesFirstAndCountWhatItCannotName() {
        data(17, 1.0, 0);
        assertEquals(List.of(), heard.values);
        assertEquals(1, heard.unknown);
        assertTrue(heard.birthsNeeded > 0);
        assertEquals(0, heard.missing);
    }

    @Test
    void shouldHearADeathButNotTheLateWillOfAnEarlierConnection() {
        take(SparkplugTopic.Type.NBIRTH, NodeMessages.birth(1, 4, 0.0, "t"), 0);
        take(SparkplugTopic.Type.NDEATH, NodeMessages.death(3), 1);
        assertEquals(0, heard.deaths);
        data(1, 1.0, 2);
        assertEquals(1.0, heard.values.getLast());
        take(SparkplugTopic.Type.NDEATH, NodeMessages.death(4), 3);
        assertEquals(1, heard.deaths);
    }

    @Test
    void shouldTellHistoricalValuesApart() {
        birth();
        take(SparkplugTopic.Type.NDATA, NodeMessages.data(1, 1, 5.0, true), 1);
        assertEquals(List.of(NodeMessages.REAL), heard.historical);
    }

    @Test
    void shouldReadIntegersAsTheirDatatypesSayAndDevicesUnderTheirNames() throws MalformedDataException {
        Payload birth = Payload.newBuilder()
                .setTimestamp(1)
                .setSeq(0)
                .addMetrics(integer("i8", 1, 1).setIntValue(0xfe))
                .addMetrics(integer("i32", 2, 3).setIntValue(-5))
                .addMetrics(integer("u32", 3, 7).setIntValue(-1))
                .addMetrics(integer("u64", 4, 8).setLongValue(-1L))
                .build();
        take(SparkplugTopic.Type.NBIRTH, birth.toByteArray(), 0);
        assertEquals(List.of(-2L, -5L, 4294967295L, 0x1p64), heard.values);
        Payload device = Payload.newBuilder()
                .setTimestamp(2)
                .setSeq(1)
                .addMetrics(integer("x", 9, 4).setLongValue(7))
                .build();
        SparkplugTopic topic = SparkplugTopic.parse("spBv1.0/g/DBIRTH/n/cam").orElseThrow();
        session.take(topic, NodePayload.decode(device.toByteArray()), 1, heard);
        assertEquals(7L, heard.values.getLast());
        assertEquals(0, heard.birthsNeeded);
    }

    private static Metric.Builder integer(String name, long alias, int datatype) {
        return Metric.newBuilder().setName(name).setAlias(alias).setDatatype(datatype);
    }

    @Test
    void shouldForgetAliasesWhenTheCollectorWasAwaySinceABirthMayHaveGoneBy() {
        birth();
        data(2, 2.0, 0);
        session.interrupted(heard);
        assertEquals(2.0, heard.values.getLast());
        data(3, 3.0, 1);
        assertEquals(1, heard.unknown);
        assertTrue(heard.birthsNeeded > 0);
    }
}
