package io.spikelet.smp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The golden frames were made by CPython 3.11's binascii.crc_hqx and base64:
 *
 * <pre>
 * raw = (len(m) + 2).to_bytes(2, 'big') + m + binascii.crc_hqx(m, 0).to_bytes(2, 'big')
 * b64 = base64.b64encode(raw)   # cut at 124 characters
 * </pre>
 */
class SerialFramesTest {

    /** Echo of "spikes" as an SMP v2 client writes it: sequence 0x42, group 0, command 0. */
    private static final byte[] SHORT = HexFormat.of().parseHex("0a00000a00004200a16164667370696b6573");

    private static final String SHORT_FRAME = "\n\u0006\tABQKAAAKAABCAKFhZGZzcGlrZXNsZA==\n";

    /** Echo of 149 digits: two lines. */
    private static final byte[] LONG = longEcho();

    private static final String LONG_FRAME = "\n"
        + "\u0006"
        + "\tAKQKAACaAABDAKFhZHiVMDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3\n"
        + "\u0004\u0014ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2NzhZkg==\n";

    private static byte[] longEcho() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(HexFormat.of().parseHex("0a00009a00004300a161647895"));
        message.writeBytes("0123456789".repeat(15).substring(0, 149).getBytes(US_ASCII));
        return message.toByteArray();
    }

    @Test
    void shouldAgreeWithTheCheckValueOfXmodem() {
        assertEquals(0x31C3, SerialFrames.crc16("123456789".getBytes(US_ASCII), 0, 9));
    }

    @Test
    void shouldFrameAsTheIndependentMakerDoes() {
        assertEquals(SHORT_FRAME, new String(SerialFrames.encode(SHORT), US_ASCII));
        assertEquals(LONG_FRAME, new String(SerialFrames.encode(LONG), US_ASCII));
    }

    @Test
    void shouldReadWhatTheIndependentMakerFramed() {
        assertMessages(feed(new SerialDeframer(4096), LONG_FRAME.getBytes(US_ASCII)), LONG);
    }

    @Test
    void shouldReadAWholeFrameOnOneLongLine() {
        String oneLine = LONG_FRAME.replace("\n\u0004\u0014", "").substring(1);
        assertMessages(feed(new SerialDeframer(4096), oneLine.getBytes(US_ASCII)), LONG);
    }

    @Test
    void shouldRefuseToFrameNothingOrTooMuch() {
        assertThrows(IllegalArgumentException.class, () -> SerialFrames.encode(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> SerialFrames.encode(new byte[SmpMessage.MAX_BYTES + 1]));
    }

    @Test
    void shouldKeepLinesShortAndMessagesWholeAtEverySize() {
        Random random = new Random(7);
        SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
        List<Integer> sizes = new ArrayList<>(List.of(4095, 4096, 4097, 65_000, SmpMessage.MAX_BYTES));
        for (int size = 1; size <= 600; size++) {
            sizes.add(size);
        }
        for (int size : sizes) {
            byte[] message = new byte[size];
            random.nextBytes(message);
            byte[] frame = SerialFrames.encode(message);
            for (String line : new String(frame, US_ASCII).split("\n", -1)) {
                assertTrue(line.length() < 127, () -> "a line of " + line.length());
            }
            assertMessages(feedInPieces(deframer, frame, random), message);
        }
        assertEquals(0, deframer.badFrames());
    }

    @Test
    void shouldFindEveryWholeFrameAmongNoise() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<byte[]> sent = new ArrayList<>();
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int i = 0; i < 5; i++) {
                line.writeBytes(noise(random));
                byte[] message = new byte[1 + random.nextInt(400)];
                random.nextBytes(message);
                sent.add(message);
                line.writeBytes(SerialFrames.encode(message));
            }
            SerialDeframer deframer = new SerialDeframer(400);
            assertMessages(feedInPieces(deframer, line.toByteArray(), random), sent.toArray(byte[][]::new));
        }
    }

    /** Text, a frame without its last bytes (more than its padding), a lone continuation, or any bytes at all. */
    private static byte[] noise(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "boot: ready\r\nm-ready\r\n".getBytes(US_ASCII);
            case 1 -> Arrays.copyOf(LONG_FRAME.getBytes(US_ASCII), 1 + random.nextInt(LONG_FRAME.length() - 6));
            case 2 -> "\u0004\u0014QUJD\n".getBytes(US_ASCII);
            case 3 -> "x".repeat(5000).getBytes(US_ASCII);
            default -> {
                byte[] any = new byte[random.nextInt(300)];
                random.nextBytes(any);
                yield any;
            }
        };
    }

    @Test
    void shouldNeverGiveAMessageWithAFlippedBit() {
        byte[] frame = SerialFrames.encode(LONG);
        for (int at = 0; at < frame.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = frame.clone();
                damaged[at] ^= (byte) (1 << bit);
                for (byte[] message : feed(new SerialDeframer(4096), damaged)) {
                    assertArrayEquals(LONG, message);
                }
            }
        }
    }

    @Test
    void shouldCountABadChecksumAndGoOn() {
        SerialDeframer deframer = new SerialDeframer(4096);
        assertMessages(feed(deframer, SHORT_FRAME.replace("sZA==", "sZQ==").getBytes(US_ASCII)));
        assertEquals(1, deframer.badFrames());
        assertMessages(feed(deframer, SHORT_FRAME.getBytes(US_ASCII)), SHORT);
    }

    @Test
    void shouldDropAMessageLargerThanItMayBe() {
        SerialDeframer deframer = new SerialDeframer(SHORT.length);
        assertMessages(feed(deframer, SerialFrames.encode(new byte[SHORT.length + 1])));
        assertEquals(1, deframer.badFrames());
        assertMessages(feed(deframer, SerialFrames.encode(SHORT)), SHORT);
    }

    @Test
    void shouldHandOnTextAndCommandsThatEndInPercent() {
        List<String> texts = new ArrayList<>();
        SerialDeframer deframer = new SerialDeframer(4096, texts::add);
        List<byte[]> messages =
                feed(deframer, ("\0name%db load 16%\r\nhello\r\n" + SHORT_FRAME + "results%").getBytes(US_ASCII));
        assertMessages(messages, SHORT);
        assertEquals(List.of("name%", "db load 16%", "hello", "results%"), texts);
    }

    @Test
    void shouldDropTextWithoutEndAndHearTheNextCommand() {
        List<String> texts = new ArrayList<>();
        SerialDeframer deframer = new SerialDeframer(4096, texts::add);
        feed(deframer, ("z".repeat(100_000) + "\ninfer 1 0%").getBytes(US_ASCII));
        assertEquals(1, deframer.droppedTexts());
        assertEquals(List.of("infer 1 0%"), texts);
    }

    @Test
    void shouldCutACommandThatIsTooLongSinceItsSenderWaits() {
        List<String> texts = new ArrayList<>();
        SerialDeframer deframer = new SerialDeframer(4096, texts::add);
        feed(deframer, ("z".repeat(100_000) + "%infer 1 0%").getBytes(US_ASCII));
        assertEquals(List.of("z".repeat(SerialDeframer.MAX_TEXT_BYTES - 1) + "%", "infer 1 0%"), texts);
    }

    @Test
    void shouldHearACommandThatFollowsTheBeginningOfAFrame() {
        List<String> texts = new ArrayList<>();
        SerialDeframer deframer = new SerialDeframer(4096, texts::add);
        feed(deframer, "\u0006\u0009QUJD\u0000name%\u0006\u0009profile%\u0004name%".getBytes(US_ASCII));
        assertEquals(List.of("QUJDname%", "profile%", "name%"), texts);
        assertEquals(2, deframer.badFrames());
        assertMessages(feed(deframer, SHORT_FRAME.getBytes(US_ASCII)), SHORT);
    }

    @Test
    void shouldForgetHalfAFrameWhenCleared() {
        SerialDeframer deframer = new SerialDeframer(4096);
        feed(deframer, LONG_FRAME.substring(0, 140).getBytes(US_ASCII));
        deframer.clear();
        assertMessages(feed(deframer, SHORT_FRAME.substring(1).getBytes(US_ASCII)), SHORT);
        assertEquals(0, deframer.badFrames());
    }

    private static List<byte[]> feed(SerialDeframer deframer, byte[] bytes) {
        return deframer.feed(bytes, 0, bytes.length);
    }

    private static List<byte[]> feedInPieces(SerialDeframer deframer, byte[] bytes, Random random) {
        List<byte[]> messages = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(200), bytes.length - at);
            messages.addAll(deframer.feed(bytes, at, length));
            at += length;
        }
        return messages;
    }

    private static void assertMessages(List<byte[]> found, byte[]... expected) {
        assertEquals(expected.length, found.size());
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], found.get(i));
        }
    }
}
