package io.spikelet.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.device.Agent;
import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.Thermometer;
import io.spikelet.hal.sim.MemoryBroker;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tcp.TcpListener;
import io.spikelet.hal.udp.UdpLink;
import io.spikelet.hal.udp.UdpPort;
import io.spikelet.model.container.ImageKey;
import io.spikelet.slots.SignedImageVerifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A million hostile bytes on each link of a whole board, a runner on the serial one as well; the command {@code bench fuzz} sends more of the same. */
@Timeout(120)
class BoardFuzzTest {
    private static final String HERE = "127.0.0.1";
    private static final long BYTES = 1_000_000;
    private static final long SEED = 11;
    private static final int PATIENCE_SECONDS = 20;
    private static final long MOST_GROWTH = 24L << 20;

    private final SimStore store = new SimStore();
    private final SimStore files = new SimStore();
    private final MemoryBroker broker = new MemoryBroker();
    private final MemoryLink[] line = MemoryLink.pair();
    private TcpListener listener;
    private UdpPort port;
    private Agent agent;
    private Thread thread;

    @BeforeEach
    void startBoard() throws Exception {
        listener = TcpListener.open(HERE, 0);
        port = UdpPort.open(HERE, 0, 4097);
        agent = new Agent(new Agent.Parts(
                "fuzzed",
                "spikelet",
                "0.1.0",
                () -> store,
                new SignedImageVerifier(List.of(ImageKey.Private.generate().publicKey()), false),
                Clock.system(),
                Thermometer.none("none"),
                EnergyMeter.none("none"),
                1000,
                Optional.empty()));
        agent.keepFiles(() -> files);
        agent.serveSerial("serial", () -> line[0]);
        agent.serveTcp("tcp", () -> listener);
        agent.serveUdp("udp", () -> port);
        agent.serveMqtt(
                "mqtt", will -> broker.connect(Optional.of(new MessageLink.Message(will.topic(), will.payload()))));
        BlockingQueue<String> ready = new ArrayBlockingQueue<>(2);
        thread = Thread.ofPlatform().start(() -> {
            try {
                agent.run(ready::add);
            } catch (IOException | InterruptedException e) {
                ready.add("failed: " + e);
            }
        });
        assertNotNull(ready.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @AfterEach
    void stopBoard() throws Exception {
        agent.stop();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertTrue(!thread.isAlive(), "the board stops when told");
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void survives(FuzzEnd end) throws IOException {
        long before = heapInUse();
        try (end) {
            FuzzResult result = new FuzzRun(end).run(BYTES, 0);
            assertTrue(result.bytes() >= BYTES, result::toString);
            assertTrue(result.answers() > 1000, result::toString);
        }
        assertTrue(heapInUse() - before < MOST_GROWTH, "no leak");
        assertTrue(thread.isAlive());
    }

    @Test
    void shouldServeOnAfterAMillionHostileBytesOnASerialLine() throws Exception {
        survives(new StreamEnd(line[1], SEED, true)); // SMP and the MLPerf Tiny runner share it
    }

    @Test
    void shouldServeOnAfterAMillionHostileBytesOverTcp() throws Exception {
        survives(new StreamEnd(TcpLink.connect(HERE, listener.port(), 10_000), SEED));
    }

    @Test
    void shouldServeOnAfterAMillionHostileBytesOverUdp() throws Exception {
        survives(new UdpEnd(UdpLink.open(HERE, port.port()), SEED));
    }

    @Test
    void shouldServeOnAfterAMillionHostileBytesThroughABroker() throws Exception {
        survives(new MqttEnd(broker.connect(), "fuzzed", SEED));
    }
}
