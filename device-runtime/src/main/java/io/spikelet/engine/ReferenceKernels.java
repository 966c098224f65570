package io.spikelet.engine;

import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.VotePool;
import io.spikelet.model.WeightKind;

/** The plain kernel of every operation: the one that defines the result, which a fast one must give bit for bit. */
final class ReferenceKernels {
    private final SpikingNetwork network;

    /** (layers) what each layer gives. */
    private final Activity[] activities;

    ReferenceKernels(SpikingNetwork network, Activity[] activities) {
        this.network = network;
        this.activities = activities;
    }

    /** What a layer gives, silent. */
    static Activity activity(Layer layer) {
        boolean times = layer.output().kind() == EdgeDomain.Kind.TIME;
        return new Activity(layer.shape().size(), times ? layer.output().maximum() : Activity.ZERO);
    }

    /** Plans one layer; allocates all that it will need. */
    Kernel kernel(int index) {
        Layer layer = network.layers().get(index);
        Activity target = activities[index];
        Shape to = layer.shape();
        Activity[] sources = layer.inputs().stream()
                .map(inbound -> activities[inbound.source()])
                .toArray(Activity[]::new);
        return switch (layer.operation()) {
            case Operation.Input _ -> new InputKernel(network.encoder(), target);
            case Operation.Dense dense -> dense(dense, layer, sources[0], target);
            case Operation.Conv2d conv -> conv(conv, layer, sources[0], target);
            case Operation.Neuron neuron -> new NeuronKernel(neuron, to, sources, target);
            case Pool2d pool -> pool(pool, source(layer), to, sources[0], target);
            case VotePool vote -> new VotePoolKernel(vote.voters(), sources[0], target);
            case Join join -> new JoinKernel(join.kind(), sources, target);
            case CurrentAdd add -> new CurrentAddKernel(add, to, sources, target);
            case Delay delay -> new DelayKernel(delay, to, sources[0], target);
            case AttentionGate gate -> new AttentionKernel(gate, to, sources[0], target);
            case FirstSpike neuron -> new FirstSpikeKernel(neuron, to, sources, target);
        };
    }

    private Kernel dense(Operation.Dense dense, Layer layer, Activity from, Activity target) {
        return dense.kind() == WeightKind.LOG2
                ? new LogDenseKernel(dense, products(layer), from, target, isConstant(layer))
                : new DenseKernel(dense, from, target, isConstant(layer));
    }

    private Kernel conv(Operation.Conv2d conv, Layer layer, Activity from, Activity target) {
        Shape source = source(layer).shape();
        return conv.kind() == WeightKind.LOG2
                ? ConvKernel.ofLogarithms(conv, products(layer), source, layer.shape(), from, target, isConstant(layer))
                : ConvKernel.ofIntegers(conv, source, layer.shape(), from, target, isConstant(layer));
    }

    private LogProducts products(Layer layer) {
        EdgeDomain from = source(layer).output();
        return from.kind() == EdgeDomain.Kind.TIME ? LogProducts.ofTimes(from.maximum()) : LogProducts.ofNumbers();
    }

    private static Kernel pool(Pool2d pool, Layer read, Shape to, Activity source, Activity target) {
        Shape from = read.shape();
        boolean isLinear = read.operation() instanceof Operation.Dense || read.operation() instanceof Operation.Conv2d;
        PoolWindows windows = new PoolWindows(pool, from, to);
        return switch (pool.kind()) {
            case SUM, AVERAGE -> new SumPoolKernel(pool, from, to, source, target, isLinear);
            case MAX, MIN -> new ExtremePoolKernel(windows, source, target);
            case LOSS_FREE -> new LossFreePoolKernel(windows, source, target);
        };
    }

    /** Whether a layer's source is the same at every step of a sample. */
    private boolean isConstant(Layer layer) {
        return layer.inputs().getFirst().source() == 0 && network.encoder().isConstant();
    }

    private Layer source(Layer layer) {
        Inbound first = layer.inputs().getFirst();
        return network.layers().get(first.source());
    }
}
