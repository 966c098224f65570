package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Networks that learn, layer by layer: frames of 0..16, weights of a 64th, leaks of a half, thresholds of 1, soft resets. The
 * layers with weights learn, in their order.
 */
final class LearningSketch {
    /** What stands for 1.0 in the input. */
    static final int INPUT_ONE = 16;

    private static final int WEIGHT_LSBS = 64;

    /** Membrane LSBs for a weight LSB and 1.0 of what it reads: so many that halves of halves of them stay whole. */
    private static final int FINE = INPUT_ONE << 11;

    static final int ONE = WEIGHT_LSBS * FINE;

    /** What a binary weight is as large as. */
    private static final int BINARY_LSBS = 16;

    private static final int HALF = Q15.ONE / 2;

    private final List<Layer> layers = new ArrayList<>();
    private final List<Integer> learning = new ArrayList<>();
    private final int timeSteps;
    private final WeightKind kind;

    LearningSketch(int timeSteps, Shape input) {
        this(timeSteps, input, WeightKind.INT8);
    }

    LearningSketch(int timeSteps, Shape input, WeightKind kind) {
        this.timeSteps = timeSteps;
        this.kind = kind;
        layers.add(new Layer("input", List.of(), input, EdgeDomain.unsigned(INPUT_ONE), new Operation.Input()));
    }

    private int last() {
        return layers.size() - 1;
    }

    /** Adds weights of a dense layer; the neurons that they drive come next. */
    LearningSketch dense(String name, int outputs, int[] codes) {
        return dense(name, outputs, codes, Inbound.from(last()));
    }

    private LearningSketch dense(String name, int outputs, int[] codes, Inbound from) {
        int inputs = codes.length / outputs;
        return weights(
                name,
                Shape.vector(outputs),
                new Operation.Dense(outputs, inputs, kind, bytes(codes), unit(outputs)),
                from);
    }

    LearningSketch conv(
            String name, int[] codes, int out, int kernelY, int kernelX, int[] stride, int[] padding, int groups) {
        Shape from = layers.getLast().shape();
        Operation.Conv2d conv = new Operation.Conv2d(
                out,
                from.channels(),
                kernelY,
                kernelX,
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                1,
                1,
                groups,
                kind,
                bytes(codes),
                unit(out));
        Shape shape = new Shape(
                out,
                NetworkCheck.extent(from.height(), kernelY, stride[0], padding[0], 1),
                NetworkCheck.extent(from.width(), kernelX, stride[1], padding[1], 1));
        return weights(name, shape, conv, Inbound.from(last()));
    }

    private LearningSketch weights(String name, Shape shape, Operation operation, Inbound from) {
        learning.add(layers.size());
        layers.add(new Layer(name, List.of(from), shape, EdgeDomain.signed(Integer.MAX_VALUE), operation));
        return this;
    }

    /** Neurons of a half's leak. */
    LearningSketch lif() {
        return neurons(List.of(last()), Operation.Neuron.Output.SPIKE, HALF);
    }

    /** Neurons that spikes drive themselves, by so many membrane LSBs each. */
    LearningSketch driven(int gain, int threshold) {
        return neurons(List.of(last()), Operation.Neuron.Output.SPIKE, HALF, gain, threshold);
    }

    /** Weights from the neurons that come next to themselves, a step late, and those neurons. */
    LearningSketch recurrentLif(String name, int[] codes) {
        int driving = last();
        dense(name, layers.getLast().shape().size(), codes, Inbound.recurrentFrom(layers.size() + 1));
        return neurons(List.of(driving, driving + 1), Operation.Neuron.Output.SPIKE, HALF);
    }

    /** What is read out as it is. */
    LearningSketch potentials(int leak) {
        return neurons(List.of(last()), Operation.Neuron.Output.POTENTIAL, leak);
    }

    private LearningSketch neurons(List<Integer> driving, Operation.Neuron.Output output, int leak) {
        boolean readsInput = layers.get(driving.getFirst()).inputs().getFirst().source() == 0;
        int gain = (readsInput ? FINE / INPUT_ONE : FINE) * (kind == WeightKind.BINARY ? BINARY_LSBS : 1);
        return neurons(driving, output, leak, gain, ONE);
    }

