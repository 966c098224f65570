package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.slots.ImageVerifier;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A whole board in this process, named pi-1: its agent on a thread, its serial line and its stores in memory. */
final class WholeBoard implements AutoCloseable {
    static final int PATIENCE_MILLIS = 20_000;

    /** 2025-11-24T16:00:00.123Z. */
    private static final long NOW_MILLIS = 1_764_000_000_123L;

    private final Agent agent;
    private final Thread thread;
    private final MemoryLink host;
    private final SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private final byte[] buffer = new byte[4096];

    private WholeBoard(SimStore store, ImageVerifier verifier, SimStore files, Consumer<Agent> more)
            throws InterruptedException {
        MemoryLink[] ends = MemoryLink.pair();
        host = ends[1];
        agent = new Agent(new Agent.Parts(
                "pi-1",
                "spikelet",
                "0.1.0",
                () -> store,
                verifier,
                clock(),
                TestBoard.NO_THERMOMETER,
                new TestBoard.CountingMeter(),
                1000,
                Optional.empty()));
        agent.serveSerial("serial", () -> ends[0]);
        agent.keepFiles(() -> files);
        more.accept(agent);
        BlockingQueue<String> ready = new ArrayBlockingQueue<>(2);
        thread = Thread.ofPlatform().start(() -> {
            try {
                agent.run(ready::add);
            } catch (IOException | InterruptedException e) {
                ready.add("failed: " + e);
            }
        });
        assertNotNull(ready.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), "the board gets ready");
    }

    private static Clock clock() {
        return new Clock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public long epochMillis() {
                return NOW_MILLIS;
            }
        };
    }

    static WholeBoard start(SimStore store) throws InterruptedException {
        return start(store, agent -> {});
    }

    /** @param more adds links */
    static WholeBoard start(SimStore store, Consumer<Agent> more) throws InterruptedException {
        return new WholeBoard(store, TestBoard.VERIFIER, new SimStore(), more);
    }

    /** @param verifier says whose images the board takes */
    static WholeBoard startTrusting(SimStore store, ImageVerifier verifier) throws InterruptedException {
        return new WholeBoard(store, verifier, new SimStore(), agent -> {});
    }

    /** Puts bytes on the line as they are. */
    void write(byte[] bytes) throws IOException {
        host.write(bytes, 0, bytes.length);
    }

    void send(byte[] message) throws IOException {
        write(SerialFrames.encode(message));
    }

    /** The next message on the line; null when none came in so many milliseconds. */
    byte[] receive(int millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (arrived.isEmpty() && System.nanoTime() < end) {
            arrived.addAll(deframer.feed(buffer, 0, host.read(buffer, 10)));
        }
        return arrived.poll();
    }

    byte[] ask(byte[] message) throws IOException {
        send(message);
        byte[] answer = receive(PATIENCE_MILLIS);
        assertNotNull(answer, "the board answers");
        return answer;
    }

    @Override
    public void close() {
        agent.stop();
        boolean ended;
        try {
            ended = thread.join(Duration.ofMillis(PATIENCE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a board stops", e);
        }
        assertTrue(ended, "the board stops when told");
    }
}
