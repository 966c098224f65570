package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.MemoryEvents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventFilesTest {
    @Nested
    class OfEventStreamDvs extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) throws IOException {
            return Recordings.open(Recordings.Format.EVENT_STREAM_DVS.write(events));
        }
    }

    @Nested
    class OfEventStreamAtis extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) throws IOException {
            return Recordings.open(Recordings.Format.EVENT_STREAM_ATIS.write(events));
        }
    }

    @Nested
    class OfEvt2 extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) throws IOException {
            return Recordings.open(Recordings.Format.EVT2.write(events));
        }
    }

    @Nested
    class OfNmnist extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) throws IOException {
            return Recordings.open(Recordings.Format.NMNIST.write(events));
        }
    }

    @Nested
    class OfAedat2 extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) throws IOException {
            return Recordings.open(Recordings.Format.AEDAT2.write(events));
        }
    }

    @Nested
    class OfAedat2FromADavis extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) throws IOException {
            return Recordings.open(Recordings.Format.AEDAT2_DAVIS.write(events));
        }
    }

    @Nested
    class OfAedat3 extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) throws IOException {
            return Recordings.open(Recordings.Format.AEDAT3.write(events));
        }
    }

    @Nested
    class InMemory extends EventSourceContract {
        @Override
        protected EventSource open(EventBuffer events) {
            return new MemoryEvents(events, 34, 34);
        }
    }

    @ParameterizedTest
    @EnumSource(Recordings.Format.class)
    void shouldTellTheFormatByTheBytesAndNotByTheName(Recordings.Format format, @TempDir Path folder) throws Exception {
        EventBuffer events = Recordings.random(1, 100);
        Path file = Files.write(folder.resolve("recording.txt"), format.write(events));
        try (EventSource source = EventFiles.open(file)) {
            assertEquals(file.toString(), source.name());
            assertEquals(Recordings.text(events), Recordings.text(Recordings.readAll(source)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Event Stream\\2\\0\\0\\0       | holds generic events, which are no brightness changes
        Event Stream\\2\\0\\0\\3       | holds display events
        Event Stream\\2\\0\\0\\4       | holds colour events
        Event Stream\\2\\0\\0\\7       | holds events of the unknown type 7
        Event Stream\\1\\3\\0\\1       | is Event Stream 1.3, this reader knows 2.x
        Event Stream\\2\\0\\0\\1\\0\\0\\1\\0 | has a sensor of 0 x 1 pixels
        % evt 3.0\\n               | is encoded as evt3.0, this reader knows EVT 2.0
        % format EVT21;width=1280;height=720\\n | is encoded as evt21
        % Date 2020\\n             | names no encoding
        % evt 2.0\\n% geometry 9999x1\\n | which EVT 2.0 cannot address
        #!AER-DAT4.0\\r\\n          | is AEDAT 4.0, this reader knows 2.0 and 3.1
        #!AER-DAT2.0\\r\\n# AEChip: Cochlea\\r\\n | is of the chip cochlea
        #!AER-DAT3.1\\r\\n#Format: PNG\\r\\n | has packets in the format PNG, this reader knows RAW
        hello world              | is no event recording
        ''                       | is no event recording
        """)
    void shouldSayInOneSentenceWhatItDoesNotRead(String escaped, String sentence) {
        byte[] bytes = unescaped(escaped == null ? "" : escaped);
        AtomicBoolean closed = new AtomicBoolean();
        EventFormatException refused = assertThrows(
                EventFormatException.class,
                () -> EventFiles.read("there", new ByteArrayInputStream(bytes) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                }));
        assertTrue(
                refused.getMessage().startsWith("there: ")
                        && refused.getMessage().contains(sentence)
                        && refused.getMessage().endsWith(" (at byte " + refused.offset() + ")"),
                refused.getMessage());
        assertEquals("there", refused.source());
        assertTrue(closed.get(), "the stream was left open");
    }

    private static byte[] unescaped(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                c = escaped.charAt(++i);
                c = c == 'n' ? '\n' : c == 'r' ? '\r' : (char) (c - '0');
            }
            text.append(c);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldLeaveAMissingFileToTheFileSystemsOwnException(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> EventFiles.open(folder.resolve("nothing.es")));
    }

    @Test
    void shouldReadNmnistsFormatOfAnotherSensorWhenToldItsSize() throws Exception {
        byte[] bytes = {(byte) 239, (byte) 179, (byte) 0x80, 0, 1};
        EventSource source = EventFiles.readNmnist("caltech", new ByteArrayInputStream(bytes), 240, 180);
        assertEquals("1/239/179/1\n", Recordings.text(Recordings.readAll(source)));
        EventSource small = EventFiles.readNmnist("caltech", new ByteArrayInputStream(bytes), 239, 180);
        EventFormatException outside =
                assertThrows(EventFormatException.class, () -> small.poll(new EventBuffer(9), 0));
        assertTrue(
                outside.getMessage().contains("x 239, y 179 lies outside the sensor's 239 x 180 pixels"),
                outside.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> EventFiles.readNmnist("none", new ByteArrayInputStream(bytes), 257, 1));
    }
}
