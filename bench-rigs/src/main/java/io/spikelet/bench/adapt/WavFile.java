package io.spikelet.bench.adapt;

import io.spikelet.host.data.SampleFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The samples of a RIFF WAVE file of one channel, 16 bit PCM, at one sample rate. */
final class WavFile {
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FORMAT_BYTES = 16;
    private static final int PCM = 1;

    private WavFile() {}

    /**
     * @param name of the file, for what is said of it
     * @throws SampleFileException when it is not such a file, or ends early
     */
    static short[] samples(byte[] file, String name, int sampleRate) throws SampleFileException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER || !"RIFF".equals(word(file, 0)) || !"WAVE".equals(word(file, 8))) {
            throw new SampleFileException(name + ": is not a RIFF WAVE file; give recordings as .wav");
        }
        boolean known = false;
        int at = HEADER;
        while (at + CHUNK_HEADER <= file.length) {
            String kind = word(file, at);
            long size = Integer.toUnsignedLong(bytes.getInt(at + 4));
            int body = at + CHUNK_HEADER;
            if (size > file.length - body) {
                throw new SampleFileException(name + ": chunk '" + kind + "' at byte " + at + " says " + size
                        + " bytes but " + (file.length - body) + " are left; copy the file again");
            }
            if ("fmt ".equals(kind)) {
                requireFormat(bytes, body, size, name, sampleRate);
                known = true;
            } else if ("data".equals(kind)) {
                if (!known) {
                    throw new SampleFileException(name + ": samples come before their format");
                }
                short[] samples = new short[(int) size / Short.BYTES];
                bytes.position(body)
                        .slice()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer()
                        .get(samples);
                return samples;
            }
            long next = body + size + (size & 1);
            at = (int) Math.min(next, file.length);
        }
        throw new SampleFileException(name + ": holds no samples");
    }

    private static void requireFormat(ByteBuffer bytes, int body, long size, String name, int sampleRate)
            throws SampleFileException {
        if (size < FORMAT_BYTES
                || bytes.getShort(body) != PCM
                || bytes.getShort(body + 2) != 1
                || bytes.getInt(body + 4) != sampleRate
                || bytes.getShort(body + 14) != Short.SIZE) {
            throw new SampleFileException(
                    name + ": is not 16 bit PCM of one channel at " + sampleRate + " Hz; convert it so");
        }
    }

    private static String word(byte[] file, int at) {
        return new String(file, at, 4, StandardCharsets.US_ASCII);
    }
}
