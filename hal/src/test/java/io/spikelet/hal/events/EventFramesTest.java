package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.events.EventWindows.Cut;
import io.spikelet.hal.sim.MemoryEvents;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventFramesTest {
    private static final EventGrid SMALL = new EventGrid(0, 0, 1, 3, 2);

    @Test
    void shouldPutOffBeforeOnAndRowsBeforeColumns() {
        EventFrames frames = new EventFrames(SMALL, 1, 255);
        EventBuffer events = Recordings.of(
                new long[] {0, 2, 0, 0}, new long[] {0, 0, 1, 0}, new long[] {0, 1, 1, 1}, new long[] {0, 1, 1, 1});
        frames.take(events, 0, 4);
        assertArrayEquals(new byte[] {0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 2, 0}, frames.counts());
    }

    @Test
    void shouldClipAtTheMaximum() {
        EventBuffer events = new EventBuffer(300);
        for (int i = 0; i < 300; i++) {
            events.add(i, 0, 0, 0);
        }
        for (int maximum : new int[] {1, 127, 128, 255}) {
            EventFrames frames = new EventFrames(SMALL, 1, maximum);
            frames.take(events, 0, 300);
            assertEquals(maximum, frames.counts()[0] & 0xff);
        }
    }

    @Test
    void shouldCropAndScaleDown() {
        EventGrid grid = new EventGrid(10, 20, 4, 3, 2);
        assertEquals(12, grid.cells());
        assertEquals(0, grid.cell(10, 20, 0));
        assertEquals(0, grid.cell(13, 23, 0));
        assertEquals(1, grid.cell(14, 20, 0));
        assertEquals(11, grid.cell(21, 27, 1));
        for (int[] outside : new int[][] {{9, 20}, {10, 19}, {22, 20}, {10, 28}, {0, 0}}) {
            assertEquals(-1, grid.cell(outside[0], outside[1], 0));
        }
    }

    @Test
    void shouldSplitARecordingIntoEqualTimesWhateverTheOrder() {
        EventFrames frames = new EventFrames(SMALL, 4, 255);
        frames.split(Recordings.of(
                new long[] {107, 0, 0, 0},
                new long[] {100, 0, 0, 0},
                new long[] {101, 0, 0, 0},
                new long[] {102, 0, 0, 0},
                new long[] {103, 0, 0, 0}));
        assertEquals(2, frames.counts()[0]);
        assertEquals(2, frames.counts()[12]);
        assertEquals(0, frames.counts()[24]);
        assertEquals(1, frames.counts()[36]);
    }

    @Test
    void shouldSplitTheLongestRecordingIntoTheMostFrames() {
        EventFrames frames = new EventFrames(SMALL, EventFrames.MAX_FRAMES, 255);
        frames.split(Recordings.of(new long[] {EventBuffer.MAX_MICROS, 0, 0, 0}, new long[] {0, 0, 0, 0}));
        assertEquals(1, frames.counts()[0]);
        assertEquals(1, frames.counts()[(EventFrames.MAX_FRAMES - 1) * 12]);
        frames.split(new EventBuffer(1));
        assertArrayEquals(new byte[frames.counts().length], frames.counts());
    }

    @Test
    void shouldFillOneFrameAWindowAndGoOnWhereItStopped() throws IOException {
        EventBuffer events = new EventBuffer(7);
        for (int i = 0; i < 7; i++) {
            events.add(i, 0, 0, 0);
        }
        EventWindows windows = EventWindows.everyEvents(new MemoryEvents(events, 3, 2), 1);
        EventFrames frames = new EventFrames(SMALL, 3, 255);
        for (Cut expected : new Cut[] {Cut.FULL, Cut.FULL, Cut.END}) {
            frames.clear();
            assertEquals(expected, frames.fill(windows, 0));
            assertEquals(1, frames.counts()[0]);
            assertEquals(expected == Cut.FULL ? 1 : 0, frames.counts()[12]);
            assertEquals(expected == Cut.FULL ? 1 : 0, frames.counts()[24]);
        }
    }

    @Test
    void shouldListTheActiveCellsOfAStepAndCountWhatIsBeyondTheLimit() {
        EventCells cells = new EventCells(SMALL, 2);
        EventBuffer events = Recordings.of(
                new long[] {0, 9, 9, 0}, new long[] {0, 2, 1, 1}, new long[] {0, 2, 1, 1}, new long[] {0, 0, 0, 0});
        cells.take(events, 0, 4);
        assertArrayEquals(new int[] {11, 11}, Arrays.copyOf(cells.cells(), cells.size()));
        assertEquals(1, cells.dropped());
        cells.clear();
        cells.take(events, 3, 4);
        assertEquals(1, cells.size());
        assertEquals(0, cells.cells()[0]);
    }

    @Test
    void shouldRefuseValuesThatMeanNothing() {
        assertThrows(IllegalArgumentException.class, () -> new EventFrames(SMALL, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new EventFrames(SMALL, 1025, 1));
        assertThrows(IllegalArgumentException.class, () -> new EventFrames(SMALL, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new EventFrames(SMALL, 1, 256));
        assertThrows(IllegalArgumentException.class, () -> new EventFrames(new EventGrid(0, 0, 1, 2048, 2048), 33, 1));
        assertThrows(IllegalArgumentException.class, () -> new EventGrid(0, 0, 1, 32768, 32768));
        assertThrows(IllegalArgumentException.class, () -> new EventGrid(0, 0, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new EventGrid(-1, 0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new EventCells(SMALL, 0));
        EventFrames frames = new EventFrames(SMALL, 2, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> frames.select(2));
    }
}
