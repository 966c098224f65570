package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SampledEnergyTest {
    private long now = 5;
    private long microwatts;
    private boolean broken;

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

    private final PowerMeter meter = new PowerMeter() {
        @Override
        public long microwatts() throws IOException {
            if (broken) {
                throw new IOException("the wire is off");
            }
            return microwatts;
        }

        @Override
        public String source() {
            return "a meter";
        }
    };

    private final SampledEnergy energy = new SampledEnergy(meter, clock, "added up");

    private void sample(long afterMillis, long power) {
        now += TimeUnit.MILLISECONDS.toNanos(afterMillis);
        microwatts = power;
        energy.sample();
    }

    @Test
    void shouldHaveNothingBeforeTheFirstReading() {
        assertEquals(OptionalLong.empty(), energy.microjoules());
        assertEquals("a meter cannot be read: no reading yet", energy.source());
    }

    @Test
    void shouldAddUpTrapezoids() {
        sample(0, 1_000_000);
        assertEquals(OptionalLong.of(0), energy.microjoules());
        sample(100, 3_000_000);
        assertEquals(OptionalLong.of(200_000), energy.microjoules());
        sample(10, 3_000_000);
        assertEquals(OptionalLong.of(230_000), energy.microjoules());
        assertEquals("a meter, added up", energy.source());
    }

    @Test
    void shouldLoseNoFractionsOverManyReadings() {
        sample(0, 1);
        for (int i = 0; i < 1_000_000; i++) {
            sample(1, 1);
        }
        assertEquals(OptionalLong.of(1000), energy.microjoules());
    }

    @Test
    void shouldNotBridgeAPauseOrAFailure() {
        sample(0, 1_000_000);
        sample(SampledEnergy.LONGEST_GAP_MILLIS + 1, 1_000_000);
        assertEquals(OptionalLong.of(0), energy.microjoules());
        broken = true;
        sample(10, 0);
        assertEquals(OptionalLong.empty(), energy.microjoules());
        assertEquals("a meter cannot be read: the wire is off", energy.source());
        broken = false;
        sample(10, 1_000_000);
        assertEquals(OptionalLong.of(0), energy.microjoules());
        sample(10, 1_000_000);
        assertEquals(OptionalLong.of(10_000), energy.microjoules());
    }

    @Test
    void shouldNeverFallWhenCurrentFlowsBack() {
        sample(0, 1_000_000);
        sample(100, 1_000_000);
        sample(100, -5_000_000);
        assertEquals(OptionalLong.of(100_000), energy.microjoules());
    }

    @Test
    void shouldReadOnItsOwnUntilClosed() throws InterruptedException {
        microwatts = 1_000_000;
        try (SampledEnergy running = SampledEnergy.start(meter, Clock.system(), 1)) {
            assertTrue(running.microjoules().isPresent());
            while (running.microjoules().getAsLong() == 0) {
                Thread.sleep(1);
            }
        }
    }
}
