package io.spikelet.bench.rig;

import io.spikelet.host.data.SampleSet;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What is loaded for windows of performance and energy: samples of the data, or made-up bytes where there is none. */
final class Inputs {
    private static final int MADE_UP = 5;

    private final byte[][] samples;
    private final String source;

    private Inputs(byte[][] samples, String source) {
        this.samples = samples;
        this.source = source;
    }

    /** The first samples of the data, one a window. */
    static Inputs of(SampleSet data, int windows) {
        byte[][] samples = new byte[Math.min(windows, data.count())][data.sampleBytes()];
        for (int i = 0; i < samples.length; i++) {
            data.read(i, samples[i], 0);
        }
        return new Inputs(samples, data.name());
    }

    /** Seeded bytes of every value, which cost a spiking network about what noise costs it. */
    static Inputs madeUp(int bytes, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[][] samples = new byte[MADE_UP][bytes];
        for (byte[] sample : samples) {
            random.nextBytes(sample);
        }
        return new Inputs(samples, "random bytes, seed " + seed);
    }

    static Inputs of(Optional<SampleSet> data, int windows, int bytes, long seed) {
        return data.isPresent() ? of(data.get(), windows) : madeUp(bytes, seed);
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
