package io.spikelet.hal.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.meter.SampleBlock;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimCurrent;
import io.spikelet.hal.sim.SimOtii;
import io.spikelet.hal.sim.WireFaults;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtiiMeterTest {
    private static final OtiiSetup AT_4V = new OtiiSetup("", 4, 1);
    private static final long MILLI = 1_000_000;

    /** Half an ampere, and an input that is low from 100 ms to 200 ms. */
    private static final SimCurrent BOARD = new SimCurrent() {
        @Override
        public double amps(long nanos) {
            return 0.5;
        }

        @Override
        public int inputs(long nanos) {
            return nanos < 100 * MILLI || nanos >= 200 * MILLI ? 2 : 0;
        }
    };

    @Test
    void shouldReadTheGoldenRecordingExactly() throws IOException {
        GoldenStream golden = new GoldenStream("otii.txt");
        try (OtiiMeter meter = OtiiMeter.open(golden, new OtiiSetup("Ace 1", 4.2, 1))) {
            golden.assertReadBy(meter);
        }
        assertTrue(golden.asked().contains("\"cmd\":\"arc_set_main\",\"data\":{\"device_id\":\"x7\",\"enable\":true}"));
    }

    @Test
    void shouldTellGapsNullsAndEdges() throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        SimOtii application =
                new SimOtii(wire[1], BOARD, new WireFaults().lose(500, 9).noNumber(700));
        SampleBlock block = new SampleBlock(2000);
        try (OtiiMeter meter = Simulated.answering(application, 0, () -> OtiiMeter.open(wire[0], AT_4V))) {
            Simulated.answering(application, 0, () -> {
                meter.start();
                return meter;
            });
            assertEquals(1190, Simulated.answering(application, 300 * MILLI, () -> meter.read(block, 1000)));
            assertEquals(9, block.lost());
            assertEquals(1, block.broken());
            assertEquals(2, block.edgeCount());
            assertEquals(1, block.edgeInput(0));
            assertEquals(100 * MILLI, block.edgeNanos(0));
            assertEquals(2.0, block.watts(600), 1e-9);
            assertEquals(299_750_000, block.nanos(1189));
            Simulated.answering(application, 300 * MILLI, () -> {
                meter.stop();
                return meter;
            });
        }
    }

    @Test
    void shouldSayThatAnAnswerIsNoJson() throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        SimOtii application = new SimOtii(wire[1], BOARD, new WireFaults().noise(3, (byte) '#'));
        try (OtiiMeter meter = Simulated.answering(application, 0, () -> OtiiMeter.open(wire[0], AT_4V))) {
            Simulated.answering(application, 0, () -> {
                meter.start();
                return meter;
            });
            IOException told = assertThrows(
                    IOException.class,
                    () -> Simulated.answering(application, 10 * MILLI, () -> meter.read(new SampleBlock(100), 1000)));
            assertTrue(told.getMessage().contains("no JSON"), told.getMessage());
        }
    }

    @Test
    void shouldTellWhatTheApplicationRefuses() throws IOException {
        try (ScriptedWire wire = new ScriptedWire(request -> "{\"type\":\"error\",\"trans_id\":\"1\",\"errorcode\":\"No"
                + " license\",\"payload\":{\"message\":\"reserve one\"}}\r\n")) {
            IOException told = assertThrows(IOException.class, () -> OtiiMeter.open(wire.link(), AT_4V));
            assertTrue(told.getMessage().contains("No license reserve one"), told.getMessage());
        }
    }

    @Test
    void shouldNameTheDevicesThereAreWhenItHasNotTheOneAskedFor() throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        SimOtii application = new SimOtii(wire[1], BOARD, new WireFaults());
        IOException told = assertThrows(
                IOException.class,
                () -> Simulated.answering(application, 0, () -> OtiiMeter.open(wire[0], new OtiiSetup("Ace 9", 4, 1))));
        assertTrue(told.getMessage().contains("these devices: Arc"), told.getMessage());
    }
}
