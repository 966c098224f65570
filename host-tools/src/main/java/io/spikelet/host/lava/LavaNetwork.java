package io.spikelet.host.lava;

import io.spikelet.engine.Classifier;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.model.Bounds;
import io.spikelet.model.Delay;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
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

/**
 * Takes a lava-dl network into the engine as it is: every weight, decay and threshold is the file's own integer, in
 * other units at most (docs/equations.md, D12). Nothing is rounded, so every spike is the chip's, as long as no membrane
 * leaves its 24 bits.
 */
public final class LavaNetwork {
    /** Loihi adds weights and compares thresholds 6 bits up. */
    private static final int SHIFT = 6;

    /** A 12-bit decay in Q1.15. */
    private static final int LEAK_SHIFT = 3;

    /** What Loihi's membranes hold; its currents wrap beyond, its voltages stop there. */
    private static final int CHIP_MAXIMUM = (1 << 23) - 1;

    /** The real value of one membrane LSB, as SLAYER trains it. */
    private static final float MEMBRANE_UNIT = 1f / (1 << 2 * SHIFT);

    private final LavaRun run;
    private final List<Layer> layers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private SpikingNetwork network;

    /**
     * What taking a network in gives.
     *
     * @param network passes {@link io.spikelet.model.NetworkCheck}
     * @param notes what a person should know, one sentence each
     */
    public record Taken(SpikingNetwork network, List<String> notes) {}

    private LavaNetwork(LavaRun run) {
        this.run = run;
    }

    /**
     * @throws QuantiseException when a bound does not hold, or the classes do not fit the outputs
     */
    public static Taken of(LavaNet net, LavaRun run) throws QuantiseException {
        LavaNetwork made = new LavaNetwork(run);
        made.assemble(net);
        try {
            Classifier.load(made.network);
        } catch (MalformedDataException refused) {
            throw new QuantiseException("the network would be refused: " + refused.getMessage(), refused);
        }
        return new Taken(made.network, List.copyOf(made.notes));
    }

    private void assemble(LavaNet net) throws QuantiseException {
        network = new SpikingNetwork(
                run.name(),
                run.timeSteps(),
                run.encoder(),
                readout(net),
                List.of(),
                new Discretisation("loihi", 0),
                Optional.empty(),
                run.securityCounter(),
                new Provenance(net.digest(), "", Quantiser.TOOL, Double.NaN, Double.NaN));
        int source = add("input", List.of(), net.input(), EdgeDomain.SPIKE, new Operation.Input());
        for (LavaBlock block : net.blocks()) {
            source = switch (block) {
                case LavaBlock.Input input -> delayed(input.place() + "/axon", source, input.shape(), new int[] {1});
                case LavaBlock.Weighted weighted -> weighted(weighted, source);
                case LavaBlock.Flatten _, LavaBlock.Average _ -> source;
            };
        }
        if (source == 0) {
            throw new QuantiseException(net.name() + " has no neurons; there is nothing to run");
        }
    }

    private Readout readout(LavaNet net) throws QuantiseException {
        int outputs = net.output().size();
        int said = net.blocks().getLast() instanceof LavaBlock.Average average
                ? average.shape().size()
                : 0;
        int classes = run.classes() != 0 ? run.classes() : said != 0 ? said : outputs;
        if (outputs % classes != 0 || said != 0 && said != classes) {
            throw new QuantiseException(net.name() + " has " + outputs + " outputs"
                    + (said == 0 ? "" : " averaged into " + said) + ", which do not spread evenly over " + classes
                    + " classes");
        }
        return new Readout(classes, outputs / classes);
    }

    /** Weights, neurons, and the steps that their spikes travel. */
    private int weighted(LavaBlock.Weighted block, int source) throws QuantiseException {
        List<Inbound> sums = new ArrayList<>();
        List<Operation.Drive> drives = new ArrayList<>();
        if (block.synapse() instanceof LavaSynapse.Pool pool) {
            Pool2d sum = new Pool2d(
                    Pool2d.Kind.SUM, pool.kernel()[0], pool.kernel()[1], pool.kernel()[0], pool.kernel()[1], 0, 0);
            sums.add(Inbound.from(linear(block.place() + "/sum", source, block.shape(), sum)));
            drives.add(new Operation.Drive(new int[] {pool.weight() << SHIFT}, new int[1], true));
        } else {
            for (WeightPlanes.Plane plane : WeightPlanes.of(block.synapse().weights())) {
                String name = block.place() + (sums.isEmpty() ? "/weight" : "/weight.high");
                sums.add(Inbound.from(linear(name, source, block.shape(), operation(block.synapse(), plane))));
                drives.add(new Operation.Drive(new int[] {plane.step() << SHIFT}, new int[1], true));
            }
        }
        int neuron = neuron(block, sums, drives);
        return delayed(block.place() + "/axon", neuron, block.shape(), block.delay());
    }

