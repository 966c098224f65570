package io.spikelet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.spikelet.hal.events.EventBuffer;
import io.spikelet.hal.events.EventCells;
import io.spikelet.hal.events.EventFrames;
import io.spikelet.hal.events.EventGrid;
import io.spikelet.hal.events.EventSink;
import io.spikelet.hal.events.EventSource;
import io.spikelet.hal.events.EventWindows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class EventAllocationTest {
    private static final int SIDE = 34;

    /** A sensor without end: an event each µs, along the diagonals. */
    private static final class Diagonals implements EventSource {
        private long micros;

        @Override
        public int poll(EventBuffer into, int timeoutMillis) {
            int room = into.room();
            for (int i = 0; i < room; i++, micros++) {
                into.add(micros, (int) (micros % SIDE), (int) (micros / SIDE % SIDE), (int) (micros & 1));
            }
            return room;
        }

        @Override
        public int width() {
            return SIDE;
        }

        @Override
        public int height() {
            return SIDE;
        }

        @Override
        public String name() {
            return "diagonals";
        }

        @Override
        public void close() {}
    }

    /** The least of several runs, since the virtual machine now and then allocates for its own ends in any thread. */
    private static long leastAllocatedBytes(EventWindows windows, EventSink into, Runnable clear) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 20; run++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                for (int window = 0; window < 100; window++) {
                    windows.next(into, 0);
                    clear.run();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void shouldAllocateNothingOnceMadeWhenWindowsBecomeFrames() {
        EventSource source = new Diagonals();
        EventFrames frames = new EventFrames(EventGrid.whole(source), 1, 255);
        EventWindows byTime = EventWindows.everyMicros(source, 1500);
        assertEquals(0, leastAllocatedBytes(byTime, frames, frames::clear));
        EventWindows byCount = EventWindows.everyEvents(source, 1500);
        assertEquals(0, leastAllocatedBytes(byCount, frames, frames::clear));
    }

    @Test
    void shouldAllocateNothingOnceMadeWhenWindowsBecomeSteps() {
        EventSource source = new Diagonals();
        EventCells cells = new EventCells(EventGrid.whole(source), 2000);
        assertEquals(0, leastAllocatedBytes(EventWindows.everyMicros(source, 1500), cells, cells::clear));
    }

    @Test
    void shouldAllocateNothingOnceGrownWhenWindowsBecomeEvents() {
        EventBuffer events = new EventBuffer(2000);
        assertEquals(0, leastAllocatedBytes(EventWindows.everyMicros(new Diagonals(), 1500), events, events::clear));
    }
}
