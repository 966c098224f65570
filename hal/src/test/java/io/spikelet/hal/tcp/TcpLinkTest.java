package io.spikelet.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpLinkTest {
    private static final String HERE = "127.0.0.1";

    private TcpListener listener;
    private TcpLink left;
    private TcpLink right;

    @BeforeEach
    void connect() throws IOException {
        listener = TcpListener.open(HERE, 0);
        left = TcpLink.connect(HERE, listener.port(), 10_000);
        right = listener.accept(10_000);
    }

    @AfterEach
    void close() throws IOException {
        left.close();
        right.close();
        listener.close();
    }

    @Test
    void shouldCarryAMegabyteUnalteredEachWayAtTheSameTime() throws Exception {
        byte[] toTheRight = random(1);
        byte[] toTheLeft = random(2);
        CompletableFuture<Void> writingRight = writing(left, toTheRight);
        CompletableFuture<Void> writingLeft = writing(right, toTheLeft);
        CompletableFuture<byte[]> atTheLeft = CompletableFuture.supplyAsync(() -> readAll(left, toTheLeft.length));
        assertArrayEquals(toTheRight, readAll(right, toTheRight.length));
        assertArrayEquals(toTheLeft, atTheLeft.get(50, TimeUnit.SECONDS));
        writingRight.get(50, TimeUnit.SECONDS);
        writingLeft.get(50, TimeUnit.SECONDS);
    }

    @Test
    void shouldReturnNothingWhenNothingCameInTime() throws IOException {
        assertEquals(0, left.read(new byte[8], 0));
        assertEquals(0, left.read(new byte[8], 20));
        assertNull(listener.accept(20));
    }

    @Test
    void shouldGiveWhatWasSentBeforeTheOtherEndHungUpAndThenThrow() throws IOException {
        left.write(new byte[] {1, 2, 3}, 1, 2);
        left.close();
        assertArrayEquals(new byte[] {2, 3}, readAll(right, 2));
        IOException gone = assertThrows(IOException.class, () -> right.read(new byte[8], 10_000));
        assertEquals("the other end of " + right.name() + " is gone; connect again", gone.getMessage());
    }

    @Test
    void shouldThrowWhenTheOtherEndDoesNotTakeTheBytesBeforeTheDeadline() {
        byte[] tooMuch = new byte[64 << 20];
        IOException stuck = assertThrows(IOException.class, () -> left.write(tooMuch, 0, tooMuch.length));
        assertTrue(stuck.getMessage().contains("before the deadline"), stuck.getMessage());
        assertThrows(IOException.class, () -> left.write(tooMuch, 0, 1));
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        int port = listener.port();
        listener.close();
        LinkUnavailableException nobody =
                assertThrows(LinkUnavailableException.class, () -> TcpLink.connect(HERE, port, 10_000));
        assertEquals(
                "nothing answers at tcp:127.0.0.1:" + port + "; start the process that listens there",
                nobody.getMessage());
    }

    @Test
    void shouldSayThatThePortIsTaken() {
        IOException taken = assertThrows(IOException.class, () -> TcpListener.open(HERE, listener.port()));
        assertEquals("cannot listen on 127.0.0.1:" + listener.port() + "; choose another port", taken.getMessage());
    }

    @Test
    void shouldRefuseAReadOrAWriteAfterTheClose() throws IOException {
        left.close();
        left.close();
        assertThrows(IOException.class, () -> left.read(new byte[1], 10));
        assertThrows(IOException.class, () -> left.write(new byte[1], 0, 1));
    }

    @Test
    void shouldRefuseValuesThatMeanNothing() {
        assertThrows(IllegalArgumentException.class, () -> left.read(new byte[0], 0));
        assertThrows(IllegalArgumentException.class, () -> left.read(new byte[1], -1));
        assertThrows(IllegalArgumentException.class, () -> TcpLink.connect(HERE, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> listener.accept(0));
    }

    private static byte[] random(long seed) {
        byte[] bytes = new byte[1 << 20];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static CompletableFuture<Void> writing(TcpLink link, byte[] bytes) {
        return CompletableFuture.runAsync(() -> {
            try {
                link.write(bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static byte[] readAll(TcpLink link, int length) {
        byte[] all = new byte[length];
        byte[] part = new byte[8192];
        try {
            for (int done = 0; done < length; ) {
                int count = link.read(part, 10_000);
                System.arraycopy(part, 0, all, done, count);
                done += count;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }
}
