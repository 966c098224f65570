package io.spikelet.hal.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.board.Ina219;
import io.spikelet.hal.board.Ina226;
import io.spikelet.hal.board.Ina3221;
import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.PowerReading;
import io.spikelet.hal.board.Shunt;
import io.spikelet.hal.linux.HwmonEnergy;
import io.spikelet.hal.linux.HwmonPower;
import io.spikelet.hal.linux.RaplEnergy;
import io.spikelet.hal.sim.PowerTrace;
import io.spikelet.hal.sim.SimIna;
import io.spikelet.hal.sim.SimIna3221;
import io.spikelet.hal.sim.SimPowerFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolledTest {
    private static final long MILLISECOND = 1_000_000;
    private static final Shunt TENTH_OHM = new Shunt(100_000);

    @TempDir
    private Path sys;

    @Test
    void shouldGiveTheMeanPowerOfACounterThroughItsWraps() throws IOException {
        SimPowerFiles files = new SimPowerFiles(sys);
        PowerTrace truth = PowerTrace.constant(40).plus(PowerTrace.ripple(20, 3));
        long range = 3_000_000; // 3 J: wraps each 75 ms
        files.processor(0, range);
        Polled counter = Polled.counter(RaplEnergy.find(sys));
        assertNull(counter.ask(0));
        for (long nanos = 10 * MILLISECOND; nanos < 1000 * MILLISECOND; nanos += 10 * MILLISECOND) {
            files.processor(truth.joulesUntil(nanos), range);
            double mean = truth.joules(nanos - 10 * MILLISECOND, nanos) / .01;
            assertEquals(mean, counter.ask(nanos).watts(), 2e-6 / .01);
        }
    }

    @Test
    void shouldCallItNoNumberWhenACounterFallsAndNobodySaysAtWhat() throws IOException {
        SimPowerFiles files = new SimPowerFiles(sys);
        files.energy("hwmon1", 7);
        Polled counter = Polled.counter(HwmonEnergy.find(sys));
        assertNull(counter.ask(0));
        files.energy("hwmon1", 7.02);
        assertEquals(2, counter.ask(10 * MILLISECOND).watts(), 1e-3);
        files.energy("hwmon1", .01); // its driver was bound anew
        assertTrue(assertThrows(IOException.class, () -> counter.ask(20 * MILLISECOND)).getMessage().contains("began anew"));
        files.energy("hwmon1", .05);
        assertEquals(4, counter.ask(30 * MILLISECOND).watts(), 1e-3);
    }

    @Test
    void shouldSpreadAMeanOverAReadingThatFailed() throws IOException {
        SimPowerFiles files = new SimPowerFiles(sys);
        files.processor(1, 1_000_000_000);
        Polled counter = Polled.counter(RaplEnergy.find(sys));
        counter.ask(0);
        files.silence();
        assertThrows(IOException.class, () -> counter.ask(10 * MILLISECOND));
        files.processor(1.06, 1_000_000_000);
        assertEquals(3, counter.ask(20 * MILLISECOND).watts(), 1e-3);
    }

    @Test
    void shouldTellVoltsAndAmperesWhereTheChipKnowsThem() throws IOException {
        SimIna ina219 = SimIna.ina219("chip");
        ina219.measure(50_000_000, 5_000_000);
        SimIna ina226 = SimIna.ina226("chip");
        ina226.measure(50_000_000, 5_000_000);
        SimIna3221 ina3221 = new SimIna3221("chip");
        ina3221.measure(1, 50_000_000, 5_000_000);
        ina3221.measure(2, 10_000_000, 3_296_000);
        new SimPowerFiles(sys).chip("hwmon0", "ina226", 5, .5);
        for (PowerMeter meter : new PowerMeter[] {
            Ina219.open(ina219, TENTH_OHM),
            Ina226.open(ina226, TENTH_OHM),
            Ina3221.open(ina3221, TENTH_OHM, Set.of(1)),
            HwmonPower.find(sys)
        }) {
            PowerReading reading = meter.reading();
            assertEquals(2.5, reading.watts(), 1e-9, meter.source());
            assertEquals(5, reading.volts(), 1e-9, meter.source());
            assertEquals(.5, reading.amps(), 1e-9, meter.source());
        }
        PowerReading sum = Ina3221.open(ina3221, TENTH_OHM, Set.of(1, 2)).reading();
        assertEquals(2.5 + .3296, sum.watts(), 1e-9);
        assertTrue(Double.isNaN(sum.volts()));
    }

    @Test
    void shouldTakeTheChipThatIsAskedFor() throws IOException {
        SimPowerFiles files = new SimPowerFiles(sys);
        files.chip("hwmon0", "ina219", 5, 1);
        files.chip("hwmon3", "ina226", 3.3, 1);
        assertEquals("ina219", HwmonPower.find(sys).chipName());
        assertEquals("ina226", HwmonPower.find(sys, "ina226").chipName());
        assertEquals("ina226", HwmonPower.find(sys, "hwmon3").chipName());
        assertThrows(IOException.class, () -> HwmonPower.find(sys, "hwmon1"));
    }

    @Test
    void shouldKeepTheDataSheetsNumbersOfAPlainBoard() {
        MeterAccuracy ina219 = InaChip.INA219.accuracy(TENTH_OHM, 5, .01);
        assertEquals(.0304, ina219.gain(), 1e-12); // 1 % + 1 % + 1 % of the shunt + half a step of 4 mV
        assertEquals(.01, ina219.offsetWatts(), 1e-12); // 200 µV
        assertEquals(.0005, ina219.resolutionWatts(), 1e-12); // 10 µV
        assertEquals(3.2, InaChip.INA219.maximumAmps(TENTH_OHM), 1e-12);
        assertEquals(.002, InaChip.INA219.kernelAccuracy(TENTH_OHM, 5, .01).resolutionWatts(), 1e-12);
    }

    @Test
    void shouldShowAQuestionThatTookLongAsAGapAndCountAnAnswerWithoutNumber() throws IOException {
        AtomicInteger questions = new AtomicInteger();
        PowerMeter slow = new PowerMeter() {
            @Override
            public long microwatts() throws IOException {
                int question = questions.incrementAndGet();
                if (question == 4) {
                    throw new IOException("nan");
                }
                if (question == 8) {
                    java.util.concurrent.locks.LockSupport.parkNanos(60 * MILLISECOND);
                }
                return 1_000_000;
            }

            @Override
            public String source() {
                return "a meter that hangs once";
            }
        };
        MeterTraits traits = new MeterTraits(
                "slow", slow.source(), 100, false, new MeterAccuracy(0, 0, 0), 0, 0, Double.POSITIVE_INFINITY);
        SampleBlock block = new SampleBlock(64);
        try (PolledMeter meter = new PolledMeter(Polled.power(slow), traits, () -> {})) {
            meter.start();
            long before = 0;
            long widest = 0;
            long broken = 0;
            for (int seen = 0; seen < 12; seen += meter.read(block, 1000)) {
                broken += block.broken();
                for (int i = 0; i < block.size(); i++) {
                    widest = Math.max(widest, block.nanos(i) - before);
                    before = block.nanos(i);
                }
            }
            assertEquals(1, broken);
            assertTrue(widest >= 30 * MILLISECOND, widest + " ns");
            assertEquals(0, block.lost());
        }
    }
}
