package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EventBufferTest {
    @Test
    void shouldGiveBackTheExtremesOfEachField() {
        EventBuffer events = Recordings.of(new long[] {0, 0, 0, 0}, new long[] {(1L << 52) - 1, 65535, 65535, 1});
        assertEquals("0/0/0/0\n4503599627370495/65535/65535/1\n", Recordings.text(events));
    }

    @Test
    void shouldGrowUpToItsLimitAndNotBeyond() {
        EventBuffer events = new EventBuffer(3000);
        for (int i = 0; i < 3000; i++) {
            events.add(i, i, 0, 0);
        }
        assertEquals(0, events.room());
        assertEquals(2999, events.x(2999));
        assertThrows(IllegalArgumentException.class, () -> events.add(0, 0, 0, 0));
        events.clear();
        assertEquals(3000, events.room());
    }

    @Test
    void shouldTakeAllOfARunOrNothing() {
        EventBuffer five = Recordings.random(1, 5);
        EventBuffer three = new EventBuffer(3);
        assertThrows(IllegalArgumentException.class, () -> three.take(five, 0, 4));
        assertEquals(0, three.size());
        three.take(five, 1, 4);
        assertEquals(five.micros(1), three.micros(0));
        assertThrows(IndexOutOfBoundsException.class, () -> three.take(five, 4, 6));
    }

    @Test
    void shouldRefuseWhatIsNoEvent() {
        EventBuffer events = new EventBuffer(9);
        assertThrows(IllegalArgumentException.class, () -> events.add(-1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> events.add(1L << 52, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> events.add(0, 65536, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> events.add(0, 0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> events.add(0, 0, 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> events.micros(0));
        assertThrows(IllegalArgumentException.class, () -> new EventBuffer(0));
        assertThrows(IllegalArgumentException.class, () -> new EventBuffer((1 << 26) + 1));
    }
}
