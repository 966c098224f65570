package io.spikelet.bench.adapt;

import io.spikelet.host.data.SampleFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One person's armband over 30 days (Kanoga et al., Biomed. Signal Process. Control 60, 2020):
 * {@code subN.i16.gz}, little-endian int16 (days, motions, trials, samples at 200 Hz, channels).
 */
final class EmgRecording {
    static final int DAYS = 30;
    static final int MOTIONS = 22;
    static final int TRIALS = 4;
    static final int SAMPLES = 300;
    static final int CHANNELS = 8;

    /** Where the armband sat each day: neutral, turned inward, turned outward. */
    static final String PLACEMENTS = "NIONIIOONNONNOOIIINOOIOIINNINO";

    private static final int VALUES = DAYS * MOTIONS * TRIALS * SAMPLES * CHANNELS;

    private EmgRecording() {}

    /**
     * All samples.
     *
     * @throws SampleFileException when the file is not gzip or does not hold exactly so many samples
     */
    static short[] read(Path file) throws IOException {
        byte[] bytes = new byte[VALUES * Short.BYTES];
        try (InputStream packed = Files.newInputStream(file);
                InputStream in = new GZIPInputStream(packed)) {
            int read = in.readNBytes(bytes, 0, bytes.length);
            if (read < bytes.length || in.read() != -1) {
                throw new SampleFileException(file + ": holds " + (read < bytes.length ? read : "more than " + read)
                        + " bytes, not the " + bytes.length + " of 30 days, 22 motions, 4 trials, 300 samples and 8"
                        + " channels; take subN.i16.gz as it was prepared");
            }
        } catch (ZipException | EOFException e) {
            throw new SampleFileException(file + ": is not a whole gzip file; copy it again", e);
        }
        short[] samples = new short[VALUES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** Where a trial's samples begin. */
    static int offset(int day, int motion, int trial) {
        return ((day * MOTIONS + motion) * TRIALS + trial) * SAMPLES * CHANNELS;
    }
}
