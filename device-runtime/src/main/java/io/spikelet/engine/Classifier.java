package io.spikelet.engine;

import io.spikelet.model.Encoder;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;

/** Encoder, engine and readout: bytes of a sample in, a class out. One classifier serves one thread. */
public final class Classifier {
    private final Engine engine;
    private final SpikingNetwork network;
    private final int frameBytes;
    private final int inputMaximum;
    private final int outputLayer;

    private Classifier(Engine engine) {
        this.engine = engine;
        network = engine.network();
        frameBytes = network.input().shape().size();
        inputMaximum = network.input().output().maximum();
        outputLayer = network.layers().size() - 1;
    }

    /**
     * Plans a network.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     */
    public static Classifier load(SpikingNetwork network) throws MalformedDataException {
        return new Classifier(Engine.load(network));
    }

    public SpikingNetwork network() {
        return network;
    }

    public Engine engine() {
        return engine;
    }

    /**
     * Classifies one sample.
     *
     * @param samples holds {@link SpikingNetwork#sampleBytes()} unsigned bytes from {@code offset}
     * @param into takes the answer
     * @throws IllegalArgumentException when the sample is too short or a value is above the input's declared maximum
     */
    public void infer(byte[] samples, int offset, Inference into) {
        begin(samples, offset, into);
        for (int t = 0; t < network.timeSteps(); t++) {
            advance(samples, offset, t, into);
        }
        conclude(into);
    }

    /** Checks a sample and forgets the one before; the first of the three parts of {@link #infer}. */
    public void begin(byte[] samples, int offset, Inference into) {
        int length = network.sampleBytes();
        if (offset < 0 || offset > samples.length - length) {
            throw new IllegalArgumentException(
                    "a sample has " + length + " bytes: offset=" + offset + " of " + samples.length);
        }
        if (inputMaximum < 255) {
            for (int i = offset; i < offset + length; i++) {
                if ((samples[i] & 0xff) > inputMaximum) {
                    throw new IllegalArgumentException("an input value is at most " + inputMaximum + ": value "
                            + (samples[i] & 0xff) + " at byte " + (i - offset));
                }
            }
        }
        engine.reset();
        into.clear();
    }

    /** Runs one time step; a learner acts between two of them. */
    public void advance(byte[] samples, int offset, int t, Inference into) {
        engine.step(samples, network.encoder() == Encoder.FRAMES ? offset + t * frameBytes : offset);
        into.collect(t, engine.values(outputLayer));
    }

    /** Reads out after the last step. */
    public void conclude(Inference into) {
        into.conclude(engine.spikes(), engine.synapticOperations());
    }
}
