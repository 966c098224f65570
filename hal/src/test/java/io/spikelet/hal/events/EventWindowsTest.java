package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.events.EventWindows.Cut;
import io.spikelet.hal.sim.MemoryEvents;
import io.spikelet.hal.sim.MemoryLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventWindowsTest {
    private static MemoryEvents at(long... micros) {
        EventBuffer events = new EventBuffer(Math.max(1, micros.length));
        for (int i = 0; i < micros.length; i++) {
            events.add(micros[i], i, 0, 0);
        }
        return new MemoryEvents(events, 1 << 16, 1);
    }

    /** The windows up to the end, as the columns of their events and how each was cut. */
    private static String cut(EventWindows windows) throws IOException {
        List<String> all = new ArrayList<>();
        EventBuffer window = new EventBuffer(1 << 16);
        Cut cut;
        do {
            cut = windows.next(window, 0);
            StringBuilder columns = new StringBuilder();
            for (int i = 0; i < window.size(); i++) {
                columns.append(columns.isEmpty() ? "" : " ").append(window.x(i));
            }
            all.add(cut == Cut.FULL ? columns.toString() : cut == Cut.PARTIAL ? columns + "..." : cut.name());
            window.clear();
        } while (cut != Cut.END);
        return String.join("|", all);
    }

    @Test
    void shouldBeginWithTheFirstEventAndPutAnEventAtTheEndIntoTheNextWindow() throws IOException {
        assertEquals("0 1|2 3|4...|END", cut(EventWindows.everyMicros(at(5, 14, 15, 24, 25), 10)));
    }

    @Test
    void shouldGiveWindowsWithoutEventsForAGap() throws IOException {
        assertEquals("0|||1...|END", cut(EventWindows.everyMicros(at(0, 35), 10)));
    }

    @Test
    void shouldLeaveOutWhatLiesBeforeTheStart() throws IOException {
        EventWindows windows = EventWindows.everyMicros(at(7, 8, 12, 20), 8, 10);
        assertEquals(8, windows.begin());
        assertEquals("1 2|3...|END", cut(windows));
        assertEquals(1, windows.late());
    }

    @Test
    void shouldLeaveOutAndCountWhatComesWhenItsWindowIsGone() throws IOException {
        EventWindows windows = EventWindows.everyMicros(at(0, 5, 3, 11, 9, 12, 2, 25), 10);
        assertEquals("0 1 2|3 5|7...|END", cut(windows));
        assertEquals(2, windows.late());
    }

    @Test
    void shouldCutByCountAndSayWhatIsLeft() throws IOException {
        assertEquals("0 1|2 3|4...|END", cut(EventWindows.everyEvents(at(9, 8, 7, 6, 5), 2)));
        assertEquals("0 1|2 3|END", cut(EventWindows.everyEvents(at(0, 0, 0, 0), 2)));
        assertEquals("END", cut(EventWindows.everyEvents(at(), 2)));
        assertEquals("END", cut(EventWindows.everyMicros(at(), 2)));
    }

    @Test
    void shouldPutEveryEventIntoTheWindowThatTheEquationNames() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            EventBuffer events = Recordings.random(round, 1 + random.nextInt(3000));
            long length = 1 + random.nextInt(20_000);
            EventWindows windows = EventWindows.everyMicros(new MemoryEvents(events, 34, 34), length);
            EventBuffer window = new EventBuffer(3000);
            int seen = 0;
            for (long k = 0; windows.next(window, 0) != Cut.END; k++) {
                for (int i = 0; i < window.size(); i++, seen++) {
                    assertEquals(events.micros(seen), window.micros(i));
                    assertEquals(k, (window.micros(i) - events.micros(0)) / length);
                }
                window.clear();
            }
            assertEquals(events.size(), seen);
        }
    }

    @Test
    void shouldGoOnWithAWindowThatWasWaitedFor() throws IOException {
        MemoryLink[] link = MemoryLink.pair();
        LiveEventSender sender = new LiveEventSender(link[0]);
        EventBuffer events = Recordings.of(
                new long[] {1, 0, 0, 0}, new long[] {2, 1, 0, 0}, new long[] {11, 2, 0, 0}, new long[] {12, 3, 0, 0});
        EventWindows windows = EventWindows.everyMicros(new LiveEvents(link[1], 9, 9), 0, 10);
        EventBuffer window = new EventBuffer(9);
        sender.send(events, 0, 1);
        assertEquals(Cut.WAITING, windows.next(window, 0));
        sender.send(events, 1, 3);
        assertEquals(Cut.FULL, windows.next(window, 0));
        assertEquals(2, window.size());
        window.clear();
        assertEquals(Cut.WAITING, windows.next(window, 0));
        sender.send(events, 3, 4);
        sender.end();
        assertEquals(Cut.PARTIAL, windows.next(window, 0));
        assertEquals(2, window.size());
        assertEquals(Cut.END, windows.next(window, 0));
    }

    @Test
    void shouldRefuseValuesThatMeanNothing() {
        assertThrows(IllegalArgumentException.class, () -> EventWindows.everyEvents(at(), 0));
        assertThrows(IllegalArgumentException.class, () -> EventWindows.everyMicros(at(), 0));
        assertThrows(IllegalArgumentException.class, () -> EventWindows.everyMicros(at(), 1L << 52));
        assertThrows(IllegalArgumentException.class, () -> EventWindows.everyMicros(at(), -1, 1));
    }
}
