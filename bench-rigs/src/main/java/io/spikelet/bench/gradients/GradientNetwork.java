package io.spikelet.bench.gradients;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Networks of leaking neurons with soft resets and a readout of potentials, random weights, all of which learn. A sample is one
 * picture.
 */
final class GradientNetwork {
    /** A weight LSB in thresholds, or of what is read out. */
    private static final int LSBS = 128;

    /** Membrane LSBs of a weight LSB and one of the input's, or one spike, for finer leaks. */
    private static final int FINE = 4;

    private static final int FINE_OF_SPIKES = 256;

    private static final int HALF = Q15.ONE / 2;

    /** The step over all time steps: large beside a shadow weight's LSB, too small for weights to meet their bound. */
    private static final float RATE = 1f / 16;

    private final Random random;
    private final int fullScale;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Integer> learning = new ArrayList<>();

    private GradientNetwork(Shape input, int fullScale, long seed) {
        random = new Random(seed);
        this.fullScale = fullScale;
        layers.add(new Layer("input", List.of(), input, EdgeDomain.unsigned(fullScale), new Operation.Input()));
    }

    /** Pixels, 256 neurons, classes. */
    static SpikingNetwork dense(int height, int width, int fullScale, int classes, LearningMethod method, long seed) {
        GradientNetwork made = new GradientNetwork(new Shape(1, height, width), fullScale, seed);
        made.dense("hidden", 256, made.last(), 0, 2).neurons(List.of(made.last()), HALF, true);
        return made.readout(classes, 0, Encoder.DIRECT, 6, method);
    }

    /** A convolution with stride, an OR pool, one of groups, classes. */
    static SpikingNetwork convolutional(
            int height, int width, int fullScale, int classes, LearningMethod method, long seed) {
        GradientNetwork made = new GradientNetwork(new Shape(1, height, width), fullScale, seed);
        made.conv("conv1", 8, 5, 2, 2, 1).neurons(List.of(made.last()), HALF, true);
        made.pool();
        made.conv("conv2", 16, 3, 1, 1, 2).neurons(List.of(made.last()), HALF, true);
        return made.readout(classes, 0, Encoder.DIRECT, 6, method);
    }

    /** A row a step into 64 neurons that feed back, classes whose potentials leak. */
    static SpikingNetwork recurrent(
            int height, int width, int fullScale, int classes, LearningMethod method, long seed) {
        GradientNetwork made = new GradientNetwork(Shape.vector(width), fullScale, seed);
        made.dense("hidden", 64, 0, 0, 2);
        int hidden = made.last();
        made.dense("recurrent", 64, hidden + 2, 1, 0.7);
        made.neurons(List.of(hidden, hidden + 1), HALF, true);
        return made.readout(classes, HALF, Encoder.FRAMES, height, method);
    }

    private int last() {
        return layers.size() - 1;
    }

    /** @param spread of the weights, in uniform ones of 1/√inputs */
    private GradientNetwork dense(String name, int outputs, int source, int delay, double spread) {
        int inputs = delay == 0 ? layers.get(source).shape().size() : outputs;
        byte[] weights = weights(outputs * inputs, spread / Math.sqrt(inputs));
        Inbound from = delay == 0 ? Inbound.from(source) : Inbound.recurrentFrom(source);
        Operation operation = new Operation.Dense(outputs, inputs, weights, unit(outputs));
        return weighted(name, from, Shape.vector(outputs), operation);
    }

    private GradientNetwork conv(String name, int out, int kernel, int stride, int padding, int groups) {
        Shape from = layers.getLast().shape();
        int fanIn = from.channels() / groups * kernel * kernel;
        Operation.Conv2d conv = new Operation.Conv2d(
                out,
                from.channels(),
                kernel,
                kernel,
                stride,
                stride,
                padding,
                padding,
                1,
                1,
                groups,
                weights(out * fanIn, 2 / Math.sqrt(fanIn)),
                unit(out));
        Shape shape = new Shape(
                out,
                NetworkCheck.extent(from.height(), kernel, stride, padding, 1),
                NetworkCheck.extent(from.width(), kernel, stride, padding, 1));
        return weighted(name, Inbound.from(last()), shape, conv);
    }

    private GradientNetwork weighted(String name, Inbound from, Shape shape, Operation operation) {
        learning.add(layers.size());
        layers.add(new Layer(name, List.of(from), shape, EdgeDomain.signed(Integer.MAX_VALUE), operation));
        return this;
    }

