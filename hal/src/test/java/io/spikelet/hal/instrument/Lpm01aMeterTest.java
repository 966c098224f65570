package io.spikelet.hal.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.meter.SampleBlock;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimCurrent;
import io.spikelet.hal.sim.SimLpm01a;
import io.spikelet.hal.sim.WireFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class Lpm01aMeterTest {
    private static final long MILLI = 1_000_000;

    /** 10 mA, and a pin that falls at 1 s and at 2 s. */
    private static final SimCurrent STEADY = new SimCurrent() {
        @Override
        public double amps(long nanos) {
            return 0.01;
        }

        @Override
        public int inputs(long nanos) {
            return nanos / MILLI % 1000 < 500 && nanos > 900 * MILLI ? 0 : 1;
        }
    };

    @Test
    void shouldReadTheGoldenTextExactly() throws IOException {
        GoldenStream golden = new GoldenStream("lpm01a-text.txt");
        try (Lpm01aMeter meter = Lpm01aMeter.open(golden, new Lpm01aSetup(false, true, 1000, 3300))) {
            golden.assertReadBy(meter);
        }
    }

    @Test
    void shouldReadTheGoldenBytesExactly() throws IOException {
        GoldenStream golden = new GoldenStream("lpm01a-bytes.txt");
        try (Lpm01aMeter meter = Lpm01aMeter.open(golden, new Lpm01aSetup(true, false, 100_000, 3300))) {
            golden.assertReadBy(meter);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellSamplesThatItsTimeStampsMissAndKeepItsEdges(boolean binary) throws IOException {
        Seen seen = seen(binary, new WireFaults().lose(500, 60));
        assertEquals(60, seen.lost);
        assertEquals(2, seen.edges);
        assertEquals(2000 * MILLI, seen.lastEdge, MILLI);
        assertEquals(0.033, seen.meanWatts(), 0.033 / 256);
    }

    @Test
    void shouldCountDamagedLinesAsBroken() throws IOException {
        WireFaults faults = new WireFaults()
                .dropBytes(100, 4)
                .noNumber(200)
                .noise(300, "~~\r\n".getBytes(StandardCharsets.US_ASCII));
        Seen seen = seen(false, faults);
        assertEquals(3, seen.broken);
        assertEquals(0.033, seen.meanWatts(), 1e-4);
    }

    @Test
    void shouldFailRatherThanMisreadBytesAfterALostOne() {
        IOException told = assertThrows(IOException.class, () -> seen(true, new WireFaults().dropBytes(700, 1)));
        assertTrue(told.getMessage().contains("lost bytes"), told.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayThatTheBoardTakesTooMuch(boolean binary) {
        IOException told = assertThrows(IOException.class, () -> seen(binary, new WireFaults().overcurrent(700)));
        assertTrue(told.getMessage().contains("50 mA"), told.getMessage());
    }

    @Test
    void shouldSayThatTheWireWasPulled() {
        IOException told = assertThrows(IOException.class, () -> seen(false, new WireFaults().hangUp(10)));
        assertTrue(told.getMessage().contains("hung up"), told.getMessage());
    }

    @Test
    void shouldSayWhichCommandIsRefused() throws Exception {
        try (ScriptedWire wire = new ScriptedWire(
                request -> request.startsWith("volt") ? "error volt\r\n" : "ack " + request + "\r\n")) {
            IOException told = assertThrows(
                    IOException.class, () -> Lpm01aMeter.open(wire.link(), new Lpm01aSetup(false, true, 1000, 3300)));
            assertTrue(told.getMessage().contains("refuses \"volt 3300m\""), told.getMessage());
        }
    }

    @Test
    void shouldRefuseWhatTheShieldCannotDo() {
        assertThrows(IllegalArgumentException.class, () -> new Lpm01aSetup(false, true, 20_000, 3300));
        assertThrows(IllegalArgumentException.class, () -> new Lpm01aSetup(true, true, 3000, 3300));
        assertThrows(IllegalArgumentException.class, () -> new Lpm01aSetup(true, true, 0, 3300));
        assertThrows(IllegalArgumentException.class, () -> new Lpm01aSetup(true, true, 1000, 5000));
    }

    private static final class Seen {
        private long samples;
        private long edges;
        private long lost;
        private long broken;
        private long lastEdge;
        private double watts;

        double meanWatts() {
            return watts / samples;
        }
    }

    /** 3 s at 1 kHz. */
    private static Seen seen(boolean binary, WireFaults faults) throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        SimLpm01a shield = new SimLpm01a(wire[1], STEADY, faults);
        Seen seen = new Seen();
        Lpm01aMeter meter = Simulated.answering(
                shield, 0, () -> Lpm01aMeter.open(wire[0], new Lpm01aSetup(binary, true, 1000, 3300)));
        try (meter) {
            Simulated.answering(shield, 0, () -> {
                meter.start();
                return meter;
            });
            SampleBlock block = new SampleBlock(500);
            for (long now = 10 * MILLI; now <= 3001 * MILLI; now += 10 * MILLI) {
                try {
                    shield.doWork(now);
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
            seen.edges++;
            seen.lastEdge = block.edgeNanos(at);
        }
        for (int at = 0; at < block.size(); at++) {
            seen.watts += block.watts(at);
            seen.samples++;
        }
    }
}
