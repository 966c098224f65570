package io.spikelet.hal.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.meter.SampleBlock;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.serial.TerminalLink;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimCurrent;
import io.spikelet.hal.sim.SimPace;
import io.spikelet.hal.sim.SimPpk2;
import io.spikelet.hal.sim.WireFaults;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Ppk2MeterTest {
    private static final Ppk2Supply AT_3V3 = new Ppk2Supply(true, 3300);
    private static final long MILLI = 1_000_000;

    /** 20 mA with a step to 40 mA, and a pin that is low from 10 ms to 30 ms. */
    private static final SimCurrent STEP = new SimCurrent() {
        @Override
        public double amps(long nanos) {
            return nanos < 20 * MILLI ? 0.02 : 0.04;
        }

        @Override
        public int inputs(long nanos) {
            return nanos < 10 * MILLI || nanos >= 30 * MILLI ? 1 : 0;
        }
    };

    @Test
    void shouldReadTheGoldenStreamExactly() throws IOException {
        GoldenStream golden = new GoldenStream("ppk2.txt");
        try (Ppk2Meter meter = Ppk2Meter.open(golden, AT_3V3)) {
            golden.assertReadBy(meter);
        }
        assertTrue(
                golden.asked().contains("\u0011\u0002\r\u000c\u00e4\u000c\u0001\u0006"), "mode, volts, power, start");
    }

    @Test
    void shouldTellSamplesThatWereLostAndLeaveTheirTimeEmpty() throws IOException {
        Seen seen = seen(new WireFaults().lose(1000, 7).lose(2000, 40));
        assertEquals(47, seen.lost);
        assertEquals(0, seen.broken);
        assertEquals(4000 - 47 - 1, seen.samples - 1);
        assertEquals(3999 * 10_000L, seen.lastNanos);
    }

    @Test
    void shouldFindTheWordsAgainAfterLostAndAddedBytes() throws IOException {
        byte[] noise = new byte[23];
        new Random(3).nextBytes(noise);
        WireFaults faults = new WireFaults().noise(3500, noise);
        for (int sample = 500; sample < 3000; sample += 250) {
            faults.dropBytes(sample, 1 + sample / 250 % 3);
        }
        Seen seen = seen(faults);
        assertEquals(10, seen.broken);
        assertEquals(0, seen.lost);
        assertEquals(3990, seen.samples);
        assertEquals(2, seen.edges, "what the line damaged makes no edge");
        assertEquals(0.02 * 3.3 * .02 + 0.04 * 3.3 * .02, seen.joules, 1e-4);
    }

    @Test
    void shouldGiveAnEdgeTheTimeOfTheFirstSampleThatShowsIt() throws IOException {
        Seen seen = seen(new WireFaults());
        assertEquals(2, seen.edges);
        assertEquals(10 * MILLI, seen.firstEdge);
        assertEquals(30 * MILLI, seen.lastEdge);
    }

    @Test
    void shouldFollowTheClockOfTheKit() throws IOException {
        Seen seen = seen(new WireFaults().clockPpm(10_000));
        assertEquals(10 * MILLI * 1.01, seen.firstEdge, 10_000);
    }

    @Test
    void shouldSayThatTheWireWasPulled() {
        IOException gone = assertThrows(IOException.class, () -> seen(new WireFaults().hangUp(100)));
        assertTrue(gone.getMessage().contains("hung up"), gone.getMessage());
    }

    @Test
    void shouldSayThatWhatStreamsIsNoKit() throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        SimPpk2 kit = new SimPpk2(wire[1], STEP, new WireFaults());
        try (Ppk2Meter meter = opened(wire[0], kit)) {
            meter.start();
            byte[] noise = new byte[100_000];
            new Random(4).nextBytes(noise);
            wire[1].write(noise, 0, noise.length);
            SampleBlock block = new SampleBlock(4000);
            IOException told = assertThrows(IOException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    meter.read(block, 0);
                }
            });
            assertTrue(told.getMessage().contains("no samples"), told.getMessage());
        }
    }

    @Test
    void shouldSayThatNothingAnswers() {
        MemoryLink[] wire = MemoryLink.pair();
        IOException told = assertThrows(IOException.class, () -> Ppk2Meter.open(wire[0], AT_3V3));
        assertTrue(told.getMessage().contains("sent nothing"), told.getMessage());
    }

    @Test
    void shouldMeasureThroughARealTerminalAndStartAgain() throws IOException {
        TerminalLink device = TerminalLink.open();
        try (SimPace _ = SimPace.run(new SimPpk2(device, nanos -> 0.01, new WireFaults()));
                Ppk2Meter meter = Ppk2Meter.open(SerialLink.open(device.path(), Ppk2Meter.BAUD), AT_3V3)) {
            SampleBlock block = new SampleBlock(1000);
            for (int run = 0; run < 2; run++) {
                meter.start();
                long samples = 0;
                while (samples < 2000) {
                    int count = meter.read(block, 1000);
                    assertTrue(count > 0);
                    assertEquals(samples * 10_000, block.nanos(0));
                    assertEquals(0.033, block.watts(count - 1), 1e-4);
                    samples += count;
                }
                meter.stop();
            }
        }
    }

    private static final class Seen {
        private int samples;
        private int edges;
        private long lost;
        private long broken;
        private long firstEdge;
        private long lastEdge;
        private long lastNanos;
        private double joules;
    }

    /** 40 ms of the step. */
    private static Seen seen(WireFaults faults) throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        SimPpk2 kit = new SimPpk2(wire[1], STEP, faults);
        Seen seen = new Seen();
        try (Ppk2Meter meter = opened(wire[0], kit)) {
            meter.start();
            kit.doWork(0);
            SampleBlock block = new SampleBlock(500);
            for (long now = MILLI; now <= 40 * MILLI; now += MILLI) {
                try {
                    kit.doWork(now);
                } catch (IOException pulled) {
                    meter.read(block, 0);
                    meter.read(block, 0);
                }
                while (meter.read(block, 0) > 0) {
                    add(block, seen);
                }
            }
        }
        return seen;
    }

    private static void add(SampleBlock block, Seen seen) {
        seen.lost += block.lost();
        seen.broken += block.broken();
        for (int at = 0; at < block.edgeCount(); at++) {
            seen.firstEdge = seen.edges++ == 0 ? block.edgeNanos(at) : seen.firstEdge;
            seen.lastEdge = block.edgeNanos(at);
        }
        for (int at = 0; at < block.size(); at++) {
            seen.joules += block.watts(at) * (block.nanos(at) - seen.lastNanos) / 1e9;
            seen.lastNanos = block.nanos(at);
            seen.samples++;
        }
    }

    private static Ppk2Meter opened(MemoryLink link, SimPpk2 kit) throws IOException {
        return Simulated.answering(kit, 0, () -> Ppk2Meter.open(link, AT_3V3));
    }
}
