package io.spikelet.engine;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random networks that run step by step, of every primitive but those of spike times. */
final class RandomClocked {
    /** Beyond this, values are requantised, so that no bound is left. */
    private static final int TAME = 60;

    private final Random random;
    private final RandomNeurons neurons;
    private final int timeSteps;
    private final NetworkSketch sketch;

    RandomClocked(long seed) {
        random = new Random(seed);
        timeSteps = 1 + random.nextInt(6);
        neurons = new RandomNeurons(random, timeSteps);
        Encoder encoder = encoder();
        EdgeDomain domain = switch (encoder) {
            case Encoder.Direct _, Encoder.Frames _, Encoder.EventFrames _ -> EdgeDomain.unsigned(16);
            case Encoder.SignedPoisson _ -> EdgeDomain.signed(1);
            default -> EdgeDomain.SPIKE;
        };
        int drawn = 1 + random.nextInt(2);
        int channels = encoder instanceof Encoder.EventFrames ? 2 : drawn;
        Shape shape = new Shape(channels, 4 + random.nextInt(5), 4 + random.nextInt(5));
        sketch = new NetworkSketch(timeSteps, encoder, shape, domain);
    }

    private Encoder encoder() {
        return switch (random.nextInt(6)) {
            case 0 -> Encoder.DIRECT;
            case 1 -> Encoder.FRAMES;
            case 2 -> new Encoder.EventFrames(Encoder.Window.TIME, 0);
            case 3 -> new Encoder.Bernoulli(16, random.nextLong());
            case 4 -> new Encoder.SignedPoisson(7, 5000, random.nextLong());
            default ->
                new Encoder.Latency(
                        IntStream.range(0, 256).map(v -> Math.abs(16 - v) / 3).toArray());
        };
    }

    SpikingNetwork build() {
        int stages = 3 + random.nextInt(4);
        for (int s = 0; s < stages; s++) {
            stage();
        }
        if (random.nextBoolean()) {
            recurrent();
        }
        dense(12);
        return sketch.network(output());
    }

    private void stage() {
        tame();
        switch (random.nextInt(9)) {
            case 0 -> conv();
            case 1 -> spikePool();
            case 2 -> currentPool();
            case 3 -> joined();
            case 4 -> stream();
            case 5 -> delayed();
            case 6 -> gated();
            case 7 -> potentials();
            default -> depthwise();
        }
    }

    /** Requantises what has grown. */
    private void tame() {
        int maximum = sketch.layer(sketch.last()).output().maximum();
        if (maximum <= TAME) {
            return;
        }
        int shift = 32 - Integer.numberOfLeadingZeros(maximum / TAME);
        CurrentAdd add = new CurrentAdd(shift, List.of(new Operation.Drive(new int[] {1}, new int[] {0}, true)));
        sketch.add("requantised", add, sketch.shape(sketch.last()), sketch.last());
    }

    private void fire(int... sources) {
        fire(true, sources);
    }

    private void fire(boolean mayTakeBack, int... sources) {
        List<Inbound> inputs =
                java.util.Arrays.stream(sources).mapToObj(Inbound::from).toList();
        List<Integer> maxima = java.util.Arrays.stream(sources)
                .mapToObj(source -> sketch.layer(source).output().maximum())
                .toList();
        Shape shape = sketch.shape(sources[0]);
        Operation.Neuron neuron = neurons.any(shape, maxima);
        if (random.nextInt(4) == 0) {
            neuron = neuron.withOutput(Operation.Neuron.Output.BURST, 1 + random.nextInt(5));
            SpikeCalibration.Rule[] rules = SpikeCalibration.Rule.values();
            if (mayTakeBack && random.nextBoolean()) {
                neuron = neuron.withCalibration(new SpikeCalibration(1, rules[random.nextInt(rules.length)]));
            }
        }
        sketch.add("neurons", neuron, shape, inputs);
    }

    private void conv() {
        fire(currents());
    }

    /** A convolution of any kind. */
    private int currents() {
        Shape from = sketch.shape(sketch.last());
        int groups = from.channels() % 2 == 0 && random.nextBoolean() ? 2 : 1;
        int kernelY = 1 + random.nextInt(Math.min(3, from.height()));
        int kernelX = 1 + random.nextInt(Math.min(3, from.width()));
        int dilation = from.height() > 4 ? 1 + random.nextInt(2) : 1;
        Operation.Conv2d conv = neurons.weights.conv(
                2 * (1 + random.nextInt(3)),
                from.channels(),
                new int[] {kernelY, kernelX},
                new int[] {1 + random.nextInt(2), 1},
                new int[] {random.nextInt(3), 1},
                dilation,
                groups);
        return addConv(conv, from, sketch.last());
    }

