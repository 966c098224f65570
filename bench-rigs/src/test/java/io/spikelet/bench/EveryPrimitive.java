package io.spikelet.bench;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.Bounds;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Operation.Neuron.Output;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Two networks that together hold every operation, weight kind, neuron output and pool. */
final class EveryPrimitive {
    private static final int[] ZERO = {0};
    private static final int STEPS = 6;

    private final List<Layer> layers = new ArrayList<>();
    private final Random random = new Random(3);
    private final Encoder encoder;
    private final int timeSteps;

    private EveryPrimitive(Encoder encoder, int timeSteps, Shape input, EdgeDomain domain) {
        this.encoder = encoder;
        this.timeSteps = timeSteps;
        layers.add(new Layer("input", List.of(), input, domain, new Operation.Input()));
    }

    /** All that runs step by step. */
    static SpikingNetwork clocked(Encoder encoder, EdgeDomain domain, Readout readout) {
        EveryPrimitive made = new EveryPrimitive(encoder, STEPS, new Shape(2, 6, 6), domain);
        Shape maps = new Shape(4, 6, 6);
        int conv = made.conv(WeightKind.INT4, maps, 0);
        AttentionGate attention = new AttentionGate(
                made.codes(WeightKind.INT8, 4),
                5,
                9000,
                2,
                made.codes(WeightKind.INT8, 8),
                made.codes(WeightKind.INT8, 8),
                300);
        int gate = made.put("gate", attention, maps, EdgeDomain.unsigned(1 << 15), Inbound.recurrentFrom(3));
        int gated = made.add("gated", made.neuron(1, 1).withGate(), maps, EdgeDomain.SPIKE, conv, gate);
        int branch = made.conv(WeightKind.TERNARY, maps, gated);
        int burst =
                made.add("burst", made.neuron(1, 1).withOutput(Output.BURST, 3), maps, EdgeDomain.unsigned(3), branch);
        int sum = made.add("sum", new Join(Join.Kind.ADD), maps, EdgeDomain.unsigned(4), burst, gated);
        int late = made.add("late", new Delay(new int[] {0, 1, 2, 3}), maps, EdgeDomain.unsigned(4), sum);
        int[] currents = {made.conv(WeightKind.LOG2, maps, late), made.conv(WeightKind.BINARY, maps, late)};
        CurrentAdd stream = new CurrentAdd(9, List.of(made.drive(1, 3), made.drive(1, 700)));
        int streamed = made.add("stream", stream, maps, made.undeclared(), currents);
        int fired = made.add(
                "fired",
                made.neuron(1, STEPS).withThreshold(STEPS, made.falling(STEPS)),
                maps,
                EdgeDomain.SPIKE,
                streamed);
        int both = made.add("and", new Join(Join.Kind.AND), maps, EdgeDomain.SPIKE, gated, fired);
        int last = made.add("iand", new Join(Join.Kind.AND_NOT), maps, EdgeDomain.SPIKE, both, gated);
        for (Pool2d.Kind kind : Pool2d.Kind.values()) {
            int extent = made.layers.get(last).shape().height() - 1;
            Pool2d pool = new Pool2d(kind, 2, 2, 1, 1, 0, 0);
            last = made.add(kind.name(), pool, new Shape(4, extent, extent), made.undeclared(), last);
        }
        int hidden = made.dense(WeightKind.INT8, 8, last);
        Shape eight = Shape.vector(8);
        int potential = made.add(
                "potential", made.neuron(1, 1).withOutput(Output.POTENTIAL, 1), eight, made.undeclared(), hidden);
        int votes = made.add("votes", new VotePool(2), Shape.vector(4), made.undeclared(), potential);
        CurrentAdd tame = new CurrentAdd(12, List.of(made.drive(1, 1)));
        int small = made.add("tame", tame, Shape.vector(4), made.undeclared(), votes);
        int drive = made.dense(WeightKind.LOG2, 6, small);
        int self = made.layers.size() + 1;
        Operation.Dense recurrent =
                new Operation.Dense(6, 6, WeightKind.INT4, made.codes(WeightKind.INT4, 36), new float[6]);
        int loop = made.put("loop", recurrent, Shape.vector(6), EdgeDomain.signed(42), Inbound.recurrentFrom(self));
        Shape six = Shape.vector(6);
        int recurring = made.add("recurrent", made.neuron(2, 1), six, EdgeDomain.SPIKE, drive, loop);
        int classes = made.dense(WeightKind.INT8, 6, recurring);
        boolean sums = readout.kind() == Readout.Kind.POTENTIAL;
        Operation.Neuron output = sums ? made.neuron(1, 1).withOutput(Output.POTENTIAL, 1) : made.neuron(1, 1);
        made.add("output", output, six, sums ? made.undeclared() : EdgeDomain.SPIKE, classes);
        return made.network(readout);
    }

