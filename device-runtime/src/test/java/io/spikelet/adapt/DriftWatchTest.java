package io.spikelet.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.DriftWatch.Finding;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
    private final Random random = new Random(3);

    /** Two classes whose first statistic differs by far more than drift; the second is the same for both. */
    private long[] values(int answer, double drift) {
        return new long[] {
            Math.round(1000 * (1 + 4 * answer) + 100 * (random.nextGaussian() + drift)),
            Math.round(50 + 10 * random.nextGaussian())
        };
    }

    private DriftWatch referred() {
        DriftWatch watch = new DriftWatch(2, 2);
        for (int n = 0; n < DriftWatch.REFERENCE_ANSWERS; n++) {
            assertFalse(watch.isReady());
            assertEquals(Finding.NOTHING, watch.see(n % 2, values(n % 2, 0)));
        }
        assertTrue(watch.isReady());
        return watch;
    }

    @Test
    void shouldStayQuietOnTheReferencesOwnKindOfAnswersEvenIfOneClassRules() {
        DriftWatch watch = referred();
        for (int n = 0; n < 5000; n++) {
            int answer = n / 500 % 2;
            assertEquals(Finding.NOTHING, watch.see(answer, values(answer, 0)), "answer " + n);
        }
    }

    @Test
    void shouldTellWhichStatisticWentWhere() {
        DriftWatch watch = referred();
        int seen = 0;
        while (watch.see(seen % 2, values(seen % 2, -2)) != Finding.BEGAN) {
            seen++;
        }
        assertEquals(0, watch.alarmed());
        assertEquals(-1, watch.direction());
        // 20 / (2 − 3/4) answers on average.
        assertTrue(seen > 5 && seen < 40, "answers until the alarm: " + seen);
        assertEquals(Finding.NOTHING, watch.see(0, values(0, -2)), "an alarm begins once");
    }

    @Test
    void shouldEndAfterAStretchWithoutAlarm() {
        DriftWatch watch = referred();
        for (int n = 0; n < 50; n++) {
            watch.see(n % 2, values(n % 2, 3));
        }
        assertTrue(watch.isDrifting());
        Finding last = Finding.NOTHING;
        for (int n = 0; n < 300 && last != Finding.ENDED; n++) {
            last = watch.see(n % 2, values(n % 2, 0));
        }
        assertEquals(Finding.ENDED, last);
        assertFalse(watch.isDrifting());
    }

    @Test
    void shouldGoOnAfterARestoreAsIfItHadNotStopped() {
        DriftWatch watch = referred();
        for (int n = 0; n < 5; n++) {
            watch.see(0, values(0, 1.5));
        }
        ByteBuffer saved = ByteBuffer.allocate(watch.savedBytes());
        watch.save(saved);
        assertEquals(0, saved.remaining());
        DriftWatch again = new DriftWatch(2, 2);
        again.restore(saved.flip());
        for (int n = 0; n < 200; n++) {
            long[] next = values(n % 2, 1.5);
            assertEquals(watch.see(n % 2, next), again.see(n % 2, next));
        }
        assertTrue(again.isDrifting());
    }
}
