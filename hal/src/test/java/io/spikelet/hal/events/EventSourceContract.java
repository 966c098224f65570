package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every source of events promises. */
public abstract class EventSourceContract {
    private static final int TIMEOUT_MILLIS = 10_000;

    protected EventSourceContract() {}

    /** A source that gives these events, all within 34 x 34 pixels and 8 s, and then ends. */
    protected abstract EventSource open(EventBuffer events) throws IOException;

    @Test
    public void shouldGiveEveryEventOnceInOrderWhateverRoomThereIs() throws IOException {
        EventBuffer events = Recordings.random(1, 5000);
        for (int room : new int[] {1, 7, 1024, 5000, 6000}) {
            EventBuffer given = new EventBuffer(6000);
            EventBuffer part = new EventBuffer(room);
            try (EventSource source = open(events)) {
                for (int added = 0; added != EventSource.END; added = source.poll(part, TIMEOUT_MILLIS)) {
                    assertEquals(Math.max(0, added), part.size());
                    given.take(part, 0, part.size());
                    part.clear();
                }
            }
            assertEquals(Recordings.text(events), Recordings.text(given), "room " + room);
        }
    }

    @Test
    public void shouldKeepWhatTheBufferHeld() throws IOException {
        EventBuffer events = Recordings.random(2, 10);
        EventBuffer held = Recordings.random(3, 1);
        EventBuffer into = new EventBuffer(20);
        into.take(held, 0, 1);
        try (EventSource source = open(events)) {
            while (source.poll(into, TIMEOUT_MILLIS) != EventSource.END) {
                continue;
            }
        }
        assertEquals(Recordings.text(held) + Recordings.text(events), Recordings.text(into));
    }

    @Test
    public void shouldStayAtItsEnd() throws IOException {
        try (EventSource source = open(Recordings.random(4, 1))) {
            EventBuffer into = new EventBuffer(10);
            assertEquals(1, source.poll(into, TIMEOUT_MILLIS));
            for (int again = 0; again < 3; again++) {
                assertEquals(EventSource.END, source.poll(into, TIMEOUT_MILLIS));
            }
            assertEquals(1, into.size());
        }
    }

    @Test
    public void shouldHaveAGeometryThatHoldsEveryEventAndAName() throws IOException {
        try (EventSource source = open(Recordings.random(5, 1))) {
            assertTrue(source.width() >= 34 && source.width() <= 65536, "width " + source.width());
            assertTrue(source.height() >= 34 && source.height() <= 65536, "height " + source.height());
            assertFalse(source.name().isBlank());
        }
    }

    @Test
    public void shouldRefuseABufferWithoutRoomAndANegativeTimeout() throws IOException {
        try (EventSource source = open(Recordings.random(6, 1))) {
            EventBuffer full = Recordings.random(7, 1);
            assertThrows(IllegalArgumentException.class, () -> source.poll(full, 0));
            assertThrows(IllegalArgumentException.class, () -> source.poll(new EventBuffer(1), -1));
        }
    }

    @Test
    public void shouldRefuseToBePolledAfterTheClose() throws IOException {
        EventSource source = open(Recordings.random(8, 1));
        source.close();
        source.close();
        assertThrows(IOException.class, () -> source.poll(new EventBuffer(1), 0));
    }
}
