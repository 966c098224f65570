package io.spikelet.bench.workload;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;

/** Made-up samples: frames in which an exact share of the inputs spike, or uniformly random pixels. */
final class SampleInputs {
    private SampleInputs() {}

    /**
     * @param density of the spikes; pixels do not heed it
     * @return (count, sample) unsigned bytes
     */
    static byte[] draw(SpikingNetwork network, double density, int count, long seed) {
        Random random = new Random(seed);
        byte[] samples = new byte[count * network.sampleBytes()];
        if (network.input().output().kind() != EdgeDomain.Kind.BIT) {
            random.nextBytes(samples);
            return samples;
        }
        int frame = network.input().shape().size();
        int spikes = (int) Math.round(density * frame);
        for (int offset = 0; offset < samples.length; offset += frame) {
            for (int placed = 0; placed < spikes; ) {
                int at = offset + random.nextInt(frame);
                if (samples[at] == 0) {
                    samples[at] = 1;
                    placed++;
                }
            }
        }
        return samples;
    }
}
