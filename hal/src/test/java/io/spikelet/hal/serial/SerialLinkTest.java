package io.spikelet.hal.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SerialLinkTest {
    private static final int BAUD = 115_200;

    @Test
    void shouldCarryAMegabyteUnalteredEachWayAtTheSameTime() throws Exception {
        byte[] toTheRight = random(1, 1 << 20);
        byte[] toTheLeft = random(2, 1 << 20);
        try (SerialCable cable = SerialCable.open();
                SerialLink left = SerialLink.open(cable.left(), BAUD);
                SerialLink right = SerialLink.open(cable.right(), BAUD)) {
            CompletableFuture<Void> writingRight = writing(left, toTheRight);
            CompletableFuture<Void> writingLeft = writing(right, toTheLeft);
            CompletableFuture<byte[]> atTheLeft =
                    CompletableFuture.supplyAsync(() -> readAll(left, toTheLeft.length), Runnable::run);
            assertArrayEquals(toTheLeft, atTheLeft.get(50, TimeUnit.SECONDS));
            assertArrayEquals(toTheRight, readAll(right, toTheRight.length));
            writingRight.get(50, TimeUnit.SECONDS);
            writingLeft.get(50, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldCarryEveryByteValueAsItIs() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (SerialCable cable = SerialCable.open();
                SerialLink left = SerialLink.open(cable.left(), BAUD);
                SerialLink right = SerialLink.open(cable.right(), BAUD)) {
            left.write(all, 0, all.length);
            assertArrayEquals(all, readAll(right, all.length));
        }
    }

    @Test
    void shouldWriteOnlyTheNamedPartOfTheBytes() throws Exception {
        try (SerialCable cable = SerialCable.open();
                SerialLink left = SerialLink.open(cable.left(), BAUD);
                SerialLink right = SerialLink.open(cable.right(), BAUD)) {
            left.write(new byte[] {1, 2, 3, 4, 5}, 1, 3);
            assertArrayEquals(new byte[] {2, 3, 4}, readAll(right, 3));
            assertEquals(0, right.read(new byte[8], 20));
        }
    }

    @Test
    void shouldReturnNothingWhenNothingCameInTime() throws Exception {
        try (SerialCable cable = SerialCable.open();
                SerialLink left = SerialLink.open(cable.left(), BAUD)) {
            assertEquals(0, left.read(new byte[8], 0));
            assertEquals(0, left.read(new byte[8], 5));
            assertEquals(0, left.read(new byte[8], 250));
        }
    }

    @Test
    void shouldOpenALinkToADevice(@TempDir Path folder) throws Exception {
        try (SerialCable cable = SerialCable.open()) {
            Path link = Files.createSymbolicLink(folder.resolve("board"), Path.of(cable.left()));
            try (SerialLink left = SerialLink.open(link.toString(), BAUD);
                    SerialLink right = SerialLink.open(cable.right(), BAUD)) {
                assertEquals(link.toString(), left.name());
                right.write(new byte[] {42}, 0, 1);
                assertArrayEquals(new byte[] {42}, readAll(left, 1));
            }
        }
    }

    @Test
    void shouldThrowWhenTheOtherEndHangsUpBeforeARead() throws Exception {
        SerialCable cable = SerialCable.open();
        try (SerialLink left = SerialLink.open(cable.left(), BAUD)) {
            cable.close();
            for (int timeout : new int[] {0, 5, 1000}) {
                IOException gone = assertThrows(IOException.class, () -> left.read(new byte[8], timeout));
                assertEquals(
                        "the other end of the serial line " + cable.left()
                                + " is gone; plug it in and open the line again",
                        gone.getMessage());
            }
            assertThrows(IOException.class, () -> left.write(new byte[] {1}, 0, 1));
        }
    }

    @Test
    void shouldThrowWhenTheOtherEndHangsUpDuringARead() throws Exception {
        SerialCable cable = SerialCable.open();
        try (SerialLink left = SerialLink.open(cable.left(), BAUD)) {
            CompletableFuture<Throwable> reading = CompletableFuture.supplyAsync(
                    () -> assertThrows(IOException.class, () -> left.read(new byte[8], 30_000)));
            cable.close();
            assertTrue(reading.get(20, TimeUnit.SECONDS).getMessage().contains("is gone"));
        }
    }

    @Test
    void shouldThrowWhenTheLineDoesNotTakeTheBytesBeforeTheDeadline() throws Exception {
        try (SerialCable cable = SerialCable.open();
                SerialLink left = SerialLink.open(cable.left(), 100_000_000)) {
            // Nobody reads the right end, so the buffers on the way fill up and stay full.
            byte[] tooMuch = new byte[4 << 20];
            IOException stuck = assertThrows(IOException.class, () -> left.write(tooMuch, 0, tooMuch.length));
            assertTrue(stuck.getMessage().contains("before the deadline"), stuck.getMessage());
            assertThrows(IOException.class, () -> left.write(tooMuch, 0, 1));
            Thread writer = writerThread(cable.left());
            if (writer != null) {
                writer.join(20_000);
                assertFalse(writer.isAlive(), "the stuck write outlived the close");
            }
        }
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoSuchDevice() {
        LinkUnavailableException missing = assertThrows(
                LinkUnavailableException.class,
                () -> SerialLink.open("/dev/ttyNOSUCH7", BAUD).close());
        assertEquals(
                "no serial device at /dev/ttyNOSUCH7; plug the board in or give another path", missing.getMessage());
    }

    @Test
    void shouldSayThatAFileIsNoSerialDevice(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("notes"), "hello");
        LinkUnavailableException refused = assertThrows(
                LinkUnavailableException.class,
                () -> SerialLink.open(file.toString(), BAUD).close());
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertEquals("hello", Files.readString(file));
    }

    @Test
    void shouldSayThatTheLineIsInUse() throws Exception {
        try (SerialCable cable = SerialCable.open();
                SerialLink first = SerialLink.open(cable.left(), BAUD)) {
            LinkUnavailableException busy = assertThrows(
                    LinkUnavailableException.class,
                    () -> SerialLink.open(cable.left(), BAUD).close());
            assertTrue(
                    busy.getMessage().startsWith("the serial line " + cable.left() + " is in use"), busy.getMessage());
            try (SerialLink right = SerialLink.open(cable.right(), BAUD)) {
                right.write(new byte[] {7}, 0, 1);
                assertArrayEquals(new byte[] {7}, readAll(first, 1));
            }
        }
    }

    @Test
    void shouldOpenAgainAfterAClose() throws Exception {
        try (SerialCable cable = SerialCable.open();
                SerialLink right = SerialLink.open(cable.right(), BAUD)) {
            for (byte round = 0; round < 3; round++) {
                try (SerialLink left = SerialLink.open(cable.left(), BAUD)) {
                    right.write(new byte[] {round}, 0, 1);
                    assertArrayEquals(new byte[] {round}, readAll(left, 1));
                }
            }
        }
    }

    @Test
    void shouldRefuseAReadOrAWriteAfterTheClose() throws Exception {
        try (SerialCable cable = SerialCable.open()) {
            SerialLink left = SerialLink.open(cable.left(), BAUD);
            left.close();
            left.close();
            assertThrows(IOException.class, () -> left.read(new byte[1], 0));
            assertThrows(IOException.class, () -> left.write(new byte[1], 0, 1));
        }
    }

    @Test
    void shouldRefuseValuesThatMeanNothing() {
        assertThrows(
                IllegalArgumentException.class, () -> SerialLink.open("", BAUD).close());
        assertThrows(
                IllegalArgumentException.class,
                () -> SerialLink.open("/dev/null", 0).close());
    }

    private static Thread writerThread(String path) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("serial-writer " + path))
                .findAny()
                .orElse(null);
    }

    private static CompletableFuture<Void> writing(SerialLink link, byte[] bytes) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                int chunk = 4096;
                for (int offset = 0; offset < bytes.length; offset += chunk) {
                    link.write(bytes, offset, Math.min(chunk, bytes.length - offset));
                }
                done.complete(null);
            } catch (IOException failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    private static byte[] readAll(SerialLink link, int length) {
        byte[] all = new byte[length];
        byte[] buffer = new byte[8192];
        int done = 0;
        try {
            while (done < length) {
                int count = link.read(buffer, 20_000);
                if (count == 0) {
                    return Arrays.copyOf(all, done);
                }
                System.arraycopy(buffer, 0, all, done, Math.min(count, length - done));
                done += count;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return all;
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
