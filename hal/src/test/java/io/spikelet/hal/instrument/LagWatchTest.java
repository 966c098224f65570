package io.spikelet.hal.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LagWatchTest {
    private static final long MILLI = 1_000_000;
    private static final double DRIFT = 1 + 100e-6;

    /** What a minute tells, read every 10 ms with delays of up to 300 ms, by a stream that stops for a while. */
    private static long told(long stopAtMillis, long stopMillis) {
        LagWatch watch = new LagWatch();
        Random delays = new Random(6);
        long told = 0;
        long host = 0;
        while (host < 60_000 * MILLI) {
            host += 10 * MILLI + (delays.nextInt(20) == 0 ? delays.nextLong(300 * MILLI) : delays.nextLong(MILLI));
            long millis = host / MILLI;
            long missing = millis < stopAtMillis ? 0 : stopMillis * MILLI;
            long stream = (long) (host * DRIFT) - missing + told - delays.nextLong(2 * MILLI);
            told += watch.allRead(host, stream);
        }
        return told;
    }

    @Test
    void shouldSayNothingOfAStreamThatOnlyDriftsAndIsReadLate() {
        assertEquals(0, told(0, 0));
    }

    @Test
    void shouldTellOnceHowMuchAStreamFellBehind() {
        assertEquals(640 * MILLI, told(20_000, 640), 2 * MILLI);
        assertEquals(25 * MILLI, told(31_234, 25), 2 * MILLI);
    }
}
