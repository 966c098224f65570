package io.spikelet.host.report;

import io.spikelet.engine.Engine;
import io.spikelet.model.AttentionGate;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.Optional;

/** Looks at one layer after each step of an engine on plain kernels. */
final class LayerMeter {
    private final int index;
    private final Layer layer;
    private final Optional<FanOut> fanOut;
    private final Optional<GateWork> gate;

    /** Where the weights read; the values of a recurrent edge are those of the step before. */
    private final Inbound source;

    private final boolean readsConstants;
    private final int silence;
    private final long denseOfStep;

    /** (size of the source) as it was after the step before, for a recurrent edge; else empty. */
    private final int[] before;

    /** (size of the source) whether anything happened there since the sample began, for a layer with weights; else empty. */
    private final boolean[] happened;

    /** (neurons) as they were after the step before, for a layer with membranes; else empty. */
    private final int[] membranes;

    private final boolean fires;

    /** The output value of a neuron that stays silent. */
    private final int nothing;

    /** What the latest count found; constant input brings the same at every step. */
    private SynapticOperations ofStep = SynapticOperations.NONE;

    private long silentOfStep;

    private SynapticOperations run = SynapticOperations.NONE;
    private SynapticOperations everyStep = SynapticOperations.NONE;
    private long largest;
    private long steps;
    private long inputs;
    private long silentInputs;
    private long silentTraces;
    private long silent;
    private long values;
    private long membraneUpdates;
    private long membranesChanged;

    LayerMeter(SpikingNetwork network, int index) {
        this.index = index;
        layer = network.layers().get(index);
        source = layer.inputs().isEmpty() ? Inbound.from(0) : layer.inputs().getFirst();
        Layer read = network.layers().get(source.source());
        fanOut = FanOut.of(layer.operation(), read.shape(), layer.shape());
        readsConstants = source.source() == 0 && network.encoder().isConstant();
        silence = read.output().kind() == EdgeDomain.Kind.TIME ? read.output().maximum() : 0;
        denseOfStep = fanOut.map(connections ->
                        Arrays.stream(connections.all()).asLongStream().sum())
                .orElse(0L);
        gate = layer.operation() instanceof AttentionGate attention
                ? Optional.of(new GateWork(attention, layer.shape()))
                : Optional.empty();
        before = (fanOut.isPresent() || gate.isPresent()) && source.delay() == 1
                ? new int[read.shape().size()]
                : new int[0];
        happened = new boolean[fanOut.isPresent() ? read.shape().size() : 0];
        membranes = new int[hasMembrane() ? layer.shape().size() : 0];
        fires = layer.operation() instanceof FirstSpike
                || layer.operation() instanceof Operation.Neuron neuron
                        && neuron.output() != Operation.Neuron.Output.POTENTIAL;
        nothing = layer.operation() instanceof FirstSpike ? layer.output().maximum() : 0;
    }

    void begin() {
        Arrays.fill(before, silence);
        Arrays.fill(happened, false);
    }

    /** Takes a step; every layer of a network is asked before the next step. */
    void look(Engine engine, int step) {
        steps++;
        if (fanOut.isPresent()) {
            weigh(engine, step, fanOut.get());
        }
        gate.ifPresent(work -> work.count(source.delay() == 1 ? before : engine.values(source.source())));
        if (before.length > 0) {
            System.arraycopy(engine.values(source.source()), 0, before, 0, before.length);
        }
        if (hasMembrane()) {
            int[] reached = engine.membrane(index);
            widen(reached);
            update(reached, step);
        } else if (fanOut.isPresent()) {
            widen(engine.values(index));
        }
        if (layer.operation() instanceof FirstSpike) {
            membraneUpdates += layer.shape().size();
            membranesChanged += layer.shape().size();
        }
        if (fires) {
            int[] given = engine.values(index);
            for (int value : given) {
                silent += value == nothing ? 1 : 0;
            }
            values += given.length;
        }
    }

    private void weigh(Engine engine, int step, FanOut connections) {
        boolean repeats = readsConstants && step > 0;
        if (!repeats) {
            count(source.delay() == 1 ? before : engine.values(source.source()), connections);
            run = run.plus(ofStep);
        }
        everyStep = everyStep.plus(ofStep);
        inputs += happened.length;
        silentInputs += silentOfStep;
        for (boolean any : happened) {
            silentTraces += any ? 0 : 1;
        }
    }

    private void update(int[] reached, int step) {
        membraneUpdates += reached.length;
        for (int i = 0; i < reached.length; i++) {
            membranesChanged += step == 0 || reached[i] != membranes[i] ? 1 : 0;
        }
        System.arraycopy(reached, 0, membranes, 0, reached.length);
    }

    private boolean hasMembrane() {
        return layer.operation() instanceof Operation.Neuron;
    }

    private void count(int[] in, FanOut connections) {
        long effective = 0;
        long events = 0;
        boolean areUnits = silence == 0;
        silentOfStep = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] != silence) {
                events += connections.all()[i];
                effective += connections.nonZero()[i];
                areUnits &= in[i] == 1 || in[i] == -1;
                happened[i] = true;
            } else {
                silentOfStep++;
            }
        }
        ofStep = new SynapticOperations(denseOfStep, areUnits ? effective : 0, areUnits ? 0 : effective, events);
    }

    private void widen(int[] reached) {
        for (int value : reached) {
            largest = Math.max(largest, Math.abs((long) value));
        }
    }

    LayerActivity activity(int samples) {
        Optional<Margin> margin = switch (layer.operation()) {
            case Operation.Neuron neuron -> Optional.of(new Margin(neuron.membraneMaximum(), largest));
            case Operation.Dense _, Operation.Conv2d _ ->
                Optional.of(new Margin(layer.output().maximum(), largest));
            default -> Optional.empty();
        };
        Optional<SynapticOperations> operations =
                fanOut.isPresent() || gate.isPresent() ? Optional.of(done().dividedBy(samples)) : Optional.empty();
        return new LayerActivity(
                layer.name(), margin, operations, fires ? Optional.of((double) silent / values) : Optional.empty());
    }

    private SynapticOperations done() {
        return gate.map(GateWork::done).orElse(run);
    }

    LayerWork work(int samples) {
        return new LayerWork(
                index,
                samples,
                steps,
                done(),
                gate.map(GateWork::ofWeights).orElse(everyStep),
                inputs,
                silentInputs,
                silentTraces,
                values,
                silent,
                membraneUpdates,
                membranesChanged);
    }
}
