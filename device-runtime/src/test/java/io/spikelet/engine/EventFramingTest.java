package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.events.EventFiles;
import io.spikelet.hal.events.EventFormatException;
import io.spikelet.hal.events.EventGrid;
import io.spikelet.hal.events.EventSource;
import io.spikelet.model.Encoder;
import io.spikelet.model.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Recordings of N-MNIST's format on 2 x 1 pixels, counted by hand. */
class EventFramingTest {
    private static final Shape TWO_PIXELS = new Shape(2, 1, 2);

    /** At 0, 10, 20 and 39 µs: OFF on the left three times, ON on the right. */
    private static final int[][] FOUR_EVENTS = {{0, 0, 0}, {10, 0, 0}, {20, 0, 0}, {39, 1, 1}};

    @Test
    void shouldSplitAWholeRecordingIntoEqualTimes() throws Exception {
        // 40 µs in two halves: OFF left, OFF right, ON left, ON right of each
        assertArrayEquals(new byte[] {2, 0, 0, 0, 1, 0, 0, 1}, framed(Encoder.Window.TIME, 0, 2, 255));
    }

    @Test
    void shouldClipCountsAtTheInputsMaximum() throws Exception {
        assertArrayEquals(new byte[] {2, 0, 0, 1}, framed(Encoder.Window.TIME, 0, 1, 2));
    }

    @Test
    void shouldCutByTimeAndLeaveOutWhatComesAfterTheLastFrame() throws Exception {
        assertArrayEquals(new byte[] {1, 0, 0, 0, 1, 0, 0, 0}, framed(Encoder.Window.TIME, 10, 2, 255));
    }

    @Test
    void shouldCutByCountAndLeaveFramesEmptyWhereARecordingIsTooShort() throws Exception {
        assertArrayEquals(new byte[] {3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}, framed(Encoder.Window.COUNT, 3, 3, 255));
    }

    @Test
    void shouldWriteFromAnOffsetOverWhatWasThere() throws Exception {
        byte[] bytes = new byte[6];
        Arrays.fill(bytes, (byte) 9);
        framing(Encoder.Window.TIME, 0, 1, 255).frame(recording(FOUR_EVENTS), bytes, 1);
        assertArrayEquals(new byte[] {9, 3, 0, 0, 1, 9}, bytes);
    }

    @Test
    void shouldCropFromTheMiddleInCellsAsLargeAsFit() {
        EventFraming framing =
                new EventFraming(new Encoder.EventFrames(Encoder.Window.TIME, 0), new Shape(2, 16, 32), 1, 255);
        assertEquals(new EventGrid(1, 9, 1, 32, 16), framing.grid(34, 34));
        assertEquals(new EventGrid(0, 13, 20, 32, 16), framing.grid(640, 346));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> framing.grid(31, 34))
                .getMessage()
                .contains("31x34 pixels is smaller than the network's frames of 32x16"));
    }

    @Test
    void shouldRefuseWhatIsNoEventFrame() {
        Encoder.EventFrames whole = new Encoder.EventFrames(Encoder.Window.TIME, 0);
        assertRefused("2 polarities and the network's input is 3x1x2", whole, new Shape(3, 1, 2), 1, 255);
        assertRefused("maximum=0", whole, TWO_PIXELS, 1, 0);
        assertRefused("maximum=256", whole, TWO_PIXELS, 1, 256);
        assertRefused("timeSteps=1025", whole, TWO_PIXELS, 1025, 255);
        assertRefused("size=0", new Encoder.EventFrames(Encoder.Window.COUNT, 0), TWO_PIXELS, 1, 255);
    }

    @Test
    void shouldPassOnWhatTheRecordingRefuses() throws Exception {
        byte[] cut = new byte[7];
        try (EventSource source = EventFiles.readNmnist("cut.bs2", new ByteArrayInputStream(cut), 2, 1)) {
            EventFraming framing = framing(Encoder.Window.TIME, 0, 1, 255);
            assertThrows(EventFormatException.class, () -> framing.frame(source, new byte[4], 0));
        }
    }

    private static void assertRefused(
            String sentence, Encoder.EventFrames encoder, Shape input, int timeSteps, int maximum) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new EventFraming(encoder, input, timeSteps, maximum));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    private static EventFraming framing(Encoder.Window window, int size, int timeSteps, int maximum) {
        return new EventFraming(new Encoder.EventFrames(window, size), TWO_PIXELS, timeSteps, maximum);
    }

    private static byte[] framed(Encoder.Window window, int size, int timeSteps, int maximum) throws IOException {
        EventFraming framing = framing(window, size, timeSteps, maximum);
        byte[] bytes = new byte[framing.sampleBytes()];
        framing.frame(recording(FOUR_EVENTS), bytes, 0);
        return bytes;
    }

    private static EventSource recording(int[][] events) throws IOException {
        byte[] bytes = new byte[5 * events.length];
        for (int i = 0; i < events.length; i++) {
            bytes[5 * i] = (byte) events[i][1];
            bytes[5 * i + 2] = (byte) (events[i][2] << 7);
            bytes[5 * i + 4] = (byte) events[i][0];
        }
        return EventFiles.readNmnist("four events", new ByteArrayInputStream(bytes), 2, 1);
    }
}