    /** Spikes coded as times. */
    static SpikingNetwork timed() {
        int window = 24;
        int[] times = new int[256];
        for (int v = 0; v < times.length; v++) {
            times[v] = window - v * window / 255;
        }
        EveryPrimitive made = new EveryPrimitive(
                new Encoder.SpikeTimes(window, times), 1, new Shape(2, 6, 6), EdgeDomain.time(window));
        Shape maps = new Shape(4, 6, 6);
        int conv = made.conv(WeightKind.LOG2, maps, 0);
        EdgeDomain time = EdgeDomain.time(window);
        int first = made.add("first", made.firstSpike(window), maps, time, conv);
        Pool2d earliest = new Pool2d(Pool2d.Kind.MIN, 2, 2, 2, 2, 0, 0);
        int pooled = made.add("earliest", earliest, new Shape(4, 3, 3), time, first);
        int dense = made.dense(WeightKind.LOG2, 6, pooled);
        made.add("second", made.firstSpike(window), Shape.vector(6), time, dense);
        return made.network(new Readout(Readout.Kind.FIRST_SPIKE, 6, 1, Readout.Exit.NEVER));
    }

    private FirstSpike firstSpike(int window) {
        return new FirstSpike(window, falling(window), List.of(drive(1, 1)), Integer.MAX_VALUE);
    }

    private int[] falling(int rows) {
        int[] values = new int[rows];
        for (int t = 0; t < rows; t++) {
            values[t] = Math.max(1, 400 - 12 * t);
        }
        return values;
    }

    private Operation.Drive drive(int rows, int gain) {
        int[] gains = new int[rows];
        Arrays.fill(gains, gain);
        return new Operation.Drive(rows, gains, new int[rows], true);
    }

    private Operation.Neuron neuron(int edges, int rows) {
        List<Operation.Drive> drives = new ArrayList<>();
        for (int k = 0; k < edges; k++) {
            drives.add(drive(rows, 2));
        }
        return new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[] {9000},
                new int[] {20_000},
                ZERO,
                ZERO,
                ZERO,
                new int[] {40},
                drives,
                new float[] {1},
                Integer.MAX_VALUE);
    }

    private byte[] codes(WeightKind kind, int length) {
        byte[] codes = new byte[length];
        for (int i = 0; i < length; i++) {
            do {
                codes[i] = (byte) (random.nextInt(40) - 8);
            } while (!kind.allows(codes[i]));
        }
        return codes;
    }

    private int conv(WeightKind kind, Shape to, int source) {
        int ins = layers.get(source).shape().channels();
        int outs = to.channels();
        Operation.Conv2d conv = new Operation.Conv2d(
                outs, ins, 3, 3, 1, 1, 1, 1, 1, 1, 1, kind, codes(kind, outs * ins * 9), new float[outs]);
        return add(kind.name(), conv, to, undeclared(), source);
    }

    private int dense(WeightKind kind, int outputs, int source) {
        int inputs = layers.get(source).shape().size();
        Operation.Dense dense =
                new Operation.Dense(outputs, inputs, kind, codes(kind, outputs * inputs), new float[outputs]);
        return add(kind.name(), dense, Shape.vector(outputs), undeclared(), source);
    }

    private EdgeDomain undeclared() {
        return EdgeDomain.signed(Integer.MAX_VALUE);
    }

    private int put(String name, Operation operation, Shape shape, EdgeDomain output, Inbound... inputs) {
        layers.add(new Layer(name, List.of(inputs), shape, output, operation));
        return layers.size() - 1;
    }

    /** Adds a layer; what it may give is declared as it is proved, where the caller does not know it. */
    private int add(String name, Operation operation, Shape shape, EdgeDomain output, int... sources) {
        int index = put(
                name,
                operation,
                shape,
                output,
                Arrays.stream(sources).mapToObj(Inbound::from).toArray(Inbound[]::new));
        if (output.equals(undeclared())) {
            long reach = Arrays.stream(Bounds.outputMaxima(network(new Readout(1, 1)), index))
                    .max()
                    .orElseThrow();
            Layer draft = layers.get(index);
            layers.set(
                    index,
                    new Layer(name, draft.inputs(), shape, EdgeDomain.signed(Math.toIntExact(reach)), operation));
        }
        return index;
    }

    private SpikingNetwork network(Readout readout) {
        return new SpikingNetwork(
                "every primitive",
                timeSteps,
                encoder,
                readout,
                layers,
                new Discretisation("snntorch", 1e-4),
                Optional.empty(),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }
}
