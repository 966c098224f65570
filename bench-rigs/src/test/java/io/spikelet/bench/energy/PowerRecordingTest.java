package io.spikelet.bench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerRecordingTest {
    static MeterTraits traits(double rate, boolean means) {
        return new MeterTraits("made-up", "a test", rate, means, new MeterAccuracy(.01, 0, 0), 0, 1, 10);
    }

    /** Moments of 1 + t watts, each millisecond. */
    private static PowerRecording ramp(int samples, int mostBins, int lostFrom, int lostTo) {
        PowerRecording recording = new PowerRecording(traits(1000, false), mostBins);
        SampleBlock block = new SampleBlock(samples + 2);
        for (int i = 0; i < samples; i++) {
            if (i < lostFrom || i >= lostTo) {
                block.add(i * 1_000_000L, 5, (1 + i * .001) / 5);
            }
        }
        block.addLost(lostTo - lostFrom);
        block.addEdge(1_234_567, 0, false);
        recording.add(block);
        return recording;
    }

    private static double rampJoules(double from, double to) {
        return to - from + (to * to - from * from) / 2;
    }

    @Test
    void shouldIntegrateMomentsExactlyBetweenAnyBorders() {
        PowerRecording recording = ramp(5000, 1 << 20, 0, 0);
        Integral integral = recording.integrate(17_300_000, 4_012_700_000.0);
        assertEquals(rampJoules(.0173, 4.0127), integral.joules(), 1e-6); // watts are kept as floats within a bin
        assertEquals(3.9954, integral.seconds(), 1e-12);
        assertEquals(3995, integral.samples(), 1);
        assertEquals(0, integral.gapSeconds());
        assertEquals(rampJoules(.0173, 4.0127) / 3.9954, integral.watts(), 1e-6);
    }

    @Test
    void shouldFillTheTimeBeforeEachMean() {
        PowerRecording recording = new PowerRecording(traits(10, true));
        SampleBlock block = new SampleBlock(4);
        block.addPower(0, 9);
        block.addPower(100_000_000, 2);
        block.addPower(200_000_000, 6);
        recording.add(block);
        assertEquals(
                .2 * .75 + .6 / 4, recording.integrate(25_000_000, 125_000_000).joules(), 1e-12);
    }

    @Test
    void shouldStayWithinItsMemoryAndKeepEdgesExact() {
        PowerRecording recording = ramp(100_000, 64, 0, 0);
        assertTrue(recording.binNanos() > 1e9);
        double to = 99.999;
        assertEquals(rampJoules(0, to), recording.integrate(0, to * 1e9).joules(), 1e-9 * rampJoules(0, to));
        // The edge came between two samples, long before bins were joined.
        assertEquals(
                rampJoules(.001234567, to),
                recording.integrate(1_234_567, to * 1e9).joules(),
                1e-9 * rampJoules(0, to));
        Integral inside = recording.integrate(10.3e9, 90.7e9);
        assertTrue(Math.abs(inside.joules() - rampJoules(10.3, 90.7)) < inside.borderJoules());
        PowerTrace trace = recording.trace(0, 99e9, 20);
        assertEquals(20, trace.mean().length);
        for (int i = 0; i < trace.mean().length; i++) {
            assertTrue(trace.least()[i] <= trace.mean()[i] && trace.mean()[i] <= trace.most()[i]);
        }
    }

    @Test
    void shouldBridgeAGapAndRememberIt() {
        PowerRecording recording = ramp(1000, 1 << 20, 400, 410);
        Integral integral = recording.integrate(100e6, 900e6);
        assertEquals(rampJoules(.1, .9), integral.joules(), 1e-6);
        assertEquals(.011, integral.gapSeconds(), 1e-12);
        assertEquals(.011, integral.longestGapSeconds(), 1e-12);
        assertEquals(0, recording.integrate(500e6, 900e6).gapSeconds());
        assertEquals(10, recording.lost());
    }

    @Test
    void shouldNotTakeALongMeanForAGap() {
        PowerRecording recording = new PowerRecording(traits(10, true));
        SampleBlock block = new SampleBlock(4);
        block.addPower(0, 1);
        block.addPower(500_000_000, 2);
        recording.add(block);
        assertEquals(0, recording.integrate(0, 500e6).gapSeconds());
        block.clear();
        block.addPower(1_000_000_000, 3);
        block.addLost(4);
        recording.add(block);
        Integral lost = recording.integrate(500e6, 1000e6);
        assertEquals(.4, lost.gapSeconds(), 1e-12);
        assertEquals(.4 * 2.5 + .1 * 3, lost.joules(), 1e-12);
    }

    @Test
    void shouldFindTheNoiseOfReadings() {
        PowerRecording recording = new PowerRecording(traits(1000, false));
        Random random = new Random(4);
        SampleBlock block = new SampleBlock(20_000);
        for (int i = 0; i < 20_000; i++) {
            block.addPower(i * 1_000_000L, 2 + .1 * random.nextGaussian());
        }
        recording.add(block);
        double wanted = .1 * .001 * Math.sqrt(20_000);
        assertEquals(wanted, recording.integrate(0, 19.999e9).noiseJoules(), .03 * wanted);
    }

    @Test
    void shouldRefuseATimeThatItDoesNotHold() {
        PowerRecording recording = ramp(100, 1 << 20, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> recording.integrate(-1, 50e6));
        assertThrows(IllegalArgumentException.class, () -> recording.integrate(50e6, 100e6));
        assertThrows(IllegalArgumentException.class, () -> new PowerRecording(traits(10, true)).integrate(0, 1));
    }
}
