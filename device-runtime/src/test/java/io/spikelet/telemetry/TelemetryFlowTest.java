package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.telemetry.TelemetryFlow.Batch;
import io.spikelet.telemetry.TelemetryFlow.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelemetryFlowTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String COMMANDS = "spBv1.0/spikelet/NCMD/pi-1";
    private static final String STATE = "spBv1.0/STATE/scada";

    private final ManualClock clock = new ManualClock();
    private final SimStore store = new SimStore();
    private final List<Message> published = new ArrayList<>();
    private long learned = 3;
    private TelemetryFlow flow;

    @BeforeEach
    void start() throws Exception {
        flow = flow(TelemetrySettings.DEFAULT);
    }

    private TelemetryFlow flow(TelemetrySettings settings) throws Exception {
        TelemetryFlow made =
                new TelemetryFlow("spikelet", "pi-1", clock, settings, () -> TestReadings.of(learned), SECOND);
        made.open(store);
        return made;
    }

    private static TelemetrySettings settings(Optional<String> host, boolean leaveOut) {
        return new TelemetrySettings(host, DeadBands.DEFAULT, TelemetrySettings.LEAST_STORE_BYTES, 50, leaveOut);
    }

    private void connect() throws Exception {
        flow.will();
        flow.connecting();
    }

    /** A second goes by in which something is learned. */
    private void second() {
        clock.pass(1000);
        learned++;
        flow.turn(clock.nanoTime());
    }

    /** Publishes all that is due, without waiting. */
    private void publish() throws Exception {
        while (flow.dueAt() <= clock.nanoTime()) {
            Batch batch = flow.next();
            published.addAll(batch.messages());
            if (batch.leave() || batch.messages().isEmpty()) {
                return;
            }
            flow.delivered(batch);
        }
    }

    private List<Payload> data() throws Exception {
        List<Payload> data = new ArrayList<>();
        for (Message message : published) {
            if (message.topic().contains("/NDATA/")) {
                data.add(Payload.parseFrom(message.payload()));
            }
        }
        return data;
    }

    private static List<Long> values(List<Payload> data) {
        return data.stream()
                .flatMap(payload -> payload.getMetricsList().stream())
                .filter(metric -> metric.getAlias() == BoardMetric.SAMPLES_LEARNED.alias())
                .map(Metric::getLongValue)
                .toList();
    }

    private static boolean historical(Payload payload) {
        return payload.getMetricsList().stream().allMatch(Metric::getIsHistorical);
    }

    private long births() {
        return published.stream()
                .filter(message -> message.topic().contains("/NBIRTH/"))
                .count();
    }

    private Metric inLastBirth(NodeMetric wanted) throws Exception {
        Predicate<Message> isBirth = message -> message.topic().contains("/NBIRTH/");
        Message birth =
                published.stream().filter(isBirth).reduce((_, later) -> later).orElseThrow();
        return Payload.parseFrom(birth.payload()).getMetricsList().stream()
                .filter(metric -> metric.getName().equals(wanted.wireName()))
                .findFirst()
                .orElseThrow();
    }

    private void state(boolean online, long timestamp) {
        String json = "{\"online\":" + online + ",\"timestamp\":" + timestamp + "}";
        flow.take(new MessageLink.Message(STATE, json.getBytes(StandardCharsets.UTF_8)));
    }

    private void command(byte[] payload) {
        flow.take(new MessageLink.Message(COMMANDS, payload));
    }

    @Test
    void shouldSendChangesLiveOnceItIsBorn() throws Exception {
        connect();
        publish();
        assertEquals(1, births());
        second();
        publish();
        assertEquals(List.of(4L), values(data()));
        assertFalse(data().getFirst().getMetrics(0).getIsHistorical());
        assertEquals(TelemetryFlow.NEVER, flow.dueAt());
        clock.pass(1000);
        flow.turn(clock.nanoTime());
        publish();
        assertEquals(1, data().size(), "nothing changed");
    }

    @Test
    void shouldSendWhatAnOutageHeldBackAsHistoryInOrderAndThenLive() throws Exception {
        connect();
        publish();
        flow.lost();
        for (int i = 0; i < 3600; i++) {
            second();
        }
        assertTrue(store.list().stream().anyMatch(file -> file.endsWith(".seg")));
        int before = published.size(); // the birth comes first
        connect();
        publish();
        long left = inLastBirth(NodeMetric.STORED).getLongValue();
        assertEquals(3600, left);
        while (published.size() < before + 1 + 3600) {
            clock.pass(20); // a fiftieth of a second: the pace of a replay
            publish();
        }
        List<Payload> history = data();
        assertEquals(3600, history.size());
        List<Long> told = values(history);
        for (int i = 0; i < 3600; i++) {
            Payload message = history.get(i);
            assertTrue(historical(message));
            assertEquals(4L + i, told.get(i));
            assertEquals(
                    ManualClock.NOW + 1000L * (i + 1), message.getMetrics(0).getTimestamp());
            assertEquals((i + 1) % 256, message.getSeq());
        }
        assertTrue(clock.epochMillis() - ManualClock.NOW >= 3600_000 + 70_000, "72 s at 50 a second");
        second();
        clock.pass(1000);
        publish();
        flow.turn(clock.nanoTime());
        publish();
        assertFalse(data().getLast().getMetrics(0).getIsHistorical());
        assertEquals(0, inLastBirth(NodeMetric.DROPPED).getLongValue());
    }

    @Test
    void shouldDeclareInTheBirthWhatItDropped() throws Exception {
        flow = flow(settings(Optional.empty(), false));
        flow.lost();
        for (int i = 0; i < 20_000; i++) {
            second();
        }
        connect();
        publish();
        long dropped = inLastBirth(NodeMetric.DROPPED).getLongValue();
        long stored = inLastBirth(NodeMetric.STORED).getLongValue();
        assertTrue(dropped > 0 && stored > 0, dropped + " dropped, " + stored + " stored");
        assertEquals(20_000, dropped + stored);
    }

    @Test
    void shouldSendAgainWhatWasInDoubt() throws Exception {
        connect();
        publish();
        second();
        Batch lost = flow.next();
        assertEquals(1, lost.messages().size());
        flow.lost();
        connect();
        publish();
        assertTrue(inLastBirth(NodeMetric.IN_DOUBT).getBooleanValue());
        assertEquals(0, data().size(), "the host may say what it has");
        clock.pass(2000);
        publish();
        assertEquals(List.of(4L), values(data()));
        assertTrue(historical(data().getFirst()));
    }

    @Test
    void shouldNotSendAgainWhatTheHostSaysItHas() throws Exception {
        connect();
        publish();
        second();
        Batch arrived = flow.next();
        flow.lost();
        second();
        connect();
        publish();
        command(HostCommands.received(arrived.upTo(), clock.epochMillis()));
        publish();
        assertEquals(List.of(5L), values(data()));
    }

    @Test
    void shouldGiveAHostWhatTheBrokerTookAndLost() throws Exception {
        connect();
        publish();
        command(HostCommands.received(0, clock.epochMillis()));
        for (int i = 0; i < 5; i++) {
            second();
            publish();
        }
        assertEquals(List.of(4L, 5L, 6L, 7L, 8L), values(data()));
        long third = data().get(2).getMetrics(0).getLongValue();
        flow.lost();
        published.clear();
        connect();
        publish();
        command(HostCommands.received(third, clock.epochMillis()));
        clock.pass(1000);
        publish();
        assertEquals(List.of(7L, 8L), values(data()));
    }

    @Test
    void shouldLeaveOutWhatIsInDoubtAndCountItWhenToldTo() throws Exception {
        flow = flow(settings(Optional.empty(), true));
        connect();
        publish();
        second();
        flow.next();
        flow.lost();
        connect();
        publish();
        clock.pass(2000);
        publish();
        assertEquals(List.of(), values(data()));
        Metric told = data().getLast().getMetrics(0);
        assertEquals(NodeMetric.DROPPED.alias(), told.getAlias());
        assertEquals(1, told.getLongValue());
    }

    @Test
    void shouldGoOnAfterAPowerCutWithWhatWasOnTheStore() throws Exception {
        flow.lost();
        for (int i = 0; i < 100; i++) {
            second();
        }
        flow = flow(TelemetrySettings.DEFAULT);
        connect();
        publish();
        clock.pass(2000);
        for (int i = 0; i < 300; i++) {
            clock.pass(10);
            publish();
        }
        List<Long> values = values(data());
        assertTrue(values.size() >= 90, values.size() + " of 100; the last ten seconds were in memory alone");
        for (int i = 0; i < values.size(); i++) {
            assertEquals(4L + i, values.get(i));
        }
    }

    @Test
    void shouldWaitForThePrimaryHostAndLeaveWithIt() throws Exception {
        flow = flow(settings(Optional.of("scada"), false));
        assertEquals(List.of(COMMANDS, STATE), flow.subscriptions());
        connect();
        publish();
        assertEquals(0, births());
        state(false, 10);
        publish();
        assertEquals(0, births());
        state(true, 20);
        publish();
        assertEquals(1, births());
        state(false, 19);
        assertFalse(flow.next().leave(), "older than the last one");
        state(false, 20);
        assertTrue(flow.next().leave());
        flow.lost();
        second();
        connect();
        publish();
        assertEquals(1, births(), "it waits anew");
        state(true, 30);
        publish();
        assertEquals(2, births());
        assertEquals(List.of(4L), values(data()));
        assertTrue(historical(data().getFirst()));
    }

    @Test
    void shouldGiveBirthAgainWhenCommandedWithTheSameBdSeq() throws Exception {
        connect();
        publish();
        second();
        publish();
        command(HostCommands.rebirth(clock.epochMillis()));
        publish();
        assertEquals(2, births());
        assertEquals(
                "done: Node Control/Rebirth",
                inLastBirth(NodeMetric.LAST_COMMAND).getStringValue());
        List<Long> numbers = new ArrayList<>();
        for (Message message : published) {
            if (message.topic().contains("/NBIRTH/")) {
                numbers.add(Payload.parseFrom(message.payload()).getMetrics(0).getLongValue());
            }
        }
        assertEquals(List.of(0L, 0L), numbers);
    }

    @Test
    void shouldAnswerAFloodOfRebirthsWithOneASecondAndRecordMeanwhile() throws Exception {
        connect();
        publish();
        for (int tenth = 0; tenth < 100; tenth++) {
            command(HostCommands.rebirth(clock.epochMillis()));
            clock.pass(100);
            learned += tenth % 10 == 0 ? 1 : 0;
            flow.turn(clock.nanoTime());
            publish();
        }
        assertEquals(11, births());
        assertEquals(10, values(data()).size(), "a record each second all the same");
        command(HostCommands.rebirth(clock.epochMillis()));
        publish();
        assertEquals(11, births());
        assertTrue(flow.dueAt() <= clock.nanoTime() + SECOND);
        clock.pass(1000);
        publish();
        assertEquals(12, births(), "the last is not lost");
        assertEquals(TelemetryFlow.NEVER, flow.dueAt());
    }

    @Test
    void shouldRefuseAReceiptOfRecordsThatItNeverMadeAndTellOnceItIsMended() throws Exception {
        connect();
        publish();
        second();
        publish();
        long last = data().getFirst().getMetricsList().stream()
                .filter(metric -> metric.getAlias() == NodeMetric.RECORD.alias())
                .findFirst()
                .orElseThrow()
                .getLongValue();
        command(HostCommands.received(1L << 60, clock.epochMillis()));
        publish();
        assertEquals(
                "refused (OUT_OF_RANGE): record " + (1L << 60) + " was not made yet; the last is " + last,
                data().getLast().getMetrics(0).getStringValue());
        command(HostCommands.received(last, clock.epochMillis()));
        publish();
        assertEquals("done: Telemetry/Received", data().getLast().getMetrics(0).getStringValue());
        int told = data().size();
        command(HostCommands.received(last, clock.epochMillis()));
        publish();
        assertEquals(told, data().size(), "receipts as such are no news");
    }

    @Test
    void shouldTakeDeadBandsAndKeepThem() throws Exception {
        connect();
        publish();
        command(HostCommands.deadBands(DeadBands.parse("Learning/Samples=10"), clock.epochMillis()));
        publish();
        List<Metric> told = data().getLast().getMetricsList();
        assertEquals("Learning/Samples=10", told.get(0).getStringValue());
        assertEquals("done: Node Control/Dead Bands", told.get(1).getStringValue());
        second();
        publish();
        assertEquals(List.of(), values(data()));
        learned += 10;
        second();
        publish();
        assertEquals(List.of(15L), values(data()));
        flow = flow(TelemetrySettings.DEFAULT);
        connect();
        publish();
        assertEquals("Learning/Samples=10", inLastBirth(NodeMetric.DEAD_BANDS).getStringValue());
    }

    @Test
    void shouldSayWhyItRefusesACommand() throws Exception {
        connect();
        publish();
        command(new byte[] {(byte) 0xff, 1, 2});
        publish();
        Metric told = data().getLast().getMetrics(0);
        assertEquals(NodeMetric.LAST_COMMAND.alias(), told.getAlias());
        assertEquals("refused (MALFORMED): this is no Sparkplug B payload", told.getStringValue());
    }

    @Test
    void shouldCorrectTheTimeOfWhatWasRecordedBeforeTheClockWasSet() throws Exception {
        clock.set(1000);
        flow = flow(TelemetrySettings.DEFAULT);
        flow.lost();
        second();
        second();
        clock.set(ManualClock.NOW);
        second();
        connect();
        publish();
        assertTrue(inLastBirth(NodeMetric.CLOCK_KNOWN).getBooleanValue());
        clock.pass(1000);
        publish();
        List<Long> times = data().stream()
                .map(payload -> payload.getMetrics(0).getTimestamp())
                .toList();
        assertEquals(List.of(ManualClock.NOW - 1000, ManualClock.NOW), times);
    }
}
