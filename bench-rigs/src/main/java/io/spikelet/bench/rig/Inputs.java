package io.spikelet.bench.rig;

import io.spikelet.host.data.SampleSet;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What is loaded for windows of performance and energy: samples of the data, or made-up bytes where there is none. */
final class Inputs {
    /** The largest value of a byte, for a device of which nothing is known. */
    static final int ANY_BYTE = 255;

    private final byte[][] samples;
    private final String source;

    private Inputs(byte[][] samples, String source) {
        this.samples = samples;
        this.source = source;
    }

    /** The first samples of the data, which windows take in turns. */
    static Inputs of(SampleSet data, int count) {
        byte[][] samples = new byte[Math.min(count, data.count())][data.sampleBytes()];
        for (int i = 0; i < samples.length; i++) {
            data.read(i, samples[i], 0);
        }
        return new Inputs(
                samples,
                (samples.length == 1 ? "the first sample of " : "the first " + samples.length + " samples of ")
                        + data.name());
    }

    /**
     * Seeded bytes of every value, which cost a spiking network about what noise costs it.
     *
     * @param count how many samples, which windows take in turns
     * @param maximum the largest value that the model takes, 1..255
     */
    static Inputs madeUp(int count, int bytes, int maximum, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[][] samples = new byte[count][bytes];
        for (byte[] sample : samples) {
            for (int i = 0; i < bytes; i++) {
                sample[i] = (byte) random.nextInt(maximum + 1);
            }
        }
        return new Inputs(
                samples,
                (count == 1 ? "one sample" : count + " samples") + " of random bytes up to " + maximum + ", seed "
                        + seed);
    }

    /** The largest value of a byte that a network takes. */
    static int maximum(SpikingNetwork network) {
        return Math.clamp(network.input().output().maximum(), 1, ANY_BYTE);
    }

    /** For a person. */
    String source() {
        return source;
    }

    int bytes() {
        return samples[0].length;
    }

    /**
     * Loads the sample of a window.
     *
     * @return its number
     */
    int load(Dut dut, int window) throws IOException {
        int sample = window % samples.length;
        dut.load(samples[sample], 0, samples[sample].length);
        return sample;
    }
}
