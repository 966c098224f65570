package io.spikelet.engine;

import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/** Small networks of random wiring, sizes and parameters, each with its bounds declared as they are. */
public final class RandomNetworks {
    private final Random random;
    private final List<Layer> layers = new ArrayList<>();
    private final int timeSteps;

    private RandomNetworks(long seed) {
        random = new Random(seed);
        timeSteps = 1 + random.nextInt(6);
    }

    /** Any of the primitives, in any order that a check allows; one in four codes spikes as times. */
    public static SpikingNetwork any(long seed) {
        return seed % 4 == 0 ? new RandomTimed(seed).build() : new RandomClocked(seed).build();
    }

    /** conv → neurons → pool → conv → neurons → dense (→ recurrent) → neurons → dense → output neurons. */
    public static SpikingNetwork convolutional(long seed) {
        return new RandomNetworks(seed).build();
    }

    private SpikingNetwork build() {
        Encoder encoder = random.nextBoolean() ? Encoder.DIRECT : Encoder.FRAMES;
        layers.add(new Layer(
                "input",
                List.of(),
                new Shape(1 + random.nextInt(2), 5 + random.nextInt(4), 5 + random.nextInt(4)),
                EdgeDomain.unsigned(16),
                new Operation.Input()));
        conv("conv1");
        neurons("lif1", false);
        pool("pool");
        conv("conv2");
        neurons("lif2", false);
        dense("hidden", 11);
        neurons("lif3", true);
        dense("readout", 12);
        neurons("output", false);
        int hidden = indexOf("hidden");
        LearningRule rule = new LearningRule(List.of(hidden, indexOf("readout")), 0.0625f, 1f);
        return network(encoder, Optional.of(rule), layers);
    }

    private SpikingNetwork network(Encoder encoder, Optional<LearningRule> rule, List<Layer> layers) {
        return new SpikingNetwork(
                "random",
                timeSteps,
                encoder,
                new Readout(4, 3),
                layers,
                new Discretisation("snntorch", 1e-4),
                rule,
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }

    private int indexOf(String name) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private byte[] weights(int length) {
        byte[] weights = new byte[length];
        for (int i = 0; i < length; i++) {
            weights[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 40), -127, 127);
        }
        return weights;
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private void conv(String name) {
        Shape from = layers.getLast().shape();
        int groups = from.channels() % 2 == 0 && random.nextBoolean() ? 2 : 1;
        int out = 2 * (1 + random.nextInt(3));
        int kernelY = 1 + random.nextInt(Math.min(3, from.height()));
        int kernelX = 1 + random.nextInt(Math.min(3, from.width()));
        int stride = 1 + random.nextInt(2);
        int padding = random.nextInt(3);
        int dilation = from.height() > 4 ? 1 + random.nextInt(2) : 1;
        Operation.Conv2d conv = new Operation.Conv2d(
                out,
                from.channels(),
                kernelY,
                kernelX,
                stride,
                1,
                padding,
                1,
                dilation,
                1,
                groups,
                weights(out * (from.channels() / groups) * kernelY * kernelX),
                ones(out));
        Shape shape = new Shape(
                out,
                NetworkCheck.extent(from.height(), kernelY, stride, padding, dilation),
                NetworkCheck.extent(from.width(), kernelX, 1, 1, 1));
        addAccumulating(name, shape, conv, EdgeDomain.Kind.SIGNED);
    }

    private void pool(String name) {
        Shape from = layers.getLast().shape();
        Pool2d pool = Pool2d.sum(2, 2, 1 + random.nextInt(2), 1, 1, random.nextInt(2));
        Shape shape = new Shape(
                from.channels(),
                NetworkCheck.extent(from.height(), 2, pool.strideY(), pool.paddingY(), 1),
                NetworkCheck.extent(from.width(), 2, 1, pool.paddingX(), 1));
        addAccumulating(name, shape, pool, EdgeDomain.Kind.UNSIGNED);
    }

    private void dense(String name, int outputs) {
        int inputs = layers.getLast().shape().size();
        addAccumulating(
                name,
                Shape.vector(outputs),
                new Operation.Dense(outputs, inputs, weights(outputs * inputs), ones(outputs)),
                EdgeDomain.Kind.SIGNED);
    }

    /** Adds a layer that declares the bound it really has; a learner's reach included. */
    private void addAccumulating(String name, Shape shape, Operation operation, EdgeDomain.Kind kind) {
        List<Inbound> inputs = List.of(Inbound.from(layers.size() - 1));
        Layer undeclared = new Layer(name, inputs, shape, new EdgeDomain(kind, Integer.MAX_VALUE), operation);
        List<Layer> soFar = new ArrayList<>(layers);
        soFar.add(undeclared);
        long reach = operation instanceof Operation.Dense dense
                ? (long) Bounds.WEIGHT_MAXIMUM
                        * dense.inputs()
                        * layers.getLast().output().maximum()
                : LongStream.of(Bounds.accumulatorMaxima(
                                network(Encoder.DIRECT, Optional.empty(), soFar), layers.size()))
                        .max()
                        .orElseThrow();
        layers.add(new Layer(name, inputs, shape, new EdgeDomain(kind, Math.toIntExact(reach)), operation));
    }

    private void neurons(String name, boolean recurrent) {
        int source = layers.size() - 1;
        Shape shape = layers.getLast().shape();
        List<Inbound> inputs = new ArrayList<>(List.of(Inbound.from(source)));
        List<Operation.Drive> drives = new ArrayList<>(List.of(drive(shape, true)));
        if (recurrent) {
            int size = shape.size();
            layers.add(new Layer(
                    name + ".recurrent",
                    List.of(Inbound.recurrentFrom(layers.size() + 1)),
                    Shape.vector(size),
                    EdgeDomain.signed(127 * size),
                    new Operation.Dense(size, size, weights(size * size), ones(size))));
            inputs.add(Inbound.from(layers.size() - 1));
            drives.add(drive(shape, random.nextBoolean()));
        }
        boolean soft = random.nextBoolean();
        int leak = random.nextInt(32769);
        int threshold = 200 + random.nextInt(8_000);
        layers.add(new Layer(
                name,
                inputs,
                shape,
                EdgeDomain.SPIKE,
                new Operation.Neuron(
                        random.nextBoolean() ? Operation.Comparison.STRICTLY_ABOVE : Operation.Comparison.AT_OR_ABOVE,
                        random.nextInt(3) == 0 ? new int[] {random.nextInt(32769)} : new int[0],
                        new int[] {leak},
                        new int[] {random.nextInt(21) - 10},
                        new int[] {soft ? leak : 0},
                        new int[] {soft ? -(int) ((long) leak * threshold >> 15) : 5},
                        perNeuron(shape, threshold),
                        drives,
                        new float[] {1f / threshold},
                        Integer.MAX_VALUE)));
    }

    private Operation.Drive drive(Shape shape, boolean biasAtStart) {
        int[] gain = new int[shape.channels()];
        for (int c = 0; c < gain.length; c++) {
            gain[c] = 1 + random.nextInt(20);
        }
        return new Operation.Drive(gain, perNeuron(shape, random.nextInt(200) - 100), biasAtStart);
    }

    /** The base value, give or take a tenth, once, once a channel, or once a neuron. */
    private int[] perNeuron(Shape shape, int base) {
        int[] lengths = {1, shape.channels(), shape.size()};
        int[] values = new int[lengths[random.nextInt(3)]];
        for (int i = 0; i < values.length; i++) {
            values[i] = base + random.nextInt(Math.abs(base) / 10 + 1);
        }
        return values;
    }
}
