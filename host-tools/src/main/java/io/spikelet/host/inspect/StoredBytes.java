package io.spikelet.host.inspect;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.Encoder;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.List;

/**
 * The bytes that numbers take in an image, by what they are (docs/image-format.md): weights packed, integers as
 * variable-length ones, reals in four bytes. Names, shapes and the frame around all are the rest.
 *
 * @param weights codes of weights
 * @param parameters what is stored once for all steps: leaks, offsets, thresholds, gains, biases, scales, delays
 * @param tables what changes from step to step, and the encoder's tables
 */
public record StoredBytes(long weights, long parameters, long tables) {
    private static final StoredBytes NONE = new StoredBytes(0, 0, 0);

    /** All layers and the encoder. */
    public static StoredBytes of(SpikingNetwork network) {
        StoredBytes sum = switch (network.encoder()) {
            case Encoder.Latency latency -> new StoredBytes(0, 0, unsigned(latency.step()));
            case Encoder.SpikeTimes times -> new StoredBytes(0, 0, unsigned(times.time()));
            default -> NONE;
        };
        for (Layer layer : network.layers()) {
            sum = sum.plus(of(layer));
        }
        return sum;
    }

    public static StoredBytes of(Layer layer) {
        return switch (layer.operation()) {
            case Operation.Dense dense -> linear(dense.kind(), dense.weights(), dense.scale());
            case Operation.Conv2d conv -> linear(conv.kind(), conv.weights(), conv.scale());
            case AttentionGate gate ->
                new StoredBytes(gate.spatialWeights().length + gate.squeeze().length + gate.excite().length, 0, 0);
            case Operation.Neuron neuron -> neuron(neuron);
            case FirstSpike neuron -> drives(neuron.drives()).plus(new StoredBytes(0, 0, signed(neuron.threshold())));
            case CurrentAdd stream -> drives(stream.drives());
            case Delay delay -> new StoredBytes(0, unsigned(delay.steps()), 0);
            default -> NONE;
        };
    }

    public StoredBytes plus(StoredBytes other) {
        return new StoredBytes(weights + other.weights, parameters + other.parameters, tables + other.tables);
    }

    public long total() {
        return weights + parameters + tables;
    }

    /** The bytes of so many codes. */
    static long packed(WeightKind kind, long count) {
        return (count * kind.bits() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static StoredBytes linear(WeightKind kind, byte[] weights, float[] scale) {
        return new StoredBytes(packed(kind, weights.length), (long) Float.BYTES * scale.length, 0);
    }

    private static StoredBytes neuron(Operation.Neuron neuron) {
        long parameters = signed(neuron.synapticLeak())
                + signed(neuron.a0())
                + signed(neuron.b0())
                + signed(neuron.a1())
                + signed(neuron.b1())
                + (long) Float.BYTES * neuron.membraneUnit().length;
        return new StoredBytes(0, parameters, 0)
                .plus(table(neuron.thresholdSteps(), neuron.threshold()))
                .plus(drives(neuron.drives()));
    }

    private static StoredBytes drives(List<Operation.Drive> drives) {
        StoredBytes sum = NONE;
        for (Operation.Drive drive : drives) {
            sum = sum.plus(table(drive.steps(), drive.gain())).plus(table(drive.steps(), drive.bias()));
        }
        return sum;
    }

    private static StoredBytes table(int steps, int[] values) {
        long bytes = signed(values);
        return steps == 1 ? new StoredBytes(0, bytes, 0) : new StoredBytes(0, 0, bytes);
    }

    /** Protocol Buffers' sint32: the sign in the lowest bit. */
    private static long signed(int[] values) {
        long bytes = 0;
        for (int value : values) {
            bytes += varint(value << 1 ^ value >> Integer.SIZE - 1);
        }
        return bytes;
    }

    private static long unsigned(int[] values) {
        long bytes = 0;
        for (int value : values) {
            bytes += varint(value);
        }
        return bytes;
    }

    /** Seven bits a byte. */
    private static int varint(int value) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
    }
}
