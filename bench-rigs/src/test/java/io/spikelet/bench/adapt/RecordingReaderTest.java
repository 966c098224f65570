package io.spikelet.bench.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.data.SampleFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {
    private static final int RATE = 8000;

    @TempDir
    private Path folder;

    private static byte[] wav(short[] samples, int rate, int channels, int bits) {
        ByteBuffer file =
                ByteBuffer.allocate(12 + 10 + 24 + 8 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WAVE".getBytes(StandardCharsets.US_ASCII));
        file.put("note".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .put((byte) 7)
                .put((byte) 0);
        file.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(2 * rate);
        file.putShort((short) 2).putShort((short) bits);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (short sample : samples) {
            file.putShort(sample);
        }
        return file.array();
    }

    @Test
    void shouldReadSamplesBehindChunksThatItDoesNotKnow() throws Exception {
        short[] samples = {1, -2, Short.MAX_VALUE, Short.MIN_VALUE};
        assertArrayEquals(samples, WavFile.samples(wav(samples, RATE, 1, 16), "a.wav", RATE));
    }

    @Test
    void shouldRefuseOtherRatesChannelsAndWidths() {
        short[] samples = new short[9];
        for (byte[] file : new byte[][] {
            wav(samples, 16000, 1, 16), wav(samples, RATE, 2, 16), wav(samples, RATE, 1, 8), new byte[40]
        }) {
            SampleFileException refused =
                    assertThrows(SampleFileException.class, () -> WavFile.samples(file, "a.wav", RATE));
            assertTrue(refused.getMessage().startsWith("a.wav: "), refused.getMessage());
        }
    }

    @Test
    void shouldReadOrRefuseEveryDamagedWavInOneSentence() {
        byte[] whole = wav(new short[50], RATE, 1, 16);
        Random random = new Random(11);
        int refused = 0;
        for (int k = 0; k < 4000; k++) {
            byte[] damaged = Arrays.copyOf(whole, k % 2 == 0 ? whole.length : random.nextInt(whole.length));
            for (int n = random.nextInt(4); n > 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(Math.min(60, damaged.length))] = (byte) random.nextInt();
            }
            try {
                assertTrue(WavFile.samples(damaged, "a.wav", RATE).length <= whole.length / 2);
            } catch (SampleFileException sentence) {
                refused++;
            }
        }
        assertTrue(refused > 1000, "damage that nobody sees: " + refused);
    }

    @Test
    void shouldRefuseARecordingThatIsShortLongOrNoGzip() throws Exception {
        int bytes = EmgRecording.DAYS
                * EmgRecording.MOTIONS
                * EmgRecording.TRIALS
                * EmgRecording.SAMPLES
                * EmgRecording.CHANNELS
                * Short.BYTES;
        for (byte[] file : new byte[][] {
            gzip(bytes - 1), gzip(bytes + 1), new byte[10], new byte[0], Arrays.copyOf(gzip(bytes), 5000)
        }) {
            Path path = Files.write(folder.resolve("sub1.i16.gz"), file);
            SampleFileException refused = assertThrows(SampleFileException.class, () -> EmgRecording.read(path));
            assertTrue(refused.getMessage().contains("sub1.i16.gz"), refused.getMessage());
        }
    }

    private static byte[] gzip(int bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[bytes]);
        }
        return packed.toByteArray();
    }

    @Test
    void shouldSayWhatAFolderLacks() {
        assertThrows(SampleFileException.class, () -> EmgCourses.read(folder, 8));
        assertThrows(IOException.class, () -> DigitCourses.read(folder));
        assertThrows(IllegalArgumentException.class, () -> EmgCourses.read(folder, 23));
    }
}
