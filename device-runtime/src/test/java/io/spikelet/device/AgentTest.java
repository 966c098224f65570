package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.sim.MemoryBroker;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimPin;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.hal.sim.SimWatchdog;
import io.spikelet.model.container.ModelImage;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole board in this process: a serial line and a broker in memory, a simulated store. */
class AgentTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] SAMPLE = {1, 0, 1, 1, 0, 1};
    private static final ModelImage FIRST = TestNetworks.tested("1.0.0", 1, true, TestBoard.KEY);
    private static final ModelImage SECOND = TestNetworks.image("2.0.0", 2, TestBoard.KEY);

    private final SimStore store = new SimStore();
    private final MemoryBroker broker = new MemoryBroker();
    private final BlockingQueue<MemoryBroker.Connection> boardConnections = new LinkedBlockingQueue<>();
    private final BlockingQueue<MemoryLink> hostEnds = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ready = new LinkedBlockingQueue<>();
    private final SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private MemoryBroker.Connection collector;
    private MemoryLink host;
    private final SimPin led = new SimPin("led");
    private final SimPin marker = new SimPin("marker");
    private final SimWatchdog watchdog = new SimWatchdog(Clock.system(), PATIENCE_MILLIS);
    private Agent agent;
    private Thread thread;
    private int sequence;

    @BeforeEach
    void startBoard() throws Exception {
        TestBoard.install(store, FIRST);
        collector = broker.connect();
        collector.subscribe("spBv1.0/#", 1);
        collector.subscribe("spikelet/pi-1/smp/response", 1);
        agent = new Agent(new Agent.Parts(
                "pi-1",
                "spikelet",
                "0.1.0",
                () -> store,
                TestBoard.VERIFIER,
                Clock.system(),
                TestBoard.NO_THERMOMETER,
                new TestBoard.CountingMeter(),
                50,
                Optional.empty()));
        agent.serveSerial("serial", this::openLine);
        agent.serveMqtt("mqtt", will -> {
            var connection = broker.connect(Optional.of(new MessageLink.Message(will.topic(), will.payload())));
            boardConnections.add(connection);
            return connection;
        });
        agent.equip(new Equipment(
                new StatusLight(led), new MeasurementPin(marker), new LoopWatchdog(List.of(watchdog)), () -> {}));
        thread = Thread.ofPlatform().start(() -> {
            try {
                agent.run(ready::add);
            } catch (IOException | InterruptedException e) {
                ready.add("failed: " + e);
            }
        });
        host = hostEnds.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private MemoryLink openLine() {
        MemoryLink[] ends = MemoryLink.pair();
        hostEnds.add(ends[1]);
        return ends[0];
    }

    @AfterEach
    void stopBoard() throws Exception {
        agent.stop();
        thread.join(PATIENCE_MILLIS);
        assertFalse(thread.isAlive(), "the board stops when told");
        assertFalse(led.isHigh(), "the light goes out");
        assertTrue(watchdog.isStopped(), "an orderly end stops the watchdog");
    }

    private byte[] message(int operation, int group, int command, Map<String, Object> fields) {
        byte[] payload = Cbor.encode(fields);
        sequence = (sequence + 1) & 0xff;
        return new SmpMessage(new SmpHeader(1, operation, 0, payload.length, group, sequence, command), payload)
                .toBytes();
    }

    private Map<String, Object> overSerial(int operation, int group, int command, Map<String, Object> fields)
            throws Exception {
        byte[] frames = SerialFrames.encode(message(operation, group, command, fields));
        host.write(frames, 0, frames.length);
        byte[] buffer = new byte[4096];
        for (int waited = 0; arrived.isEmpty() && waited < PATIENCE_MILLIS; waited += 100) {
            arrived.addAll(deframer.feed(buffer, 0, host.read(buffer, 100)));
        }
        return Cbor.decode(SmpMessage.parse(arrived.remove()).payload());
    }

    private MessageLink.Message next(String topicEnd) throws Exception {
        for (int waited = 0; waited < PATIENCE_MILLIS; waited += 100) {
            MessageLink.Message message = collector.poll(100);
            if (message != null && message.topic().contains(topicEnd)) {
                return message;
            }
        }
        throw new AssertionError("no message on " + topicEnd);
    }

    private static Metric metric(MessageLink.Message message, String name) throws Exception {
        return Payload.parseFrom(message.payload()).getMetricsList().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldMarkEachInferenceShineAndFeedTheWatchdog() throws Exception {
        ready.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        byte[] two = Arrays.copyOf(SAMPLE, 2 * SAMPLE.length);
        System.arraycopy(SAMPLE, 0, two, SAMPLE.length, SAMPLE.length);
        overSerial(SmpHeader.WRITE, 64, 0, Map.of("x", two));
        assertEquals(2, marker.rises());
        assertFalse(marker.isHigh());
        for (int waited = 0; !led.isHigh() && waited < PATIENCE_MILLIS; waited += 10) {
            Thread.sleep(10);
        }
        assertTrue(led.isHigh());
        assertTrue(watchdog.feedings() > 0);
        assertFalse(watchdog.isStopped());
    }

    @Test
    void shouldTellInItsHealthWhatTheSelfTestSaid() throws Exception {
        ready.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertEquals(
                "self-test passed, 2 samples",
                overSerial(SmpHeader.READ, 64, 6, Map.of()).get("selftest"));
    }

    @Test
    void shouldSayOnceThatItIsReady() throws Exception {
        String line = ready.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertEquals("ready name=pi-1 model=tiny 1.0.0+0 links=serial, mqtt", line);
    }

    @Test
    void shouldServeSerialAndBrokerTogether() throws Exception {
        assertEquals(Map.of("r", "hello"), overSerial(SmpHeader.WRITE, 0, 0, Map.of("d", "hello")));
        next("NBIRTH");
        MemoryBroker.Connection client = broker.connect();
        client.publish("spikelet/pi-1/smp/request", message(SmpHeader.READ, 64, 4, Map.of()), 1, false);
        Map<String, Object> status =
                Cbor.decode(SmpMessage.parse(next("smp/response").payload()).payload());
        assertEquals("serving", status.get("state"));
    }

    @Test
    void shouldPublishABirthThenWhatAnInferenceChanged() throws Exception {
        MessageLink.Message birth = next("NBIRTH");
        assertEquals("tiny", metric(birth, "Model/Name").getStringValue());
        assertTrue(metric(birth, "Inference/Accuracy").getIsNull());
        long alias = metric(birth, "Inference/Accuracy").getAlias();
        overSerial(SmpHeader.WRITE, 64, 0, Map.of("x", SAMPLE, "y", new byte[] {0}));
        Payload data = Payload.parseFrom(next("NDATA").payload());
        assertEquals(1, data.getSeq());
        assertTrue(data.getMetricsList().stream()
                .anyMatch(metric -> metric.getAlias() == alias && metric.hasDoubleValue()));
    }

    @Test
    void shouldTellTheSameNumbersAsStatistics() throws Exception {
        overSerial(SmpHeader.WRITE, 64, 0, Map.of("x", SAMPLE, "y", new byte[] {0}));
        Map<?, ?> fields = (Map<?, ?>)
                overSerial(SmpHeader.READ, 2, 0, Map.of("name", "telemetry")).get("fields");
        assertTrue(fields.containsKey("latency_us") && fields.containsKey("accuracy_ppm"), fields.toString());
        assertFalse(fields.containsKey("temperature_mc"), "this board has no thermometer");
    }

    @Test
    void shouldGiveBirthAgainWhenCommanded() throws Exception {
        long sequenceOfBirth = metric(next("NBIRTH"), "bdSeq").getLongValue();
        Payload command = Payload.newBuilder()
                .addMetrics(Metric.newBuilder().setName("Node Control/Rebirth").setBooleanValue(true))
                .build();
        broker.connect().publish("spBv1.0/spikelet/NCMD/pi-1", command.toByteArray(), 0, false);
        assertEquals(sequenceOfBirth, metric(next("NBIRTH"), "bdSeq").getLongValue());
    }

    @Test
    void shouldConnectAnewAfterTheConnectionIsLost() throws Exception {
        next("NBIRTH");
        boardConnections.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).abort();
        assertEquals(0, metric(next("NDEATH"), "bdSeq").getLongValue());
        assertEquals(1, metric(next("NBIRTH"), "bdSeq").getLongValue());
    }

    @Test
    void shouldOpenTheLineAnewAfterAHangUp() throws Exception {
        host.close();
        host = hostEnds.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertNotNull(host);
        assertEquals(Map.of("r", "again"), overSerial(SmpHeader.WRITE, 0, 0, Map.of("d", "again")));
    }

    @Test
    void shouldSwapAtAResetAndRevertAtTheNext() throws Exception {
        next("NBIRTH");
        overSerial(SmpHeader.WRITE, 1, 1, Map.of("off", 0, "len", SECOND.size(), "data", SECOND.bytes()));
        overSerial(SmpHeader.WRITE, 1, 0, Map.of("hash", SECOND.digest(), "confirm", false));
        assertEquals(Map.of(), overSerial(SmpHeader.WRITE, 0, 5, Map.of()));
        MessageLink.Message trial = next("NBIRTH");
        assertEquals("2.0.0+0", metric(trial, "Model/Version").getStringValue());
        assertArrayEquals(SECOND.digest(), (byte[])
                overSerial(SmpHeader.READ, 64, 4, Map.of()).get("hash"));
        overSerial(SmpHeader.WRITE, 0, 5, Map.of());
        MessageLink.Message reverted = next("NBIRTH");
        assertEquals("1.0.0+0", metric(reverted, "Model/Version").getStringValue());
        assertTrue(metric(reverted, "Model/LastStart").getStringValue().contains("was reverted"));
        List<?> images = (List<?>) overSerial(SmpHeader.READ, 1, 0, Map.of()).get("images");
        assertEquals(2, images.size());
    }

    @Test
    void shouldSayGoodbyeWhenStopped() throws Exception {
        next("NBIRTH");
        agent.stop();
        assertEquals(0, metric(next("NDEATH"), "bdSeq").getLongValue());
    }
}
