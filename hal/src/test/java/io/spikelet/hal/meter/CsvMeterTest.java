package io.spikelet.hal.meter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvMeterTest {
    private static final MeterAccuracy ONE_PERCENT = new MeterAccuracy(.01, 0, 0);

    @TempDir
    private Path folder;

    private CsvMeter open(String text, CsvMeter.Format format, double volts) throws IOException {
        Path file = folder.resolve("recording.csv");
        Files.writeString(file, text);
        return CsvMeter.open(file, format, volts, ONE_PERCENT, 0);
    }

    private SampleBlock all(String text, CsvMeter.Format format, double volts) throws IOException {
        SampleBlock block = new SampleBlock(100);
        try (CsvMeter meter = open(text, format, volts)) {
            meter.start();
            meter.read(block, 0);
            assertEquals(0, meter.read(new SampleBlock(1), 0));
        }
        return block;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time_s,power_w|10.000001,2.5|10.000003,2.6",
                "Time (ms),Power (mW)|10000.001,2500|10000.003,2600",
                "t[us],P[W]|10000001,2.5|10000003,2.6",
                "timestamp_ns,comment,power_uw|10000001000,x,2500000|10000003000,y,2600000",
                "seconds,watts|10.000001,2.5|10.000003,2.6",
                "time_s,voltage_v,current_ma|10.000001,5,500|10.000003,5,520",
                "us,mV,uA|10000001,5000,500000|10000003,5000,520000",
            })
    void shouldUnderstandEveryUnitThatAHeaderNames(String header, String first, String second) throws IOException {
        SampleBlock block = all(header + "\n" + first + "\n" + second + "\n", CsvMeter.Format.PLAIN, Double.NaN);
        assertEquals(2, block.size());
        assertEquals(0, block.nanos(0));
        assertEquals(2000, block.nanos(1));
        assertEquals(2.5, block.watts(0), 1e-12);
        assertEquals(2.6, block.watts(1), 1e-12);
    }

    @Test
    void shouldReadTheNordicAppsRecordingWithItsEightInputs() throws IOException {
        SampleBlock block = all(
                "Timestamp(ms),Current(uA),D0-D7\n0,1000,10000000\n0.01,2000,00000000\n0.02,3000,01000000\n",
                CsvMeter.Format.PLAIN,
                3.3);
        assertEquals(3, block.size());
        assertEquals(.0066, block.watts(1), 1e-12);
        assertEquals(3.3, block.volts(1), 0);
        assertEquals(2, block.edgeCount());
        assertArrayEquals(new long[] {10_000, 20_000}, new long[] {block.edgeNanos(0), block.edgeNanos(1)});
        assertEquals(0, block.edgeInput(0));
        assertFalse(block.edgeRises(0));
        assertEquals(1, block.edgeInput(1));
        assertTrue(block.edgeRises(1));
    }

    @Test
    void shouldReadSemicolonsAndDecimalCommasWhenTold() throws IOException {
        String text = "# made by a spreadsheet\r\n\"time_s\";\"power_w\";d3\r\n0,0;2,5;1\r\n0,001;2,75;0\r\n";
        SampleBlock block = all(text, CsvMeter.Format.DECIMAL_COMMA, Double.NaN);
        assertEquals(2.75, block.watts(1), 1e-12);
        assertEquals(1_000_000, block.nanos(1));
        assertEquals(3, block.edgeInput(0));
    }

    @Test
    void shouldCountAValueWithoutNumberAndLeaveItsGap() throws IOException {
        SampleBlock block = all("time_s,power_w\n0,1\n1,nan\n2,\n3,1\n", CsvMeter.Format.PLAIN, Double.NaN);
        assertEquals(2, block.size());
        assertEquals(2, block.broken());
        assertEquals(3_000_000_000L, block.nanos(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,power_w/0,1/1,1|line 1: the column \"time\" does not say its unit; name it as time_ms",
                "time_s,power/0,1/1,1|line 1: the column \"power\" does not say its unit; name it as power_mw",
                "power_w,x/1,1/1,1|line 1: no column of time; name one time_s, time_ms, time_us or time_ns",
                "time_s,x/1,1/1,1|line 1: no column of power or current",
                "time_s,current_ma/1,1/2,1|line 1: current without voltage; add volts=, the supply's",
                "time_s,power_w,watts/1,1,1/2,1,1|line 1: the columns \"power_w\" and \"watts\" are the same quantity",
                "time_s,power_w/0,1|line 3: fewer than two rows",
                "time_s,power_w/0,1/1,2/2|line 4: 1 columns, the header names 2",
                "time_s,power_w/0,1/1,2/x,2|line 4: time is no number: \"x\"",
                "time_s,power_w/0,1/1,2/.5,2|line 4: time falls",
                "time_s,power_w/0,1/1,2/2,two|line 4: no number in \"two\"",
                "time_s,power_w,d0/0,1,0/1,2,1/2,2,5|line 4: a digital column holds 0 or 1, not \"5\"",
            })
    void shouldSayWhichLineIsBadAndWhy(String rows, String sentence) {
        IOException bad = assertThrows(
                IOException.class, () -> all(rows.replace('/', '\n') + "\n", CsvMeter.Format.PLAIN, Double.NaN));
        assertTrue(bad.getMessage().contains("recording.csv, " + sentence), bad.getMessage());
    }

    @Test
    void shouldRefuseBytesThatAreNoText() throws IOException {
        Path file = folder.resolve("picture.csv");
        byte[] bytes = new byte[200_000];
        java.util.Arrays.fill(bytes, (byte) 'x');
        Files.write(file, bytes);
        assertTrue(assertThrows(IOException.class, () -> CsvMeter.open(file, CsvMeter.Format.PLAIN, 5, ONE_PERCENT, 0))
                .getMessage()
                .contains("line 1: longer than 65536 characters"));
        java.util.Arrays.fill(bytes, (byte) 0xff);
        Files.write(file, bytes);
        assertTrue(assertThrows(IOException.class, () -> CsvMeter.open(file, CsvMeter.Format.PLAIN, 5, ONE_PERCENT, 0))
                .getMessage()
                .contains("no UTF-8 text"));
    }

    @Test
    void shouldStreamARecordingThatIsLargerThanABlockWithoutLosingAnEdge() throws IOException {
        Path file = folder.resolve("long.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("time_us,power_mw,d0,d1\n");
            for (int i = 0; i < 200_000; i++) {
                out.write(i * 10 + ",1000," + i / 2 % 2 + "," + i / 2 % 2 + "\n");
            }
        }
        SampleBlock block = new SampleBlock(7);
        long samples = 0;
        long edges = 0;
        try (CsvMeter meter = CsvMeter.open(file, CsvMeter.Format.PLAIN, 5, ONE_PERCENT, 0)) {
            assertEquals(100_000, meter.traits().samplesPerSecond(), 1e-6);
            meter.start();
            while (meter.read(block, 0) > 0) {
                samples += block.size();
                edges += block.edgeCount();
            }
        }
        assertEquals(200_000, samples);
        assertEquals(2 * 99_999, edges);
    }
}
