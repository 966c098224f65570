package io.spikelet.host.fleet.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.Reading;
import io.spikelet.host.fleet.sparkplug.NodeMessages;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static EmbeddedBroker broker;

    private final Fleet fleet = new Fleet();
    private final Kept kept = new Kept();

    private static final class Kept implements Keeper {
        final List<Reading> readings = new CopyOnWriteArrayList<>();
        final List<FleetEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void keep(List<Reading> some) {
            readings.addAll(some);
        }

        @Override
        public void keep(FleetEvent event) {
            events.add(event);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        broker = EmbeddedBroker.start(BrokerOptions.open());
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
    }

    private static MqttOptions client(String name) {
        return MqttOptions.of(URI.create("mqtt://" + broker.uri().getAuthority()), name);
    }

    private static CollectorOptions options(String group) {
        return CollectorOptions.of(client("collector-" + group), "host-" + group)
                .ofGroups(List.of(group))
                .waiting(Duration.ofMillis(200));
    }

    private Collector collector(CollectorOptions options) throws InterruptedException {
        Collector collector = new Collector(options, fleet, kept);
        await(() -> collector.counts().connected());
        return collector;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "it did not come to be");
            Thread.sleep(10);
        }
    }

    private Board board(BoardId id) {
        return fleet.find(id).orElseThrow();
    }

    private static String topic(BoardId id, String type) {
        return "spBv1.0/" + id.group() + "/" + type + "/" + id.name();
    }

    private static MqttLink node(BoardId id) throws IOException {
        MqttLink link = MqttLink.connect(
                client(id.toString()).withWill(new Will(topic(id, "NDEATH"), NodeMessages.death(0), 1, false)));
        link.subscribe(topic(id, "NCMD"), 1);
        link.publish(topic(id, "NBIRTH"), NodeMessages.birth(1000, 0, 0.5, "t"), 0, false);
        return link;
    }

    @Test
    void shouldFollowABoardFromItsBirthToItsDeath() throws Exception {
        BoardId id = new BoardId("life", "one");
        try (Collector collector = collector(options("life"))) {
            MqttLink node = node(id);
            await(() -> collector.counts().births() == 1); // this broker keeps no order between topics
            node.publish(topic(id, "NDATA"), NodeMessages.data(2000, 1, 0.75), 0, false);
            node.publish(topic(id, "NDATA"), NodeMessages.data(500, 2, 0.1, true), 0, false);
            await(() -> collector.counts().messages() == 3);
            assertEquals(0.75, board(id).snapshot().number(NodeMessages.REAL));
            assertEquals(BoardState.ONLINE, board(id).state());
            assertEquals(1, collector.counts().historical());
            assertEquals(4, kept.readings.size());
            assertEquals(new Reading(id, NodeMessages.REAL, 500, 0.1, null), kept.readings.getLast());
            node.abort();
            await(() -> board(id).state() == BoardState.OFFLINE);
            await(() -> collector.counts().deaths() == 1);
            assertEquals(
                    List.of(FleetEvent.Kind.BORN, FleetEvent.Kind.DIED),
                    kept.events.stream().map(FleetEvent::kind).toList());
        }
    }

    /** A birth with the metrics that number records, or data of one record. */
    private static byte[] numbered(int seq, boolean birth, long record) {
        return numbered(seq, birth, record, 0);
    }

    private static byte[] numbered(int seq, boolean birth, long record, long received) {
        Metric.Builder last =
                Metric.newBuilder().setAlias(2).setTimestamp(record).setLongValue(record);
        Payload.Builder payload = Payload.newBuilder().setTimestamp(record).setSeq(seq);
        if (birth) {
            last.setName("Telemetry/Record").setDatatype(8);
            payload.addMetrics(Metric.newBuilder()
                    .setName("bdSeq")
                    .setTimestamp(1)
                    .setDatatype(8)
                    .setLongValue(0));
            payload.addMetrics(Metric.newBuilder()
                    .setName("Telemetry/Received")
                    .setAlias(1)
                    .setTimestamp(1)
                    .setDatatype(8)
                    .setLongValue(received));
        }
        return payload.addMetrics(last).build().toByteArray();
    }

    private static MessageLink.Message command(MqttLink node) throws IOException {
        MessageLink.Message message = null;
        for (int waited = 0; message == null && waited < 200; waited++) {
            message = node.poll(100);
        }
        return message;
    }

    @Test
    void shouldSayAfterABirthWhichRecordsItHas() throws Exception {
        BoardId id = new BoardId("records", "one");
        try (Collector collector = collector(options("records"));
                MqttLink node = MqttLink.connect(client(id.toString()))) {
            node.subscribe(topic(id, "NCMD"), 1);
            node.publish(topic(id, "NBIRTH"), numbered(0, true, 4), 0, false);
            node.publish(topic(id, "NDATA"), numbered(1, false, 5), 0, false);
            node.publish(topic(id, "NDATA"), numbered(2, false, 6), 0, false);
            await(() -> collector.counts().messages() == 3); // this broker keeps no order between two subscriptions
            node.publish(topic(id, "NBIRTH"), numbered(0, true, 8), 0, false);
            Metric said = Payload.parseFrom(command(node).payload()).getMetrics(0);
            assertEquals("Telemetry/Received", said.getName());
            assertEquals(6, said.getLongValue());
            await(() -> collector.counts().births() == 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 2000, 6", "8, 1000, 4"}) // live data came last, or the birth, whose records may not have followed
    void shouldAskTheBoardsOfAnEarlierRunAndSayWhatItHasOfThem(long record, long time, long said) throws Exception {
        BoardId id = new BoardId("restart", "one-" + record);
        Board known = fleet.board(id, 1).orElseThrow();
        known.born(1000, 1000, Map.of("Telemetry/Received", new MetricValue(1000, 4L, "")));
        known.set("Telemetry/Record", new MetricValue(time, record, ""));
        known.restore(known.snapshot().unheard());
        try (MqttLink node = MqttLink.connect(client(id.toString()))) {
            node.subscribe(topic(id, "NCMD"), 1);
            try (Collector collector = collector(options("restart"))) {
                assertTrue(asksForBirth(node, id), "it may have missed something");
                node.publish(topic(id, "NBIRTH"), numbered(0, true, 9), 0, false);
                Metric receipt = Payload.parseFrom(command(node).payload()).getMetrics(0);
                assertEquals("Telemetry/Received", receipt.getName());
                assertEquals(said, receipt.getLongValue());
                assertEquals(1, collector.counts().rebirths());
            }
        }
    }

    @Test
    void shouldLetABoardThatIsNewKnowThatItSaysWhatItHas() throws Exception {
        BoardId id = new BoardId("fresh", "one");
        try (Collector collector = collector(options("fresh"));
                MqttLink node = MqttLink.connect(client(id.toString()))) {
            node.subscribe(topic(id, "NCMD"), 1);
            node.publish(topic(id, "NBIRTH"), numbered(0, true, 8, 5), 0, false);
            Metric receipt = Payload.parseFrom(command(node).payload()).getMetrics(0);
            assertEquals("Telemetry/Received", receipt.getName());
            assertEquals(5, receipt.getLongValue(), "what the broker has, and none that may have stayed on the board");
            await(() -> collector.counts().births() == 1);
        }
    }

    @Test
    void shouldTakeBoardsOfItsOwnGroupsAlone() {
        assertTrue(options("north").takes(new BoardId("north", "one")));
        assertFalse(options("north").takes(new BoardId("south", "one")), "a store may hold another collector's boards");
    }

    @Test
    void shouldAskForABirthAfterAGapAndWhenItComesLate() throws Exception {
        BoardId id = new BoardId("gap", "one");
        try (MqttLink node = node(id)) {
            try (Collector collector = collector(options("gap"))) {
                node.publish(topic(id, "NDATA"), NodeMessages.data(2000, 1, 0.75), 0, false);
                assertTrue(asksForBirth(node, id), "it came after the birth and asks for one");
                node.publish(topic(id, "NBIRTH"), NodeMessages.birth(3000, 0, 0.5, "t"), 0, false);
                await(() -> collector.counts().births() == 1);
                node.publish(topic(id, "NDATA"), NodeMessages.data(4000, 3, 0.25), 0, false);
                assertTrue(asksForBirth(node, id), "two messages are missing");
                assertEquals(2, collector.counts().missing());
                assertEquals(0.25, board(id).snapshot().number(NodeMessages.REAL));
                assertEquals(2, board(id).snapshot().counts().rebirths());
            }
        }
    }

    private static boolean asksForBirth(MqttLink node, BoardId id) throws Exception {
        MessageLink.Message command = node.poll(20_000);
        return command != null
                && command.topic().equals(topic(id, "NCMD"))
                && Payload.parseFrom(command.payload()).getMetrics(0).getBooleanValue();
    }

    @Test
    void shouldSayThatItIsOnlineAndOfflineByARetainedStateAndInsistOnIt() throws Exception {
        try (MqttLink watcher = MqttLink.connect(client("state-watcher"))) {
            watcher.subscribe("spBv1.0/STATE/host-state", 1);
            Collector collector = collector(options("state"));
            String online = text(watcher);
            assertTrue(online.matches("\\{\"online\":true,\"timestamp\":\\d+}"), online);
            watcher.publish(
                    "spBv1.0/STATE/host-state", online.replace("true", "false").getBytes(), 1, true);
            String offline = online.replace("true", "false");
            hear(watcher, Set.of(offline, online));
            collector.close();
            hear(watcher, Set.of(offline));
        }
    }

    /** Each of some, in any order: this broker keeps none between two senders, and may tell a retained state twice. */
    private static void hear(MqttLink link, Set<String> expected) throws IOException {
        Set<String> missing = new HashSet<>(expected);
        while (!missing.isEmpty()) {
            missing.remove(text(link));
        }
    }

    private static String text(MqttLink link) throws IOException {
        return new String(link.poll(20_000).payload(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldSplitBoardsBetweenTwoCollectorsWithoutAFalseRebirth() throws Exception {
        List<BoardId> boards = IntStream.range(0, 20)
                .mapToObj(i -> new BoardId("split", "b" + i))
                .toList();
        CollectorOptions all = options("split");
        CollectorOptions other = CollectorOptions.of(client("collector-split-2"), "host-split-2")
                .ofGroups(List.of("split"))
                .waiting(Duration.ofMillis(200));
        try (Collector first = collector(all.ofShard(0, 2));
                Collector second = collector(other.ofShard(1, 2));
                MqttLink sender = MqttLink.connect(client("split-sender"))) {
            for (BoardId id : boards) {
                sender.publish(topic(id, "NBIRTH"), NodeMessages.birth(1000, 0, 0, "t"), 0, false);
            }
            await(() -> first.counts().births() + second.counts().births() == boards.size());
            for (int seq = 1; seq <= 30; seq++) {
                for (BoardId id : boards) {
                    sender.publish(topic(id, "NDATA"), NodeMessages.data(1000 + seq, seq, seq), 0, false);
                }
            }
            await(() -> first.counts().messages() + second.counts().messages() == 20 * 31);
            assertTrue(first.counts().messages() > 0 && second.counts().messages() > 0);
            assertEquals(0, first.counts().missing() + second.counts().missing());
            assertEquals(0, first.counts().rebirths() + second.counts().rebirths());
            assertEquals(20 * 32, kept.readings.size());
        }
    }

    @Test
    void shouldCountWhatIsNoPayloadAndGoOn() throws Exception {
        BoardId id = new BoardId("bad", "one");
        try (Collector collector = collector(options("bad"));
                MqttLink node = node(id)) {
            node.publish(topic(id, "NDATA"), new byte[] {1, 2, 3, (byte) 0xff}, 0, false);
            node.publish(topic(id, "NDATA"), NodeMessages.data(2000, 1, 0.75), 0, false);
            await(() -> collector.counts().messages() == 2);
            assertEquals(1, collector.counts().malformed());
            assertEquals(0.75, board(id).snapshot().number(NodeMessages.REAL));
        }
    }
}
