package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.sim.SimStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A whole board, named pi-1, at one end of a pair of pseudo-terminals; the other end is opened and closed at will. */
final class LineBoard implements AutoCloseable {
    static final int PATIENCE_MILLIS = 20_000;
    private static final int BAUD = 115_200;

    private final SerialCable cable = SerialCable.open();
    private final byte[] buffer = new byte[4096];
    private final StringBuilder came = new StringBuilder();
    private final Thread thread;
    private final Agent agent;
    private SerialLink host;

    LineBoard(SimStore store, DutArguments.Mode mode, MeasurementPin pin) throws Exception {
        agent = new Agent(new Agent.Parts(
                "pi-1",
                "spikelet",
                "0.1.0",
                () -> store,
                TestBoard.VERIFIER,
                Clock.system(),
                TestBoard.NO_THERMOMETER,
                EnergyMeter.none("none"),
                1000,
                Optional.empty()));
        agent.underTest(new DutArguments(mode, "snn01"));
        agent.equip(new Equipment(Equipment.NONE.light(), pin, Equipment.NONE.watchdog(), () -> {}));
        agent.serveSerial("serial", () -> SerialLink.open(cable.left(), BAUD));
        BlockingQueue<String> ready = new ArrayBlockingQueue<>(2);
        thread = Thread.ofPlatform().start(() -> {
            try {
                agent.run(ready::add);
            } catch (IOException | InterruptedException e) {
                ready.add("failed: " + e);
            }
        });
        host = SerialLink.open(cable.right(), BAUD);
        assertNotNull(ready.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), "the board gets ready");
    }

    /** The thread that owns the model. */
    Thread thread() {
        return thread;
    }

    void write(byte[] bytes) throws IOException {
        host.write(bytes, 0, bytes.length);
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next bytes up to and with so many line feeds, one character a byte; what came when time is up. */
    String lines(int count, int millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int seen = 0;
        int at = 0;
        while (true) {
            while (at < came.length()) {
                if (came.charAt(at++) == '\n' && ++seen == count) {
                    String lines = came.substring(0, at);
                    came.delete(0, at);
                    return lines;
                }
            }
            if (System.nanoTime() > end) {
                String rest = came.toString();
                came.setLength(0);
                return rest;
            }
            int length = host.read(buffer, 10);
            came.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        }
    }

    String lines(int count) throws IOException {
        return lines(count, PATIENCE_MILLIS);
    }

    /** Everything that comes up to and with a line. */
    String upTo(String last) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(last + "\r\n") < 0) {
            String line = lines(1);
            assertTrue(line.endsWith("\n"), () -> "no " + last + " after " + text + line);
            text.append(line);
        }
        return text.toString();
    }

    /** Closes the host's end and opens it again, as the runner does: what had come is forgotten. */
    void reopen() throws IOException {
        host.close();
        came.setLength(0);
        host = SerialLink.open(cable.right(), BAUD);
    }

    @Override
    public void close() throws IOException {
        agent.stop();
        try {
            assertTrue(thread.join(Duration.ofMillis(PATIENCE_MILLIS)), "the board stops when told");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a board stops", e);
        } finally {
            host.close();
            cable.close();
        }
    }
}
