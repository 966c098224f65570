package io.spikelet.device;

import io.spikelet.model.SpikingNetwork;
import io.spikelet.smp.NetworkCommands;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpRequest;
import java.util.Arrays;
import java.util.Optional;

/** The samples of one request, all of the size the model takes, every value and label in its range. */
final class Samples {
    private final byte[] bytes;
    private final byte[] labels;
    private final int sampleBytes;
    private final int count;

    private Samples(byte[] bytes, byte[] labels, int sampleBytes) {
        this.bytes = bytes;
        this.labels = labels;
        this.sampleBytes = sampleBytes;
        this.count = bytes.length / sampleBytes;
    }

    /** Takes {@code x}, (count) samples, and {@code y}, (count) labels or absent, from a request. */
    static Samples of(SmpRequest request, SpikingNetwork network) throws SmpException {
        byte[] bytes = request.bytes("x");
        int sampleBytes = network.sampleBytes();
        if (bytes.length == 0
                || bytes.length % sampleBytes != 0
                || bytes.length / sampleBytes > NetworkCommands.MAX_SAMPLES) {
            throw SmpException.ofGroup(
                    NetworkCommands.ERROR_SAMPLE_SIZE,
                    SmpError.INVALID,
                    "\"x\" holds 1 to " + NetworkCommands.MAX_SAMPLES + " samples of " + sampleBytes + " bytes, not "
                            + bytes.length + " bytes");
        }
        Samples samples = new Samples(bytes, request.optionalBytes("y").orElse(new byte[0]), sampleBytes);
        samples.checkLabels(network.readout().classes());
        samples.checkValues(network.input().output().maximum());
        return samples;
    }

    private void checkLabels(int classes) throws SmpException {
        if (labels.length != 0 && labels.length != count) {
            throw wrongLabel("\"y\" has " + labels.length + " labels for " + count + " samples");
        }
        for (byte label : labels) {
            if ((label & 0xff) >= classes) {
                throw wrongLabel("label " + (label & 0xff) + " is none of the " + classes + " classes");
            }
        }
    }

    private void checkValues(int maximum) throws SmpException {
        Optional<String> wrong = tooLarge(bytes, maximum);
        if (wrong.isPresent()) {
            throw SmpException.general(SmpError.INVALID, wrong.get());
        }
    }

    /** The first value above the maximum, as a sentence. */
    static Optional<String> tooLarge(byte[] bytes, int maximum) {
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & 0xff) > maximum) {
                return Optional.of(
                        "value " + (bytes[i] & 0xff) + " at byte " + i + " is above the model's maximum " + maximum);
            }
        }
        return Optional.empty();
    }

    void requireLabels() throws SmpException {
        if (!isLabelled()) {
            throw wrongLabel("learning needs a label for each sample");
        }
    }

    private static SmpException wrongLabel(String sentence) {
        return SmpException.ofGroup(NetworkCommands.ERROR_LABEL, SmpError.INVALID, sentence);
    }

    byte[] bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    int offset(int sample) {
        return sample * sampleBytes;
    }

    boolean isLabelled() {
        return labels.length > 0;
    }

    int label(int sample) {
        return labels[sample] & 0xff;
    }

    boolean sameAs(Samples other) {
        return Arrays.equals(bytes, other.bytes) && Arrays.equals(labels, other.labels);
    }
}
