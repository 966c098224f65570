package io.spikelet.hal.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.linux.FirmwareCommand;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.SampleBlock;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.serial.TerminalLink;
import io.spikelet.hal.sim.EdgeFeed;
import io.spikelet.hal.sim.SimCurrent;
import io.spikelet.hal.sim.SimInstrument;
import io.spikelet.hal.sim.SimLpm01a;
import io.spikelet.hal.sim.SimOtii;
import io.spikelet.hal.sim.SimPace;
import io.spikelet.hal.sim.SimPpk2;
import io.spikelet.hal.sim.SimScpi;
import io.spikelet.hal.sim.WireFaults;
import io.spikelet.hal.tcp.TcpListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each instrument opened by its words, on a simulator behind a real terminal or socket. */
@Timeout(60)
class InstrumentMetersTest {
    private static final SimCurrent TEN_MILLIAMPS = nanos -> 0.01;
    private static final MeterPlaces PLACES = new MeterPlaces(
            Path.of("/nowhere"),
            where -> {
                throw new IOException("no bus");
            },
            new FirmwareCommand(Path.of("/nowhere")),
            SerialLink::open,
            path -> EdgeFeed.NONE);

    @Test
    void shouldOpenAPpk2ByWords() throws IOException {
        assertEquals(
                "ppk2",
                overTerminal(
                        "ppk2:%s,volts=3.3,mode=ampere", link -> new SimPpk2(link, TEN_MILLIAMPS, new WireFaults())));
    }

    @Test
    void shouldOpenAnLpm01aByWords() throws IOException {
        assertEquals(
                "lpm01a",
                overTerminal(
                        "lpm01a:%s,volts=3.3,rate=1000,output=current",
                        link -> new SimLpm01a(link, TEN_MILLIAMPS, new WireFaults())));
    }

    @Test
    void shouldOpenAMultimeterAtASerialLineByWords() throws IOException {
        assertEquals(
                "scpi",
                overTerminal(
                        "scpi:serial:%s,volts=3.3,nplc=0.1",
                        link -> new SimScpi(link, TEN_MILLIAMPS, new WireFaults())));
    }

    @Test
    void shouldOpenAMultimeterAtASocketByWords() throws IOException {
        assertEquals(
                "scpi",
                overTcp(
                        "scpi:tcp:127.0.0.1:%d,volts=3.3,way=digitised,rate=5000",
                        link -> new SimScpi(link, TEN_MILLIAMPS, new WireFaults())));
    }

    @Test
    void shouldOpenAnOtiiByWordsWithADeclaredAccuracy() throws IOException {
        assertEquals(
                "otii",
                overTcp(
                        "otii:127.0.0.1:%d,volts=3.3,accuracy=1%%",
                        link -> new SimOtii(link, TEN_MILLIAMPS, new WireFaults())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ppk2,volts=3.3|does not say where",
                "ppk2:/dev/null|give volts=",
                "ppk2:/dev/null,volts=9|0.8 to 5 V",
                "ppk2:/dev/null,volts=3,mode=sink|source or ampere",
                "ppk2:/dev/null,volts=3,rate=5|knows no \"rate\"",
                "lpm01a:/dev/null,volts=3,rate=3|1, 2 or 5 times",
                "scpi:udp:x,volts=3|neither at tcp",
                "scpi:tcp:x:0,volts=3|no host with a port",
                "scpi:tcp:x,volts=3,way=odd|integrated, digitised or polled",
                "otii:x,volts=90|0.5 to 25 V"
            })
    void shouldSayWhatIsWrongWithWords(String words, String sentence) {
        IllegalArgumentException told = assertThrows(IllegalArgumentException.class, () -> Meters.open(words, PLACES));
        assertTrue(told.getMessage().contains(sentence), told.getMessage());
    }

    private static String overTerminal(String words, Function<ByteLink, SimInstrument> instrument) throws IOException {
        TerminalLink device = TerminalLink.open();
        try (SimPace _ = SimPace.run(instrument.apply(device));
                Meter meter = Meters.open(words.formatted(device.path()), PLACES)) {
            return measured(meter);
        }
    }

    private static String overTcp(String words, Function<ByteLink, SimInstrument> instrument) throws IOException {
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            CompletableFuture<SimPace> accepted = CompletableFuture.supplyAsync(() -> {
                try {
                    return SimPace.run(instrument.apply(listener.accept(10_000)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Meter meter = Meters.open(words.formatted(listener.port()), PLACES);
            try (SimPace _ = accepted.join();
                    meter) { // which closes first, while its instrument is there
                return measured(meter);
            }
        }
    }

    private static String measured(Meter meter) throws IOException {
        meter.start();
        SampleBlock block = new SampleBlock(10);
        assertTrue(meter.read(block, 5000) > 0);
        assertEquals(0.033, block.watts(0), 2e-4);
        return meter.traits().name();
    }
}