    private int addConv(Operation.Conv2d conv, Shape from, int source) {
        Shape shape = new Shape(
                conv.outChannels(),
                NetworkCheck.extent(
                        from.height(), conv.kernelHeight(), conv.strideY(), conv.paddingY(), conv.dilationY()),
                NetworkCheck.extent(
                        from.width(), conv.kernelWidth(), conv.strideX(), conv.paddingX(), conv.dilationX()));
        return sketch.add("conv", conv, shape, source);
    }

    /** A 3x3 convolution that keeps the shape. */
    private int sameShape(int source, int groups) {
        Shape from = sketch.shape(source);
        int[] one = {1, 1};
        Operation.Conv2d conv =
                neurons.weights.conv(from.channels(), from.channels(), new int[] {3, 3}, one, one, 1, groups);
        return addConv(conv, from, source);
    }

    private void depthwise() {
        fire(sameShape(sketch.last(), sketch.shape(sketch.last()).channels()));
    }

    private int pool(Pool2d.Kind kind, int source) {
        Shape from = sketch.shape(source);
        boolean global = random.nextInt(4) == 0;
        int height = global ? from.height() : 1 + random.nextInt(Math.min(3, from.height()));
        int width = global ? from.width() : 1 + random.nextInt(Math.min(3, from.width()));
        int paddingY = random.nextInt(Math.min(height, 3));
        int paddingX = random.nextInt(Math.min(width, 2));
        Pool2d pool = new Pool2d(kind, height, width, 1 + random.nextInt(2), 1 + random.nextInt(2), paddingY, paddingX);
        Shape shape = new Shape(
                from.channels(),
                NetworkCheck.extent(from.height(), height, pool.strideY(), paddingY, 1),
                NetworkCheck.extent(from.width(), width, pool.strideX(), paddingX, 1));
        return sketch.add(kind.name(), pool, shape, source);
    }

    private void spikePool() {
        Pool2d.Kind[] kinds = Pool2d.Kind.values();
        Pool2d.Kind kind = kinds[random.nextInt(kinds.length)];
        boolean ofSteps = kind == Pool2d.Kind.MAX || kind == Pool2d.Kind.MIN;
        pool(ofSteps && isTakenBack(sketch.last()) ? Pool2d.Kind.LOSS_FREE : kind, sketch.last());
    }

    /** Whether a layer's spikes may be taken back by those who gave them. */
    private boolean isTakenBack(int layer) {
        return switch (sketch.layer(layer).operation()) {
            case Operation.Neuron neuron -> neuron.calibration().isPresent();
            case Pool2d _, VotePool _, Join _, Delay _ ->
                sketch.layer(layer).inputs().stream().anyMatch(inbound -> isTakenBack(inbound.source()));
            default -> false;
        };
    }

    private void currentPool() {
        int conv = currents();
        Pool2d.Kind[] kinds = {Pool2d.Kind.SUM, Pool2d.Kind.AVERAGE, Pool2d.Kind.MAX, Pool2d.Kind.MIN};
        fire(pool(kinds[random.nextInt(kinds.length)], conv));
    }

    /** A SEW block: the branch's spikes joined with what went in. */
    private void joined() {
        int identity = sketch.last();
        Shape shape = sketch.shape(identity);
        fire(sameShape(identity, 1));
        int branch = sketch.last();
        boolean bits = sketch.layer(identity).output().kind() == EdgeDomain.Kind.BIT
                && sketch.layer(branch).output().kind() == EdgeDomain.Kind.BIT;
        Join.Kind kind = bits ? Join.Kind.values()[random.nextInt(3)] : Join.Kind.ADD;
        sketch.add(kind.name(), new Join(kind), shape, branch, identity);
    }

