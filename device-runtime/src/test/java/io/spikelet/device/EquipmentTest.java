package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.board.OutputPin;
import io.spikelet.hal.sim.SimPin;
import io.spikelet.hal.sim.SimWatchdog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EquipmentTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private long now;
    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };

    /** A pin whose driver is gone. */
    private static final class BrokenPin implements OutputPin {
        private int tries;

        @Override
        public void set(boolean high) throws IOException {
            tries++;
            throw new IOException("the driver is gone");
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Test
    void shouldShineWhileTheBoardServes() {
        SimPin led = new SimPin("led");
        StatusLight light = new StatusLight(led);
        for (long millis = 0; millis < 5000; millis += 100) {
            light.show(StatusLight.Sign.SERVES, millis * MILLI);
            assertTrue(led.isHigh());
        }
        assertEquals(1, led.rises());
    }

    @Test
    void shouldBlinkOnceInTwoSecondsWithoutALinkAndTwiceASecondWithoutAModel() {
        SimPin led = new SimPin("led");
        StatusLight light = new StatusLight(led);
        for (long millis = 0; millis < 6000; millis += 50) {
            light.show(StatusLight.Sign.NO_LINK, millis * MILLI);
        }
        assertEquals(3, led.rises());
        for (long millis = 6000; millis < 12_000; millis += 50) {
            light.show(StatusLight.Sign.NO_MODEL, millis * MILLI);
        }
        assertEquals(15, led.rises());
    }

    @Test
    void shouldLeaveABrokenLedAndABrokenPinAlone() {
        BrokenPin broken = new BrokenPin();
        StatusLight light = new StatusLight(broken);
        light.show(StatusLight.Sign.SERVES, 0);
        light.show(StatusLight.Sign.NO_LINK, 1500 * MILLI);
        assertEquals(1, broken.tries);
        MeasurementPin pin = new MeasurementPin(broken);
        pin.begin();
        pin.end();
        assertEquals(2, broken.tries);
    }

    @Test
    void shouldFeedAWatchdogFourTimesInItsTimeAndOnlyWhileTheLoopTurns() {
        SimWatchdog watchdog = new SimWatchdog(clock, 20_000);
        LoopWatchdog loop = new LoopWatchdog(List.of(watchdog));
        for (; now < TimeUnit.SECONDS.toNanos(60); now += 100 * MILLI) {
            loop.turn(now);
            assertFalse(watchdog.bites());
        }
        assertEquals(12, watchdog.feedings());
        now += TimeUnit.SECONDS.toNanos(21); // the loop hangs
        assertTrue(watchdog.bites());
    }

    @Test
    void shouldGoDarkAndLowButLeaveTheWatchdogRunningWhenItIsClosed() throws IOException {
        SimPin led = new SimPin("led");
        SimPin marker = new SimPin("marker");
        SimWatchdog watchdog = new SimWatchdog(clock, 20_000);
        Equipment equipment =
                new Equipment(new StatusLight(led), new MeasurementPin(marker), new LoopWatchdog(List.of(watchdog)), () -> {});
        equipment.light().show(StatusLight.Sign.SERVES, 0);
        equipment.pin().begin();
        equipment.close();
        assertFalse(led.isHigh());
        assertFalse(marker.isHigh());
        assertFalse(watchdog.isStopped());
        equipment.watchdog().stop();
        assertTrue(watchdog.isStopped());
    }
}