    private byte[] weights(int count, double bound) {
        byte[] weights = new byte[count];
        for (int i = 0; i < count; i++) {
            long drawn = Math.round((2 * random.nextDouble() - 1) * bound * LSBS);
            weights[i] = (byte) Math.clamp(drawn, -Bounds.WEIGHT_MAXIMUM, Bounds.WEIGHT_MAXIMUM);
        }
        return weights;
    }

    private static float[] unit(int rows) {
        float[] unit = new float[rows];
        Arrays.fill(unit, 1f / LSBS);
        return unit;
    }

    private void pool() {
        Shape from = layers.getLast().shape();
        Shape shape = new Shape(from.channels(), from.height() / 2, from.width() / 2);
        layers.add(new Layer("pool", List.of(Inbound.from(last())), shape, EdgeDomain.SPIKE, Pool2d.max(2)));
    }

    /** 1.0 of what a layer reads makes the same membrane whether it is a spike or the input's full scale. */
    private void neurons(List<Integer> driving, int leak, boolean fires) {
        Shape shape = layers.getLast().shape();
        List<Inbound> inputs = new ArrayList<>();
        List<Operation.Drive> drives = new ArrayList<>();
        boolean anyInput = driving.stream().anyMatch(this::readsInput);
        int ofSpike = anyInput ? FINE * fullScale : FINE_OF_SPIKES;
        int one = LSBS * ofSpike;
        for (int index : driving) {
            inputs.add(Inbound.from(index));
            drives.add(new Operation.Drive(new int[] {readsInput(index) ? FINE : ofSpike}, new int[] {0}, true));
        }
        int spent = fires ? -(int) ((long) leak * one >> Q15.BITS) : 0;
        layers.add(new Layer(
                "neurons" + layers.size(),
                inputs,
                shape,
                fires ? EdgeDomain.SPIKE : EdgeDomain.signed(Integer.MAX_VALUE),
                new Operation.Neuron(
                        fires ? Operation.Neuron.Output.SPIKE : Operation.Neuron.Output.POTENTIAL,
                        1,
                        false,
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        new int[] {leak},
                        new int[] {0},
                        new int[] {leak},
                        new int[] {spent},
                        1,
                        new int[] {one},
                        drives,
                        new float[] {1f / one},
                        Integer.MAX_VALUE)));
    }

    private boolean readsInput(int weighted) {
        return layers.get(weighted).inputs().getFirst().equals(Inbound.from(0));
    }

    private SpikingNetwork readout(int classes, int leak, Encoder encoder, int steps, LearningMethod method) {
        dense("readout", classes, last(), 0, 1);
        neurons(List.of(last()), leak, false);
        SpikingNetwork network = new SpikingNetwork(
                "gradients",
                steps,
                encoder,
                new Readout(Readout.Kind.POTENTIAL, classes, 1, Readout.Exit.NEVER),
                layers,
                new Discretisation("ottt", 1),
                Optional.of(new LearningRule(learning, RATE / steps, 1, 0, method)),
                0,
                new Provenance("", "", "spikelet bench gradients", Double.NaN, Double.NaN));
        for (int i = 1; i < layers.size(); i++) {
            network = declared(network, i);
        }
        return network;
    }

    /** Declares what the bounds prove of a layer. */
    private static SpikingNetwork declared(SpikingNetwork network, int index) {
        List<Layer> changed = new ArrayList<>(network.layers());
        Layer layer = changed.get(index);
        Operation operation = layer.operation();
        EdgeDomain gives = layer.output();
        if (operation instanceof Operation.Neuron neuron) {
            long maximum = Bounds.membraneMaximum(network, index);
            operation = neuron.withMembraneMaximum(maximum);
            gives = gives.equals(EdgeDomain.SPIKE) ? gives : EdgeDomain.signed(Math.toIntExact(maximum));
        } else if (!(operation instanceof Pool2d)) {
            long[] maxima = Bounds.accumulatorMaxima(network, index);
            gives = EdgeDomain.signed(
                    Math.toIntExact(Arrays.stream(maxima).max().orElseThrow()));
        }
        changed.set(index, new Layer(layer.name(), layer.inputs(), layer.shape(), gives, operation));
        return network.withLayers(changed);
    }
}
