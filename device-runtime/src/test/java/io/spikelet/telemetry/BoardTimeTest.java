package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoardTimeTest {
    private static final long HOUR = 3_600_000;

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldCountFromTheStartWhileTheClockIsNotSet() {
        clock.set(5000);
        BoardTime time = new BoardTime(clock);
        assertFalse(time.look());
        clock.pass(700);
        assertEquals(new Stamp(3, false, 700), time.stamp(3));
        assertEquals(BoardTime.EARLIEST_MILLIS + 700, time.epochMillis());
    }

    @Test
    void shouldContinueFromTheLatestTimeThatIsSureToHavePassed() {
        clock.set(5000);
        BoardTime time = new BoardTime(clock);
        time.atLeast(ManualClock.NOW);
        clock.pass(10);
        assertEquals(ManualClock.NOW + 10, time.epochMillis());
    }

    @Test
    void shouldDateEarlierStampsOnceTheClockIsSet() {
        clock.set(5000);
        BoardTime time = new BoardTime(clock);
        clock.pass(1000);
        Stamp early = time.stamp(3);
        assertTrue(time.isGuess(early, 3));
        clock.pass(1000);
        clock.set(ManualClock.NOW);
        assertTrue(time.look());
        assertFalse(time.look());
        assertEquals(ManualClock.NOW - 1000, time.epochMillis(early, 3));
        assertFalse(time.isGuess(early, 3));
        assertEquals(new Stamp(3, true, ManualClock.NOW), time.stamp(3));
    }

    @Test
    void shouldFollowAStepForwardAtOnceAndCountIt() {
        BoardTime time = new BoardTime(clock);
        time.look();
        clock.set(ManualClock.NOW + HOUR);
        time.look();
        assertEquals(ManualClock.NOW + HOUR, time.epochMillis());
        assertEquals(1, time.steps());
    }

    @Test
    void shouldGoAtHalfPaceAfterAStepBackUntilTheClockHasCaughtUp() {
        BoardTime time = new BoardTime(clock);
        time.look();
        assertEquals(ManualClock.NOW, time.epochMillis());
        clock.set(ManualClock.NOW - HOUR);
        time.look();
        assertEquals(ManualClock.NOW, time.epochMillis());
        clock.pass(HOUR);
        assertEquals(ManualClock.NOW + HOUR / 2, time.epochMillis());
        clock.pass(HOUR);
        assertEquals(ManualClock.NOW + HOUR, time.epochMillis(), "two hours later the clock is where time is");
        clock.pass(HOUR);
        assertEquals(ManualClock.NOW + 2 * HOUR, time.epochMillis());
    }

    @Test
    void shouldIgnoreAClockThatFallsBackToBefore2020() {
        BoardTime time = new BoardTime(clock);
        time.look();
        clock.set(0);
        clock.pass(10);
        assertFalse(time.look());
        assertEquals(ManualClock.NOW + 10, time.epochMillis());
    }

    @Test
    void shouldNeverGoBackWhateverTheClockDoes() {
        Random random = new Random(20_260_301);
        BoardTime time = new BoardTime(clock);
        long last = 0;
        for (int i = 0; i < 20_000; i++) {
            clock.pass(random.nextInt(2000));
            if (random.nextInt(20) == 0) {
                clock.set(ManualClock.NOW + (random.nextBoolean() ? 1 : -1) * random.nextLong(10 * HOUR));
            }
            if (random.nextInt(200) == 0) {
                clock.set(random.nextInt(100_000));
            }
            time.look();
            long now = random.nextBoolean() ? time.epochMillis() : time.epochMillis(time.stamp(1), 1);
            assertTrue(now >= last, now + " after " + last);
            last = now;
        }
    }
}
