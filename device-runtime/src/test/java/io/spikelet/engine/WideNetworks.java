package io.spikelet.engine;

import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
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

/**
 * Random networks with what makes fast kernels stumble: widths beside a tile's or a word's, weights all at the limit, sums
 * beyond 16 bits, strides, padding, joins of spikes, OR and AND pools, every kind of reset, one step or several.
 */
final class WideNetworks {
    private static final int[] WIDTHS = {1, 3, 4, 7, 10, 13, 31, 32, 33, 63, 64, 65, 96, 100, 130, 160, 200, 257};

    private final Random random;
    private final int steps;
    private final List<Layer> layers = new ArrayList<>();

    private WideNetworks(long seed) {
        random = new Random(seed);
        steps = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(4);
    }

    static SpikingNetwork of(long seed) {
        return new WideNetworks(seed).build();
    }

    private SpikingNetwork build() {
        boolean bits = random.nextInt(3) == 0;
        int least = random.nextInt(4) == 0 ? 1 : 3;
        Shape shape = new Shape(1 + random.nextInt(3), least + random.nextInt(7), least + random.nextInt(7));
        add("input", shape, bits ? EdgeDomain.SPIKE : EdgeDomain.unsigned(255), new Operation.Input());
        int at = neurons(conv(0, width()));
        if (random.nextBoolean()) {
            at = pool(at, random.nextBoolean() ? Pool2d.Kind.MAX : Pool2d.Kind.MIN);
        }
        if (random.nextBoolean()) {
            at = residual(at);
            if (random.nextBoolean()) {
                at = residual(at);
            }
        }
        if (random.nextBoolean()) {
            at = pool(at, Pool2d.Kind.SUM);
        }
        at = neurons(conv(at, width()));
        at = neurons(dense(at, width()));
        dense(at, 10);
        layers.add(readout(random.nextBoolean()));
        Readout.Kind kind =
                layers.getLast().output().kind() == EdgeDomain.Kind.BIT ? Readout.Kind.COUNT : Readout.Kind.POTENTIAL;
        SpikingNetwork network = network(new Readout(kind, 10, 1, Readout.Exit.NEVER), layers);
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).operation() instanceof Operation.Neuron neuron) {
                Layer layer = layers.get(i);
                long maximum = Bounds.membraneMaximum(network, i);
                EdgeDomain gives = neuron.output() == Operation.Neuron.Output.POTENTIAL
                        ? EdgeDomain.signed((int) Math.max(1, maximum))
                        : layer.output();
                layers.set(
                        i,
                        new Layer(
                                layer.name(),
                                layer.inputs(),
                                layer.shape(),
                                gives,
                                neuron.withMembraneMaximum(maximum)));
                network = network(network.readout(), layers);
            }
        }
        return network;
    }

    private SpikingNetwork network(Readout readout, List<Layer> all) {
        return new SpikingNetwork(
                "wide",
                steps,
                random.nextBoolean() ? Encoder.DIRECT : Encoder.FRAMES,
                readout,
                all,
                new Discretisation("snntorch", 1e-4),
                Optional.empty(),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }

    private int width() {
        return WIDTHS[random.nextInt(WIDTHS.length)];
    }

    private int add(String name, Shape shape, EdgeDomain domain, Operation operation, int... sources) {
        List<Inbound> inputs = new ArrayList<>();
        for (int source : sources) {
            inputs.add(Inbound.from(source));
        }
        layers.add(new Layer(name + layers.size(), inputs, shape, domain, operation));
        return layers.size() - 1;
    }

    private byte[] weights(int length) {
        byte[] weights = new byte[length];
        int manner = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            weights[i] = (byte)
                    switch (manner) {
                        case 0 -> 127;
                        case 1 -> -127;
                        case 2 -> random.nextBoolean() ? 127 : -127;
                        case 3 -> random.nextBoolean() ? 1 : -1;
                        default -> Math.clamp(Math.round(random.nextGaussian() * 30), -127, 127);
                    };
        }
        return weights;
    }

    private int conv(int source, int filters) {
        Shape from = layers.get(source).shape();
        int height = 1 + random.nextInt(Math.min(3, from.height()));
        int width = 1 + random.nextInt(Math.min(3, from.width()));
        int strideY = 1 + random.nextInt(2);
        int strideX = 1 + random.nextInt(3);
        int paddingY = random.nextInt(height + 1);
        int paddingX = random.nextInt(width + 2);
        int dilationY = from.height() > 2 * (height - 1) ? 1 + random.nextInt(2) : 1;
        Shape to = new Shape(
                filters,
                NetworkCheck.extent(from.height(), height, strideY, paddingY, dilationY),
                NetworkCheck.extent(from.width(), width, strideX, paddingX, 1));
        int at = add(
                "conv",
                to,
                EdgeDomain.signed(Integer.MAX_VALUE),
                new Operation.Conv2d(
                        filters,
                        from.channels(),
                        height,
                        width,
                        strideY,
                        strideX,
                        paddingY,
                        paddingX,
                        dilationY,
                        1,
                        1,
                        weights(filters * from.channels() * height * width),
                        new float[filters]),
                source);
        return declared(at, EdgeDomain.Kind.SIGNED);
    }

    private int dense(int source, int outputs) {
        int inputs = layers.get(source).shape().size();
        int at = add(
                "dense",
                Shape.vector(outputs),
                EdgeDomain.signed(Integer.MAX_VALUE),
                new Operation.Dense(outputs, inputs, weights(outputs * inputs), new float[outputs]),
                source);
        return declared(at, EdgeDomain.Kind.SIGNED);
    }

    private int pool(int source, Pool2d.Kind kind) {
        Shape from = layers.get(source).shape();
        int window = 1 + random.nextInt(Math.min(3, Math.min(from.height(), from.width())));
        int stride = 1 + random.nextInt(window);
        int padding = random.nextInt(window);
        Pool2d pool = new Pool2d(kind, window, window, stride, stride, padding, padding);
        Shape to = new Shape(
                from.channels(),
                NetworkCheck.extent(from.height(), window, stride, padding, 1),
                NetworkCheck.extent(from.width(), window, stride, padding, 1));
        boolean sums = kind == Pool2d.Kind.SUM;
        int at = add(
                "pool",
                to,
                sums
                        ? EdgeDomain.unsigned(Integer.MAX_VALUE)
                        : layers.get(source).output(),
                pool,
                source);
        return sums ? declared(at, EdgeDomain.Kind.UNSIGNED) : at;
    }

    /** A convolution that keeps the extent, its neurons, and the sum of their spikes and the block's input. */
    private int residual(int source) {
        Shape from = layers.get(source).shape();
        int conv = add(
                "conv",
                from,
                EdgeDomain.signed(Integer.MAX_VALUE),
                new Operation.Conv2d(
                        from.channels(),
                        from.channels(),
                        3,
                        3,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        weights(from.channels() * from.channels() * 9),
                        new float[from.channels()]),
                source);
        declared(conv, EdgeDomain.Kind.SIGNED);
        int neurons = neurons(conv);
        int maximum = 1 + layers.get(source).output().maximum();
        return add("add", from, EdgeDomain.unsigned(maximum), new Join(Join.Kind.ADD), neurons, source);
    }

    private int declared(int at, EdgeDomain.Kind kind) {
        Layer layer = layers.get(at);
        long maximum = LongStream.of(Bounds.accumulatorMaxima(network(new Readout(1, 1), layers), at))
                .max()
                .orElseThrow();
        layers.set(
                at,
                new Layer(
                        layer.name(),
                        layer.inputs(),
                        layer.shape(),
                        new EdgeDomain(kind, (int) Math.max(1, maximum)),
                        layer.operation()));
        return at;
    }

    private int neurons(int source) {
        Shape shape = layers.get(source).shape();
        return add("neurons", shape, EdgeDomain.SPIKE, neuron(shape), source);
    }

    private Operation.Neuron neuron(Shape shape) {
        int parameters = switch (random.nextInt(3)) {
            case 0 -> 1;
            case 1 -> shape.channels();
            default -> shape.size();
        };
        boolean stateless = random.nextInt(3) == 0;
        int[] a0 = {stateless ? 0 : random.nextInt(32769)};
        int[] a1 = {stateless || random.nextBoolean() ? 0 : a0[0]};
        int[] b0 = {stateless ? 0 : random.nextInt(21) - 10};
        int[] b1 = {stateless ? 0 : -random.nextInt(500)};
        int rows = random.nextInt(4) == 0 ? steps : 1;
        return new Operation.Neuron(
                        random.nextBoolean() ? Operation.Comparison.STRICTLY_ABOVE : Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        a0,
                        b0,
                        a1,
                        b1,
                        spread(rows * parameters, -200, 2000),
                        List.of(new Operation.Drive(
                                rows,
                                spread(rows * parameters, -3, 4),
                                spread(rows * parameters, -100, 100),
                                random.nextInt(4) > 0)),
                        new float[] {1},
                        Integer.MAX_VALUE)
                .withThreshold(rows, spread(rows * parameters, -200, 2000));
    }

    private Layer readout(boolean potential) {
        Operation.Neuron neuron = neuron(Shape.vector(10));
        if (potential) {
            neuron = new Operation.Neuron(
                            neuron.comparison(),
                            new int[0],
                            new int[] {32768},
                            new int[1],
                            new int[] {32768},
                            new int[1],
                            new int[] {1},
                            List.of(new Operation.Drive(new int[] {1}, spread(10, -100, 100), true)),
                            new float[] {1},
                            Integer.MAX_VALUE)
                    .withOutput(Operation.Neuron.Output.POTENTIAL, 1);
        }
        return new Layer(
                "readout",
                List.of(Inbound.from(layers.size() - 1)),
                Shape.vector(10),
                potential ? EdgeDomain.signed(Integer.MAX_VALUE) : EdgeDomain.SPIKE,
                neuron);
    }

    private int[] spread(int length, int least, int below) {
        return random.ints(length, least, below).toArray();
    }
}
