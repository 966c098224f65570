package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real recordings, against what src/test/golden/make_golden_events.py (numpy) found in them. */
class GoldenEventsTest {
    private static final Path FILE = Path.of("src/test/golden/golden_events.csv");
    private static final int EVENT_BYTES = 13;

    static List<String> recordings() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        return lines.stream()
                .filter(line -> line.contains("/"))
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static EventBuffer read(String[] cells) throws IOException {
        try (EventSource source = SharedRecordings.open(cells[0])) {
            assertEquals(Integer.parseInt(cells[1]), source.width());
            assertEquals(Integer.parseInt(cells[2]), source.height());
            return Recordings.readAll(source);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void shouldFindTheSameEvents(String row) throws IOException {
        String[] cells = row.split(",");
        EventBuffer events = read(cells);
        assertEquals(Integer.parseInt(cells[3]), events.size());
        assertEquals(String.join("/", List.of(cells).subList(4, 8)), event(events, 0));
        assertEquals(String.join("/", List.of(cells).subList(8, 12)), event(events, events.size() - 1));
        CRC32 crc = new CRC32();
        ByteBuffer packed = ByteBuffer.allocate(EVENT_BYTES);
        for (int i = 0; i < events.size(); i++) {
            packed.clear();
            packed.putLong(events.micros(i)).putShort((short) events.x(i)).putShort((short) events.y(i));
            packed.put((byte) events.polarity(i));
            crc.update(packed.array());
        }
        assertEquals(cells[12], "%08x".formatted(crc.getValue()));
    }

    private static String event(EventBuffer events, int event) {
        return events.micros(event) + "/" + events.x(event) + "/" + events.y(event) + "/" + events.polarity(event);
    }

    private static EventGrid grid(String[] cells) {
        return new EventGrid(
                0, 0, Integer.parseInt(cells[13]), Integer.parseInt(cells[14]), Integer.parseInt(cells[15]));
    }

    private static void assertFrames(String[] cells, int column, EventFrames frames) {
        long sum = 0;
        for (byte count : frames.counts()) {
            sum += count & 0xff;
        }
        CRC32 crc = new CRC32();
        crc.update(frames.counts());
        assertEquals(cells[column] + "," + cells[column + 1], sum + "," + "%08x".formatted(crc.getValue()));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void shouldSplitIntoTheSameFrames(String row) throws IOException {
        String[] cells = row.split(",");
        EventFrames frames = new EventFrames(grid(cells), 8, 255);
        frames.split(read(cells));
        assertFrames(cells, 16, frames);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void shouldCutIntoTheSameWindows(String row) throws IOException {
        String[] cells = row.split(",");
        EventFrames frames = new EventFrames(grid(cells), 3, 255);
        try (EventSource source = SharedRecordings.open(cells[0])) {
            assertEquals(EventWindows.Cut.FULL, frames.fill(EventWindows.everyMicros(source, 10_000), 0));
        }
        assertFrames(cells, 18, frames);
        frames.clear();
        try (EventSource source = SharedRecordings.open(cells[0])) {
            assertEquals(EventWindows.Cut.FULL, frames.fill(EventWindows.everyEvents(source, 1000), 0));
        }
        assertFrames(cells, 20, frames);
    }
}
