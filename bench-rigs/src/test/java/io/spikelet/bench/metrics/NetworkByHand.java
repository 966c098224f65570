package io.spikelet.bench.metrics;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Networks of a few integer weights, whose every value a reader can follow on paper. */
final class NetworkByHand {
    private static final int KEEPS_ALL = 1 << 15;

    private final List<Layer> layers = new ArrayList<>();

    NetworkByHand(Shape input, EdgeDomain values) {
        layers.add(new Layer("input", List.of(), input, values, new Operation.Input()));
    }

    NetworkByHand put(String name, Operation operation, Shape shape, EdgeDomain output, Inbound... inputs) {
        layers.add(new Layer(name, List.of(inputs), shape, output, operation));
        return this;
    }

    /** @param weights (outputs, inputs) */
    NetworkByHand dense(String name, WeightKind kind, Inbound input, int outputs, int... weights) {
        Operation.Dense dense =
                new Operation.Dense(outputs, weights.length / outputs, kind, bytes(weights), new float[outputs]);
        return put(name, dense, Shape.vector(outputs), EdgeDomain.signed(100_000), input);
    }

    NetworkByHand dense(String name, int from, int outputs, int... weights) {
        return dense(name, WeightKind.INT8, Inbound.from(from), outputs, weights);
    }

    /** Membranes that keep all until they fire, above the threshold, and then nothing. */
    NetworkByHand neurons(String name, int threshold, int... from) {
        Layer driving = layers.get(from[0]);
        Inbound[] inputs = Arrays.stream(from).mapToObj(Inbound::from).toArray(Inbound[]::new);
        return put(name, neuron(threshold, from.length), driving.shape(), EdgeDomain.SPIKE, inputs);
    }

    static Operation.Neuron neuron(int threshold, int drives) {
        return new Operation.Neuron(
                Operation.Comparison.STRICTLY_ABOVE,
                new int[0],
                new int[] {KEEPS_ALL},
                new int[] {0},
                new int[] {0},
                new int[] {0},
                new int[] {threshold},
                Collections.nCopies(drives, new Operation.Drive(new int[] {1}, new int[] {0}, true)),
                new float[] {1},
                1 << 24);
    }

    SpikingNetwork network(Encoder encoder, int timeSteps) {
        return network(encoder, timeSteps, Readout.Kind.COUNT);
    }

    SpikingNetwork network(Encoder encoder, int timeSteps, Readout.Kind readout) {
        return network(encoder, timeSteps, readout, Readout.Exit.NEVER);
    }

    SpikingNetwork network(Encoder encoder, int timeSteps, Readout.Kind readout, Readout.Exit exit) {
        return new SpikingNetwork(
                "by hand",
                timeSteps,
                encoder,
                new Readout(readout, layers.getLast().shape().size(), 1, exit),
                layers,
                new Discretisation("snntorch", 1e-3),
                Optional.empty(),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }

    static ImageMetrics measured(SpikingNetwork network, int... values) throws Exception {
        int count = values.length / network.sampleBytes();
        SampleSet samples =
                SampleSet.of("by hand", 2, 255, new int[] {network.sampleBytes()}, bytes(values), new byte[count]);
        return ImageMetrics.measure("by hand", network, samples, Progress.SILENT);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
