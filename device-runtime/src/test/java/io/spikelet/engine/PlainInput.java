package io.spikelet.engine;

import io.spikelet.model.Encoder;
import java.math.BigInteger;

/** What an encoder gives at a step, the generator written out once more. */
final class PlainInput {
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    private final Encoder encoder;
    private BigInteger state;

    PlainInput(Encoder encoder) {
        this.encoder = encoder;
        state = switch (encoder) {
            case Encoder.Bernoulli bernoulli ->
                BigInteger.valueOf(bernoulli.seed()).mod(WORD);
            case Encoder.SignedPoisson poisson ->
                BigInteger.valueOf(poisson.seed()).mod(WORD);
            default -> BigInteger.ONE;
        };
    }

    BigInteger[] values(byte[] sample, int size, int t) {
        int offset = encoder.takesFrameEachStep() ? t * size : 0;
        BigInteger[] values = new BigInteger[size];
        for (int i = 0; i < size; i++) {
            values[i] = BigInteger.valueOf(value(sample[offset + i] & 0xff, t));
        }
        return values;
    }

    private long value(int v, int t) {
        return switch (encoder) {
            case Encoder.Direct _, Encoder.Frames _, Encoder.EventFrames _ -> v;
            case Encoder.Bernoulli bernoulli -> v * 65536L > bernoulli.fullScale() * random16() ? 1 : 0;
            case Encoder.SignedPoisson poisson ->
                Math.abs(v - poisson.zero()) * (long) poisson.gain() > random16()
                        ? Integer.compare(v, poisson.zero())
                        : 0;
            case Encoder.Latency latency -> latency.step()[v] == t ? 1 : 0;
            case Encoder.SpikeTimes times -> times.time()[v];
        };
    }

    private long random16() {
        state = state.xor(state.shiftLeft(13)).mod(WORD);
        state = state.xor(state.shiftRight(7));
        state = state.xor(state.shiftLeft(17)).mod(WORD);
        return state.shiftRight(48).longValueExact();
    }
}
