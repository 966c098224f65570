package io.spikelet.host.quantise;

import io.spikelet.engine.SelfTests;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.Encoder;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SelfTest;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Gives a network the self-tests that a board runs before it serves it. */
public final class SelfTestSamples {
    /** How many a network gets unless one asks for another number. */
    public static final int USUAL_COUNT = 4;

    /** What all samples may have together after the first one, so that an image grows little: bytes. */
    private static final int MOST_BYTES = 1 << 16;

    private static final long SEED = 20_261_127;

    private SelfTestSamples() {}

    /**
     * Records the answers to the first samples of a set, or, where there is none or its samples are not this network's,
     * to seeded random ones.
     *
     * @param wanted how many, 0..{@link SelfTest#MAX_COUNT}; fewer where they would be more than 64 KiB, but one at least
     * @throws MalformedDataException when the network cannot run
     */
    public static SpikingNetwork record(SpikingNetwork network, Optional<SampleSet> set, int wanted)
            throws MalformedDataException {
        if (wanted < 0 || wanted > SelfTest.MAX_COUNT) {
            throw new IllegalArgumentException("self-tests must be 0 to " + SelfTest.MAX_COUNT + ": " + wanted);
        }
        int count = Math.min(wanted, Math.max(1, MOST_BYTES / network.sampleBytes()));
        if (set.isPresent() && set.get().sampleBytes() == network.sampleBytes()) {
            List<byte[]> samples = ofSet(set.get(), Math.min(count, set.get().count()));
            if (samples.stream().allMatch(sample -> fits(sample, maximum(network)))) {
                return SelfTests.record(network, samples);
            }
        }
        return SelfTests.record(network, random(network, count));
    }

    private static List<byte[]> ofSet(SampleSet set, int count) {
        List<byte[]> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] sample = new byte[set.sampleBytes()];
            set.read(i, sample, 0);
            samples.add(sample);
        }
        return samples;
    }

    /** Every other one with three silent values in four, as spikes and images of events are. */
    private static List<byte[]> random(SpikingNetwork network, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] sample = new byte[network.sampleBytes()];
            for (int k = 0; k < sample.length; k++) {
                boolean silent = i % 2 == 1 && random.nextInt(4) > 0;
                sample[k] = (byte) (silent ? 0 : random.nextInt(maximum(network) + 1));
            }
            samples.add(sample);
        }
        return samples;
    }

    /** The largest byte that a sample may hold: where the bytes are the values, what the input declares. */
    private static int maximum(SpikingNetwork network) {
        Encoder encoder = network.encoder();
        return encoder instanceof Encoder.Direct || encoder.takesFrameEachStep()
                ? Math.min(255, network.input().output().maximum())
                : 255;
    }

    private static boolean fits(byte[] sample, int maximum) {
        for (byte value : sample) {
            if ((value & 0xff) > maximum) {
                return false;
            }
        }
        return true;
    }
}
