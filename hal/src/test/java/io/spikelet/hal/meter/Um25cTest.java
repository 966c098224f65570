package io.spikelet.hal.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.board.PowerReading;
import io.spikelet.hal.sim.MemoryLink;
import io.spikelet.hal.sim.SimUm25c;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers made by bench-rigs/golden/um25c_frames.py, and faults of the line. */
class Um25cTest {
    static List<String> answers() throws IOException {
        try (InputStream golden = Um25cTest.class.getResourceAsStream("/golden/um25c.txt")) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldReadAnswersOfAnIndependentMakerInPieces(String line) throws IOException {
        String[] parts = line.split("; ");
        byte[] bytes = HexFormat.of().parseHex(parts[parts.length - 1]);
        MemoryLink[] ends = MemoryLink.pair();
        Thread tester = Thread.ofVirtual().start(() -> {
            try {
                byte[] asked = new byte[8];
                assertEquals(1, ends[1].read(asked, 2000));
                assertEquals((byte) 0xf0, asked[0]);
                ends[1].write(bytes, 0, 7);
                ends[1].write(bytes, 7, 100);
                ends[1].write(bytes, 107, 23);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Um25c meter = new Um25c(ends[0]);
        if (parts[1].equals("refused")) {
            assertThrows(IOException.class, meter::reading);
        } else {
            PowerReading reading = meter.reading();
            assertEquals(Double.parseDouble(parts[1]), reading.volts(), 1e-9);
            assertEquals(Double.parseDouble(parts[2]), reading.amps(), 1e-9);
            assertEquals(Double.parseDouble(parts[3]), reading.watts(), 1e-9);
        }
        try {
            tester.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldBeInStepAgainAfterEveryFaultOfTheLine() throws IOException {
        SimUm25c tester = new SimUm25c();
        Um25c meter = new Um25c(tester);
        tester.measure(5, .5);
        for (SimUm25c.Fault fault : SimUm25c.Fault.values()) {
            if (fault != SimUm25c.Fault.NONE) {
                tester.spoil(fault);
                IOException spoilt = assertThrows(IOException.class, meter::reading, fault.name());
                assertTrue(spoilt.getMessage().contains("sim:um25c"), spoilt.getMessage());
            }
            assertEquals(2.5, meter.reading().watts(), 1e-9, fault.name());
        }
    }

    @Test
    void shouldCountSpoiltAnswersAndGoOn() throws IOException {
        SimUm25c tester = new SimUm25c();
        tester.measure(5, .5);
        MeterTraits traits = new MeterTraits(
                "um25c", "a tester", 100, false, Um25c.accuracy(5), 100, 0, Um25c.maximumAmps());
        try (PolledMeter meter = new PolledMeter(Polled.power(new Um25c(tester)), traits, tester)) {
            meter.start();
            tester.spoil(SimUm25c.Fault.NOISE);
            tester.spoil(SimUm25c.Fault.DAMAGED);
            SampleBlock block = new SampleBlock(16);
            long broken = 0;
            for (int seen = 0; seen < 10; seen += meter.read(block, 2000)) {
                broken += block.broken();
                for (int i = 0; i < block.size(); i++) {
                    assertEquals(2.5, block.watts(i), 1e-9);
                }
            }
            assertEquals(2, broken + block.broken());
        }
    }
}