    private static Operation operation(LavaSynapse synapse, WeightPlanes.Plane plane) {
        return switch (synapse) {
            case LavaSynapse.Dense dense ->
                new Operation.Dense(
                        dense.outputs(), dense.inputs(), plane.kind(), plane.codes(), scale(dense.outputs(), plane));
            case LavaSynapse.Conv conv ->
                new Operation.Conv2d(
                        conv.outChannels(),
                        conv.inChannels(),
                        conv.kernel()[0],
                        conv.kernel()[1],
                        conv.stride()[0],
                        conv.stride()[1],
                        conv.padding()[0],
                        conv.padding()[1],
                        conv.dilation()[0],
                        conv.dilation()[1],
                        conv.groups(),
                        plane.kind(),
                        plane.codes(),
                        scale(conv.outChannels(), plane));
            case LavaSynapse.Pool _ -> throw new IllegalArgumentException("a pool has no codes");
        };
    }

    private static float[] scale(int rows, WeightPlanes.Plane plane) {
        float[] scale = new float[rows];
        Arrays.fill(scale, (float) plane.step() / (1 << SHIFT));
        return scale;
    }

    private int neuron(LavaBlock.Weighted block, List<Inbound> sums, List<Operation.Drive> drives)
            throws QuantiseException {
        CubaNeuron cuba = block.neuron();
        // The bias drives the membrane itself, not the current, and goes on after a spike.
        int[] bias = shifted(cuba.bias(), SHIFT);
        Operation.Neuron neuron = new Operation.Neuron(
                Operation.Comparison.STRICTLY_ABOVE,
                cuba.keepsNoCurrent() ? new int[0] : leak(cuba.currentDecay()),
                leak(cuba.voltageDecay()),
                bias,
                new int[1],
                bias,
                shifted(cuba.threshold(), SHIFT),
                drives,
                new float[] {MEMBRANE_UNIT},
                0);
        int index = add(block.place(), sums, block.shape(), EdgeDomain.SPIKE, neuron);
        long maximum = Bounds.membraneMaximum(network, index);
        if (maximum > Integer.MAX_VALUE) {
            throw new QuantiseException(block.place() + " could leave 32 bits within " + run.timeSteps()
                    + " time steps; use fewer time steps or a faster decay");
        }
        if (maximum > CHIP_MAXIMUM) {
            notes.add(block.place() + ": if all inputs pulled one way its membranes could reach " + maximum
                    + ", beyond the chip's 24 bits, which these do not copy");
        }
        replace(index, EdgeDomain.SPIKE, neuron.withMembraneMaximum(maximum));
        return index;
    }

    /** What a 12-bit decay leaves, in Q1.15; both round toward zero. */
    private static int[] leak(int[] decay) {
        int[] leak = new int[decay.length];
        for (int i = 0; i < leak.length; i++) {
            leak[i] = CubaNeuron.DECAY_UNIT - decay[i] << LEAK_SHIFT;
        }
        return leak;
    }

    private static int[] shifted(int[] values, int shift) {
        return Arrays.stream(values).map(value -> value << shift).toArray();
    }

    private int delayed(String name, int source, Shape shape, int[] steps) {
        return add(name, List.of(Inbound.from(source)), shape, EdgeDomain.SPIKE, new Delay(steps));
    }

    private int linear(String name, int source, Shape shape, Operation operation) throws QuantiseException {
        EdgeDomain.Kind kind = operation instanceof Pool2d ? EdgeDomain.Kind.UNSIGNED : EdgeDomain.Kind.SIGNED;
        int index = add(name, List.of(Inbound.from(source)), shape, new EdgeDomain(kind, Integer.MAX_VALUE), operation);
        long worst = Math.max(
                1, Arrays.stream(Bounds.outputMaxima(network, index)).max().orElse(1));
        if (worst > Integer.MAX_VALUE) {
            throw new QuantiseException(name + " can sum up to " + worst + ", which leaves 32 bits; split the block");
        }
        replace(index, new EdgeDomain(kind, (int) worst), operation);
        return index;
    }

    private int add(String name, List<Inbound> inputs, Shape shape, EdgeDomain output, Operation operation) {
        layers.add(new Layer(name, inputs, shape, output, operation));
        network = network.withLayers(layers);
        return layers.size() - 1;
    }

    private void replace(int index, EdgeDomain output, Operation operation) {
        Layer layer = layers.get(index);
        layers.set(index, new Layer(layer.name(), layer.inputs(), layer.shape(), output, operation));
        network = network.withLayers(layers);
    }
}