    /** A residual stream of two convolutions' currents and of the layer that they read. */
    private void stream() {
        int source = sketch.last();
        int first = sameShape(source, 1);
        int second = sameShape(source, 1);
        Shape shape = sketch.shape(first);
        int shift = random.nextInt(15);
        List<Operation.Drive> drives = List.of(
                neurons.drive(shape, 1 << shift, 1 << shift),
                neurons.drive(shape, 1 << shift, 1 << shift),
                neurons.drive(shape, 1 << shift, 1 << shift));
        fire(sketch.add("stream", new CurrentAdd(shift, drives), shape, first, second, source));
    }

    private void delayed() {
        Shape shape = sketch.shape(sketch.last());
        int[] lengths = {1, shape.channels(), shape.size()};
        int[] steps = random.ints(lengths[random.nextInt(3)], 0, 4).toArray();
        sketch.add("delay", new Delay(steps), shape, sketch.last());
    }

    /** A layer whose own spikes of the step before gate its membranes. */
    private void gated() {
        int conv = currents();
        Shape shape = sketch.shape(conv);
        int channels = shape.channels();
        int hidden = 1 + random.nextInt(3);
        int finer = random.nextBoolean() ? 0 : random.nextInt(15);
        AttentionGate gate = new AttentionGate(
                neurons.weights.int8(channels),
                random.nextInt(200) - 100,
                1000 + random.nextInt(60_000) << finer,
                16 + finer,
                hidden,
                neurons.weights.int8(hidden * channels),
                neurons.weights.int8(hidden * channels),
                10 + random.nextInt(1000) << finer,
                16 + finer);
        int gating = sketch.addAhead(
                "gate", gate, shape, EdgeDomain.unsigned(1 << 15), Inbound.recurrentFrom(sketch.last() + 2));
        int maximum = sketch.layer(conv).output().maximum();
        Operation.Neuron neuron = neurons.any(shape, List.of(maximum)).withGate();
        sketch.add("gated", neuron, shape, List.of(Inbound.from(conv), Inbound.from(gating)));
    }

    /** Membranes given on as they are. */
    private void potentials() {
        int conv = currents();
        int maximum = sketch.layer(conv).output().maximum();
        Operation.Neuron neuron =
                neurons.any(sketch.shape(conv), List.of(maximum)).withOutput(Operation.Neuron.Output.POTENTIAL, 1);
        sketch.add("potential", neuron, sketch.shape(conv), conv);
    }

    private int dense(int outputs) {
        tame();
        int inputs = sketch.shape(sketch.last()).size();
        return sketch.add("dense", neurons.weights.dense(outputs, inputs), Shape.vector(outputs), sketch.last());
    }

    private void recurrent() {
        int size = 5 + random.nextInt(8);
        int drive = dense(size);
        Operation.Dense loop = neurons.weights.dense(size, size);
        int reach = loop.kind().valueMaximum() * size;
        int back = sketch.addAhead(
                "loop", loop, Shape.vector(size), EdgeDomain.signed(reach), Inbound.recurrentFrom(sketch.last() + 2));
        List<Integer> maxima = List.of(sketch.layer(drive).output().maximum(), reach);
        Operation.Neuron neuron = neurons.any(Shape.vector(size), maxima);
        sketch.add("recurrent", neuron, Shape.vector(size), List.of(Inbound.from(drive), Inbound.from(back)));
    }

    private Readout output() {
        int last = sketch.last();
        Shape shape = sketch.shape(last);
        Readout.Exit exit = random.nextBoolean()
                ? Readout.Exit.NEVER
                : new Readout.Exit(random.nextInt(timeSteps + 1), random.nextInt(3), 1 + random.nextInt(timeSteps));
        if (random.nextInt(3) == 0) {
            Operation.Neuron neuron = neurons.accumulator(shape);
            sketch.add("output", neuron, shape, last);
            return new Readout(Readout.Kind.POTENTIAL, 4, 3, exit);
        }
        fire(false, last);
        if (random.nextBoolean()) {
            return new Readout(Readout.Kind.FIRST_SPIKE, 6, 2, new Readout.Exit(exit.lastStep(), 0, 1));
        }
        if (random.nextBoolean()) {
            // Voters, then one more layer of neurons, since an output is one.
            tame();
            sketch.add("vote", new VotePool(3), Shape.vector(4), sketch.last());
            fire(false, sketch.last());
            return new Readout(Readout.Kind.COUNT, 4, 1, exit);
        }
        return new Readout(Readout.Kind.COUNT, 4, 3, exit);
    }
}
