package io.spikelet.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.TestJvm;
import io.spikelet.hal.board.OutputPin;
import io.spikelet.hal.board.OutputPinContract;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EdgeWireTest extends OutputPinContract {
    /** Fewer than the socket holds, so that a reader that gets no processor time loses none. */
    private static final int EDGES = 200;

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @TempDir
    Path folder;

    private Path path;
    private EdgeWireReader seen;

    @BeforeEach
    void path() {
        path = folder.resolve("pin");
        seen = new EdgeWireReader(path);
    }

    @Override
    protected OutputPin open() throws IOException {
        EdgeWire wire = EdgeWire.open(path);
        awaitReader(wire, seen);
        return wire;
    }

    @Override
    protected boolean isHigh() {
        while (seen.next()) {
            // until the last edge
        }
        return seen.isHigh();
    }

    /** The thread that welcomes readers is another, so a test waits for it. */
    private static void awaitReader(EdgeWire wire, EdgeWireReader reader) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!wire.isRead()) {
            reader.next();
            assertTrue(System.nanoTime() < end, "nobody reads");
        }
    }

    private static void awaitEdge(EdgeWireReader reader) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!reader.next()) {
            assertTrue(System.nanoTime() < end, "no edge came");
        }
    }

    /** A board of its own process that toggles its pin. */
    static final class Board {
        public static void main(String[] arguments) throws IOException {
            try (EdgeWire wire = EdgeWire.open(Path.of(arguments[0]))) {
                System.out.println("open");
                while (!wire.isRead()) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < EDGES; i++) {
                    wire.set(i % 2 == 0);
                }
                System.out.println("driven");
                System.in.read();
            }
        }
    }

    @Test
    void shouldTellAnotherProcessOfEveryEdgeByItsOwnClock() throws Exception {
        long before = System.nanoTime();
        TestJvm board = TestJvm.startBare(Board.class, path.toString());
        try {
            assertEquals("open", board.awaitLine());
            long last = before;
            for (int i = 0; i < EDGES; i++) {
                awaitEdge(seen);
                assertEquals(i % 2 == 0, seen.isHigh());
                assertTrue(seen.nanos() >= last, "edges fall back in time");
                last = seen.nanos();
            }
            assertTrue(System.nanoTime() >= last, "an edge of the future");
            assertEquals(0, seen.dropped());
        } finally {
            board.kill();
        }
        assertFalse(seen.next());
        assertFalse(seen.isConnected());
    }

    @Test
    void shouldCountWhatAReaderThatSleepsLosesAndNeverWaitForIt() throws IOException {
        try (EdgeWire wire = EdgeWire.open(path);
                EdgeWireReader _ = seen) {
            awaitReader(wire, seen);
            int driven = 100_000;
            for (int i = 0; i < driven; i++) {
                wire.set(i % 2 == 0);
            }
            assertTrue(wire.dropped() > 0, "the socket held everything");
            int got = 0;
            while (seen.next()) {
                got++;
            }
            assertEquals(driven, got + wire.dropped());
            wire.set(true);
            awaitEdge(seen);
            assertEquals(wire.dropped(), seen.dropped());
            assertTrue(seen.isHigh());
        }
    }

    @Test
    void shouldTellALateReaderTheLevelAndServeOneThatComesBack() throws IOException {
        try (EdgeWire wire = EdgeWire.open(path)) {
            wire.set(true);
            assertEquals(1, wire.dropped());
            for (int visit = 0; visit < 20; visit++) {
                try (EdgeWireReader reader = new EdgeWireReader(path)) {
                    while (!reader.isHigh()) {
                        assertFalse(reader.next());
                    }
                    wire.set(false);
                    awaitEdge(reader);
                    assertFalse(reader.isHigh());
                    wire.set(true);
                    awaitEdge(reader);
                    assertTrue(reader.isHigh());
                }
            }
        }
    }

    @Test
    void shouldFindAWireThatIsOpenedAnew() throws IOException {
        for (int start = 0; start < 3; start++) {
            assertFalse(seen.next());
            try (EdgeWire wire = EdgeWire.open(path)) {
                awaitReader(wire, seen);
                wire.set(true);
                awaitEdge(seen);
            }
            assertFalse(isHigh());
            assertFalse(Files.exists(path));
        }
    }

    @Test
    void shouldReplaceWhatAKilledBoardLeftAndNothingElse() throws IOException {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(path));
        try (EdgeWire _ = EdgeWire.open(path)) {
            IOException taken = assertThrows(IOException.class, () -> EdgeWire.open(path));
            assertTrue(taken.getMessage().contains("another process drives"), taken.getMessage());
        }
        Files.writeString(path, "kept");
        assertThrows(IOException.class, () -> EdgeWire.open(path));
        assertEquals("kept", Files.readString(path));
    }
}
