package io.spikelet.bench.workload;

import io.spikelet.engine.Engine;
import io.spikelet.model.Encoder;
import io.spikelet.model.SpikingNetwork;

/** Runs an engine over samples and lets somebody look after every time step. */
final class SampleRun {
    /** Looks at the engine's values. */
    @FunctionalInterface
    interface Look {
        void at(int sample, int t);
    }

    private SampleRun() {}

    /** @return how many time steps were run in all */
    static int over(SpikingNetwork network, Engine engine, byte[] samples, Look look) {
        int frame = network.input().shape().size();
        int count = samples.length / network.sampleBytes();
        for (int sample = 0; sample < count; sample++) {
            engine.reset();
            for (int t = 0; t < network.timeSteps(); t++) {
                int within = network.encoder() == Encoder.FRAMES ? t * frame : 0;
                engine.step(samples, sample * network.sampleBytes() + within);
                look.at(sample, t);
            }
        }
        return count * network.timeSteps();
    }
}
