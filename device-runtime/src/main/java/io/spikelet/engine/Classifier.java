package io.spikelet.engine;

import io.spikelet.engine.gather.EightBytes;
import io.spikelet.model.Encoder;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;

/** Encoder, engine and readout: bytes of a sample in, a class out. One classifier serves one thread. */
public final class Classifier {
    private final Engine engine;
    private final SpikingNetwork network;

    /** From one step's frame to the next; 0 where one frame serves all. */
    private final int frameBytes;

    /** The largest byte that a sample may hold: where the bytes are the values, what the input declares. */
    private final int byteMaximum;

    private final int outputLayer;

    private Classifier(Engine engine) {
        this.engine = engine;
        network = engine.network();
        Encoder encoder = network.encoder();
        frameBytes = network.frameStride();
        byteMaximum = encoder instanceof Encoder.Direct || encoder.takesFrameEachStep()
                ? network.input().output().maximum()
                : 255;
        outputLayer = network.layers().size() - 1;
    }

    /**
     * Plans a network on plain kernels.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     */
    public static Classifier load(SpikingNetwork network) throws MalformedDataException {
        return new Classifier(Engine.load(network));
    }

    /**
     * Plans a network.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     * @throws IllegalArgumentException when this JVM cannot run the kernels
     */
    public static Classifier load(SpikingNetwork network, Kernels kernels) throws MalformedDataException {
        return new Classifier(Engine.load(network, kernels));
    }

    /**
     * Plans a network some of whose layers are on devices, which were programmed.
     *
     * @throws MalformedDataException when a shape, a parameter or a declared bound does not hold
     */
    public static Classifier load(Offload offload) throws MalformedDataException {
        return new Classifier(Engine.load(offload));
    }

    public SpikingNetwork network() {
        return network;
    }

    public Engine engine() {
        return engine;
    }

    /**
     * Classifies one sample, in no more steps than the readout's exit wants.
     *
     * @param samples holds {@link SpikingNetwork#sampleBytes()} unsigned bytes from {@code offset}
     * @param into takes the answer
     * @throws IllegalArgumentException when the sample is too short or a value is above the input's declared maximum
     * @throws DeviceFailedException when a layer's device fails and the policy is to stop
     */
    public void infer(byte[] samples, int offset, Inference into) {
        while (!answered(samples, offset, into)) {
            // a device lost the sample and is well again, or the processor took over
        }
    }

    private boolean answered(byte[] samples, int offset, Inference into) {
        try {
            begin(samples, offset, into);
            boolean ended = false;
            for (int t = 0; t < network.timeSteps() && !ended; t++) {
                ended = advance(samples, offset, t, into);
            }
            conclude(into);
            return true;
        } catch (DeviceFailedException failed) {
            if (!failed.mayBeGivenAnew()) {
                throw failed;
            }
            return false;
        }
    }

    /** Checks a sample and forgets the one before; the first of the three parts of {@link #infer}. */
    public void begin(byte[] samples, int offset, Inference into) {
        int length = network.sampleBytes();
        if (offset < 0 || offset > samples.length - length) {
            throw new IllegalArgumentException(
                    "a sample has " + length + " bytes: offset=" + offset + " of " + samples.length);
        }
        if (byteMaximum < 255) {
            check(samples, offset, length);
        }
        engine.reset();
        into.clear();
    }

    /**
     * Runs one time step; a learner acts between two of them.
     *
     * @return whether the sample may end: the readout's exit says so, or it was the last step; the answer is fixed from
     *     then on, whatever is run further
     */
    public boolean advance(byte[] samples, int offset, int t, Inference into) {
        engine.step(samples, offset + t * frameBytes);
        return into.collect(t, engine.values(outputLayer), engine.spikes(), engine.synapticOperations());
    }

    /** Reads out after the last step. */
    public void conclude(Inference into) {
        engine.conclude();
        into.conclude();
    }

    private void check(byte[] samples, int offset, int length) {
        // No byte is larger than the bits of all of them.
        if (EightBytes.union(samples, offset, length) > byteMaximum) {
            int largest = 0;
            for (int i = offset; i < offset + length; i++) {
                largest = Math.max(largest, samples[i] & 0xff);
            }
            if (largest > byteMaximum) {
                throw tooLarge(samples, offset, largest);
            }
        }
    }

    private IllegalArgumentException tooLarge(byte[] samples, int offset, int largest) {
        int at = offset;
        while ((samples[at] & 0xff) != largest) {
            at++;
        }
        return new IllegalArgumentException(
                "an input value is at most " + byteMaximum + ": value " + largest + " at byte " + (at - offset));
    }
}
