package io.spikelet.host.shared;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The 1159 spike recordings of seven Braille letters (256 steps of 12 channels) and what the original snnTorch code
 * answers to each with {@code braille_noDelay_bias_zero.nir}.
 */
public final class BrailleSamples {
    private static final String INPUTS = "models/braille/braille7_inputs.bin";
    private static final String REFERENCE = "models/braille/braille7_zero_reference.csv";

    private final int count;
    private final int steps;
    private final int channels;
    private final byte[] labels;
    private final byte[] bits;
    private final List<Reference> references;

    /**
     * The original code's answer to one sample.
     *
     * @param prediction the class it chose
     * @param hiddenSpikes spikes of all 38 hidden neurons over 256 steps
     * @param outputSpikes spikes of each of the 7 output neurons over 256 steps
     */
    public record Reference(int prediction, int hiddenSpikes, int[] outputSpikes) {}

    private BrailleSamples(ByteBuffer file, List<Reference> references) {
        count = file.getInt();
        steps = file.getInt();
        channels = file.getInt();
        labels = new byte[count];
        file.get(labels);
        bits = new byte[file.remaining()];
        file.get(bits);
        this.references = references;
    }

    /** Reads all samples; skips the calling test when the files are not there. */
    public static BrailleSamples load() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(SharedFolder.file(INPUTS)));
        List<Reference> references = new ArrayList<>();
        List<String> lines = Files.readAllLines(SharedFolder.file(REFERENCE));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            int[] outputSpikes = new int[7];
            for (int c = 0; c < outputSpikes.length; c++) {
                outputSpikes[c] = Integer.parseInt(cells[6 + c]);
            }
            references.add(new Reference(Integer.parseInt(cells[4]), Integer.parseInt(cells[5]), outputSpikes));
        }
        return new BrailleSamples(file.order(ByteOrder.LITTLE_ENDIAN), references);
    }

    /** The number of samples. */
    public int count() {
        return count;
    }

    /** Time steps a sample. */
    public int steps() {
        return steps;
    }

    /** Input channels a step. */
    public int channels() {
        return channels;
    }

    /** The true class of a sample, 0..6. */
    public int label(int sample) {
        return labels[sample];
    }

    /** The original code's answer to a sample. */
    public Reference reference(int sample) {
        return references.get(sample);
    }

    /** Whether a channel carries a spike. */
    public boolean spike(int sample, int step, int channel) {
        int bit = (sample * steps + step) * channels + channel;
        return (bits[bit >> 3] >> (7 - (bit & 7)) & 1) == 1;
    }

    /** One time step of a sample as zeros and ones, for a float network. */
    public float[] frame(int sample, int step) {
        float[] frame = new float[channels];
        for (int c = 0; c < channels; c++) {
            frame[c] = spike(sample, step, c) ? 1 : 0;
        }
        return frame;
    }

    /** A whole sample as zeros and ones, step by step; what the board's frame encoder takes. */
    public byte[] bytes(int sample) {
        byte[] bytes = new byte[steps * channels];
        for (int t = 0; t < steps; t++) {
            for (int c = 0; c < channels; c++) {
                bytes[t * channels + c] = (byte) (spike(sample, t, c) ? 1 : 0);
            }
        }
        return bytes;
    }
}
