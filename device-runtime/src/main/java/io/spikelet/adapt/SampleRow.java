package io.spikelet.adapt;

import io.spikelet.model.Encoder;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;

/**
 * Samples in a row of fixed length. A sample whose values are spikes is kept as bits, the first value in the most
 * significant one, each sample padded to a whole byte; any other as the bytes that the network takes.
 */
final class SampleRow {
    private final int sampleBytes;
    private final boolean areSpikes;
    private final int storedBytes;

    /** (samples, storedBytes) */
    private final byte[] stored;

    SampleRow(SampleShape shape, int samples) {
        sampleBytes = shape.bytes();
        areSpikes = shape.areSpikes();
        storedBytes = shape.storedBytes();
        stored = new byte[Math.multiplyExact(samples, storedBytes)];
    }

    /**
     * How many bytes a sample has, and whether each of its values is a spike.
     *
     * @param bytes of a sample as the network takes it
     * @param areSpikes whether every value is 0 or 1
     */
    record SampleShape(int bytes, boolean areSpikes) {
        static SampleShape of(SpikingNetwork network) {
            Encoder encoder = network.encoder();
            boolean bytesAreValues = encoder instanceof Encoder.Direct || encoder.takesFrameEachStep();
            return new SampleShape(
                    network.sampleBytes(),
                    bytesAreValues && network.input().output().maximum() == 1);
        }

        int storedBytes() {
            return areSpikes ? (bytes + Byte.SIZE - 1) / Byte.SIZE : bytes;
        }
    }

    /** Takes a copy of a sample. */
    void set(int index, byte[] samples, int offset) {
        int at = index * storedBytes;
        if (!areSpikes) {
            System.arraycopy(samples, offset, stored, at, sampleBytes);
            return;
        }
        for (int k = 0; k < storedBytes; k++) {
            int bits = 0;
            int end = Math.min(Byte.SIZE, sampleBytes - k * Byte.SIZE);
            for (int b = 0; b < end; b++) {
                bits |= (samples[offset + k * Byte.SIZE + b] & 1) << Byte.SIZE - 1 - b;
            }
            stored[at + k] = (byte) bits;
        }
    }

    /** Gives a sample back as the network takes it. */
    void get(int index, byte[] into, int offset) {
        int at = index * storedBytes;
        if (!areSpikes) {
            System.arraycopy(stored, at, into, offset, sampleBytes);
            return;
        }
        for (int i = 0; i < sampleBytes; i++) {
            into[offset + i] = (byte) (stored[at + i / Byte.SIZE] >> Byte.SIZE - 1 - i % Byte.SIZE & 1);
        }
    }

    /** Bytes that {@link #save} writes. */
    int bytes() {
        return stored.length;
    }

    void save(ByteBuffer into) {
        into.put(stored);
    }

    void restore(ByteBuffer from) {
        from.get(stored);
    }
}