    private LearningSketch neurons(
            List<Integer> driving, Operation.Neuron.Output output, int leak, int firstGain, int one) {
        Shape shape = layers.getLast().shape();
        boolean fires = output == Operation.Neuron.Output.SPIKE;
        List<Inbound> inputs = new ArrayList<>();
        List<Operation.Drive> drives = new ArrayList<>();
        for (int index : driving) {
            inputs.add(Inbound.from(index));
            int gain = index == driving.getFirst() ? firstGain : FINE;
            drives.add(new Operation.Drive(new int[] {gain}, new int[shape.channels()], true));
        }
        layers.add(new Layer(
                "neurons" + layers.size(),
                inputs,
                shape,
                fires ? EdgeDomain.SPIKE : EdgeDomain.signed(Integer.MAX_VALUE),
                new Operation.Neuron(
                        output,
                        1,
                        false,
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        new int[] {leak},
                        new int[] {0},
                        new int[] {leak},
                        new int[] {fires ? -(int) ((long) leak * one >> Q15.BITS) : 0},
                        1,
                        new int[] {one},
                        drives,
                        new float[] {1f / one},
                        Integer.MAX_VALUE)));
        return this;
    }

    LearningSketch pool(Pool2d pool) {
        Shape from = layers.getLast().shape();
        Shape shape = new Shape(
                from.channels(),
                NetworkCheck.extent(from.height(), pool.kernelHeight(), pool.strideY(), pool.paddingY(), 1),
                NetworkCheck.extent(from.width(), pool.kernelWidth(), pool.strideX(), pool.paddingX(), 1));
        boolean bits = pool.kind() == Pool2d.Kind.MAX;
        layers.add(new Layer(
                "pool",
                List.of(Inbound.from(last())),
                shape,
                bits ? EdgeDomain.SPIKE : EdgeDomain.unsigned(pool.windowSize()),
                pool));
        return this;
    }

    /** The sum of the latest neurons and those two layers before. */
    LearningSketch addResidual() {
        int now = last();
        layers.add(new Layer(
                "add",
                List.of(Inbound.from(now - 2), Inbound.from(now)),
                layers.getLast().shape(),
                EdgeDomain.unsigned(2),
                new Join(Join.Kind.ADD)));
        return this;
    }

    List<Integer> learning() {
        return learning;
    }

    SpikingNetwork build(Readout readout, LearningRule rule) {
        SpikingNetwork network = new SpikingNetwork(
                "sketch",
                timeSteps,
                Encoder.FRAMES,
                readout,
                layers,
                new Discretisation("ottt", 1),
                Optional.of(rule),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
        return proved(network);
    }

    /** Declares what the bounds prove. */
    private static SpikingNetwork proved(SpikingNetwork network) {
        SpikingNetwork proved = network;
        for (int i = 1; i < network.layers().size(); i++) {
            List<Layer> changed = new ArrayList<>(proved.layers());
            Layer layer = changed.get(i);
            EdgeDomain gives = layer.output();
            Operation operation = layer.operation();
            if (operation instanceof Operation.Neuron neuron) {
                long maximum = Bounds.membraneMaximum(proved, i);
                operation = neuron.withMembraneMaximum(maximum);
                gives = gives.equals(EdgeDomain.SPIKE) ? gives : EdgeDomain.signed(Math.toIntExact(maximum));
            } else if (operation instanceof Operation.Dense || operation instanceof Operation.Conv2d) {
                gives = EdgeDomain.signed(Math.toIntExact(
                        Arrays.stream(Bounds.accumulatorMaxima(proved, i)).max().orElseThrow()));
            }
            changed.set(i, new Layer(layer.name(), layer.inputs(), layer.shape(), gives, operation));
            proved = proved.withLayers(changed);
        }
        return proved;
    }

    private static byte[] bytes(int[] codes) {
        byte[] bytes = new byte[codes.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) codes[i];
        }
        return bytes;
    }

    private static float[] unit(int rows) {
        float[] unit = new float[rows];
        Arrays.fill(unit, 1f / WEIGHT_LSBS);
        return unit;
    }
}
