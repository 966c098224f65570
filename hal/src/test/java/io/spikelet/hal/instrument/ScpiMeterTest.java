package io.spikelet.hal.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.meter.SampleBlock;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimPace;
import io.spikelet.hal.sim.SimScpi;
import io.spikelet.hal.sim.WireFaults;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tcp.TcpListener;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScpiMeterTest {
    private static final ScpiSetup DIGITISED = new ScpiSetup(ScpiSetup.Way.DIGITISED, 20_000, 0, 3, 5);
    private static final long MILLI = 1_000_000;

    @Test
    void shouldReadTheGoldenBufferExactly() throws IOException {
        GoldenStream golden = new GoldenStream("scpi.txt");
        try (ScpiMeter meter = ScpiMeter.open(golden, DIGITISED)) {
            golden.assertReadBy(meter);
        }
        assertTrue(golden.asked().contains(":SENS:DIG:CURR:SRAT 20000\n"));
    }

    @Test
    void shouldFollowABufferThatWrapsAroundAndCountItsGaps() throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        WireFaults faults = new WireFaults().lose(50_000, 4).noNumber(60_000);
        SimScpi instrument = new SimScpi(wire[1], nanos -> 0.5, faults);
        ScpiSetup setup = new ScpiSetup(ScpiSetup.Way.DIGITISED, 1_000_000, 0, 1, 5);
        try (ScpiMeter meter = Simulated.answering(instrument, 0, () -> ScpiMeter.open(wire[0], setup))) {
            Simulated.answering(instrument, 0, () -> {
                meter.start();
                return meter;
            });
            SampleBlock block = new SampleBlock(5000);
            long samples = 0;
            long lost = 0;
            long broken = 0;
            for (long now = 50 * MILLI; now <= 150 * MILLI; now += 50 * MILLI) {
                instrument.doWork(now);
                for (int count = 1; count > 0; ) {
                    count = Simulated.answering(instrument, now, () -> meter.read(block, 0));
                    samples += count;
                    lost += block.lost();
                    broken += block.broken();
                }
            }
            assertEquals(4, lost);
            assertEquals(1, broken);
            assertEquals(150_000 - 5, samples, "through a buffer of 100,000");
        }
    }

    @Test
    void shouldTellWhatStandsInTheQueueOfErrors() throws IOException {
        try (ScriptedWire wire = new ScriptedWire(request -> switch (request) {
            case "*IDN?" -> "ACME,9000,1,2\n";
            case ":SYST:LFR?" -> "60\n";
            case ":SYST:ERR?" -> "-222,\"Parameter data out of range\"\n";
            default -> "";
        })) {
            IOException told = assertThrows(
                    IOException.class,
                    () -> ScpiMeter.open(wire.link(), new ScpiSetup(ScpiSetup.Way.INTEGRATED, 0, 1, 3, 5)));
            assertTrue(told.getMessage().contains("-222,\"Parameter data out of range\""), told.getMessage());
        }
    }

    @Test
    void shouldSayThatAnAnswerIsNoNumber() throws IOException {
        MemoryLink[] wire = MemoryLink.pair();
        SimScpi instrument = new SimScpi(wire[1], nanos -> 0.5, new WireFaults().noise(3, (byte) 0xff, (byte) 'x'));
        try (ScpiMeter meter = Simulated.answering(instrument, 0, () -> ScpiMeter.open(wire[0], DIGITISED))) {
            Simulated.answering(instrument, 0, () -> {
                meter.start();
                return meter;
            });
            IOException told = assertThrows(
                    IOException.class,
                    () -> Simulated.answering(instrument, MILLI, () -> meter.read(new SampleBlock(100), 100)));
            assertTrue(told.getMessage().contains("no number"), told.getMessage());
        }
    }

    @Test
    void shouldSayThatWhatAnswersIsNoInstrument() throws IOException {
        try (ScriptedWire wire = new ScriptedWire(request -> "login:\n")) {
            IOException told = assertThrows(IOException.class, () -> ScpiMeter.open(wire.link(), DIGITISED));
            assertTrue(told.getMessage().contains("names no maker"), told.getMessage());
        }
    }

    @Test
    void shouldPollOverTcpAnInstrumentWithoutABuffer() throws IOException {
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            TcpLink link = TcpLink.connect("127.0.0.1", listener.port(), 5000);
            ScpiSetup polled = new ScpiSetup(ScpiSetup.Way.POLLED, 0, 1, 0, 5);
            try (SimPace _ = SimPace.run(new SimScpi(listener.accept(5000), nanos -> 0.2, new WireFaults()));
                    ScpiMeter meter = ScpiMeter.open(link, polled)) {
                meter.start();
                SampleBlock block = new SampleBlock(20);
                assertEquals(20, meter.read(block, 5000));
                assertEquals(1.0, block.watts(19), 1e-9);
                assertTrue(block.nanos(19) > block.nanos(0));
            }
        }
    }
}
