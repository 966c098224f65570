package io.spikelet.engine;

import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Encoder;

/** Turns the bytes of a frame into the input's values at one time step (docs/equations.md, E1 to E6). Allocates nothing, throws nothing. */
interface StepEncoder {
    /**
     * Writes the values of step t.
     *
     * @param frame holds one unsigned byte for each value from {@code offset}
     * @param t the time step, from 0; 0 begins a sample
     * @param into (size) takes the values
     */
    void encode(byte[] frame, int offset, int t, int[] into);

    static StepEncoder of(Encoder encoder) {
        if (encoder instanceof Encoder.Bernoulli bernoulli) {
            return new BernoulliEncoder(bernoulli);
        }
        if (encoder instanceof Encoder.SignedPoisson poisson) {
            return new SignedPoissonEncoder(poisson);
        }
        if (encoder instanceof Encoder.Latency latency) {
            return new LatencyEncoder(latency);
        }
        if (encoder instanceof Encoder.SpikeTimes times) {
            return new SpikeTimesEncoder(times);
        }
        return new ByteEncoder();
    }

    /** The bytes are the values. */
    record ByteEncoder() implements StepEncoder {
        @Override
        public void encode(byte[] frame, int offset, int t, int[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = frame[offset + i] & 0xff;
            }
        }
    }

    /** Fires where {@code v · 2^16 > fullScale · r}. */
    record BernoulliEncoder(int fullScale, long seed, SeededRandom random) implements StepEncoder {
        BernoulliEncoder(Encoder.Bernoulli encoder) {
            this(encoder.fullScale(), encoder.seed(), new SeededRandom(encoder.seed()));
        }

        @Override
        public void encode(byte[] frame, int offset, int t, int[] into) {
            if (t == 0) {
                random.restore(seed);
            }
            for (int i = 0; i < into.length; i++) {
                long v = frame[offset + i] & 0xff;
                into[i] = v << 16 > fullScale * random.next(16) ? 1 : 0;
            }
        }
    }

    /** Fires with the sign of {@code v − zero} where {@code |v − zero| · gain > r}. */
    record SignedPoissonEncoder(int zero, int gain, long seed, SeededRandom random) implements StepEncoder {
        SignedPoissonEncoder(Encoder.SignedPoisson encoder) {
            this(encoder.zero(), encoder.gain(), encoder.seed(), new SeededRandom(encoder.seed()));
        }

        @Override
        public void encode(byte[] frame, int offset, int t, int[] into) {
            if (t == 0) {
                random.restore(seed);
            }
            for (int i = 0; i < into.length; i++) {
                int distance = (frame[offset + i] & 0xff) - zero;
                boolean fires = (long) Math.abs(distance) * gain > random.next(16);
                into[i] = fires ? Integer.signum(distance) : 0;
            }
        }
    }

    /** Fires once, at the step that the table says. */
    record LatencyEncoder(Encoder.Latency latency) implements StepEncoder {
        @Override
        public void encode(byte[] frame, int offset, int t, int[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = latency.step()[frame[offset + i] & 0xff] == t ? 1 : 0;
            }
        }
    }

    /** The spike time itself. */
    record SpikeTimesEncoder(Encoder.SpikeTimes times) implements StepEncoder {
        @Override
        public void encode(byte[] frame, int offset, int t, int[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = times.time()[frame[offset + i] & 0xff];
            }
        }
    }
}
