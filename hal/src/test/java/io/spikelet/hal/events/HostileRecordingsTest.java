package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes are, a reader gives events within its geometry or the one exception. */
class HostileRecordingsTest {
    /** Reads all there is. */
    private static EventBuffer survive(byte[] bytes) throws IOException {
        EventBuffer into = new EventBuffer(1 << 16);
        try (EventSource source = Recordings.open(bytes)) {
            try {
                while (source.poll(into, 0) > 0 && into.room() > 0) {
                    continue;
                }
            } catch (EventFormatException refused) {
                assertTrue(refused.offset() >= 0 && refused.offset() <= bytes.length, refused.getMessage());
            }
            for (int i = 0; i < into.size(); i++) {
                assertTrue(into.x(i) < source.width() && into.y(i) < source.height());
            }
        } catch (EventFormatException refused) {
            assertTrue(refused.offset() >= 0 && refused.offset() <= bytes.length, refused.getMessage());
        }
        return into;
    }

    @ParameterizedTest
    @EnumSource(Recordings.Format.class)
    void shouldGiveNoOtherEventsWhenCutAtAnyByte(Recordings.Format format) throws IOException {
        EventBuffer events = Recordings.random(1, 110);
        byte[] whole = format.write(events);
        for (int length = 0; length < whole.length; length++) {
            String given = Recordings.text(survive(Arrays.copyOf(whole, length)));
            assertTrue(Recordings.text(events).startsWith(given), "cut at " + length);
        }
    }

    @ParameterizedTest
    @EnumSource(Recordings.Format.class)
    void shouldSurviveDamageAnywhere(Recordings.Format format) throws IOException {
        byte[] whole = format.write(Recordings.random(2, 60));
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            survive(damaged);
        }
    }

    @Test
    void shouldSurviveRandomBytesAfterEachBeginning() throws IOException {
        Random random = new Random(4);
        String[] beginnings = {
            "",
            "Event Stream\2\0\0\1",
            "Event Stream\2\0\0\2",
            "Event Stream",
            "%",
            "% evt 2.0\n% end\n",
            "#!AER-DAT",
            "#!AER-DAT2.0\r\n",
            "#!AER-DAT3.1\r\n#!END-HEADER\r\n",
            "#!AER-DAT3.1\r\n#!END-HEADER\r\n\1\0\0\0\10\0\0\0\4\0\0\0\0\0\0\0"
        };
        for (int round = 0; round < 10_000; round++) {
            byte[] beginning = beginnings[round % beginnings.length].getBytes(StandardCharsets.ISO_8859_1);
            byte[] bytes = Arrays.copyOf(beginning, beginning.length + random.nextInt(300));
            for (int i = beginning.length; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(256);
            }
            survive(bytes);
        }
    }

    @Test
    void shouldNotGatherAHeaderLineWithoutEnd() throws IOException {
        for (String beginning : new String[] {"%", "#!AER-DAT2.0\r\n#"}) {
            byte[] bytes = new byte[1 << 18];
            Arrays.fill(bytes, (byte) 'x');
            System.arraycopy(beginning.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, beginning.length());
            survive(bytes);
        }
    }
}
