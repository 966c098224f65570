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
        Activity[] sources = new Activity[layer.inputs().size()];
        for (int k = 0; k < sources.length; k++) {
            sources[k] = activities[layer.inputs().get(k).source()];
        }
        Operation operation = layer.operation();
        // No switch over types: what the JDK makes for one is made at run time, again at each start of a board.
        if (operation instanceof Operation.Input) {
            return new InputKernel(network.encoder(), target);
        } else if (operation instanceof Operation.Dense dense) {
            return dense(dense, layer, sources[0], target);
        } else if (operation instanceof Operation.Conv2d conv) {
            return conv(conv, layer, sources[0], target);
        } else if (operation instanceof Operation.Neuron neuron) {
            return new NeuronKernel(neuron, to, sources, target);
        } else if (operation instanceof Pool2d pool) {
            return pool(pool, source(layer), to, sources[0], target);
        } else if (operation instanceof VotePool vote) {
            return new VotePoolKernel(vote.voters(), sources[0], target);
        } else if (operation instanceof Join join) {
            return new JoinKernel(join.kind(), sources, target);
        } else if (operation instanceof CurrentAdd add) {
            return new CurrentAddKernel(add, to, sources, target);
        } else if (operation instanceof Delay delay) {
            return new DelayKernel(delay, to, sources[0], target);
        } else if (operation instanceof AttentionGate gate) {
            return new AttentionKernel(gate, to, sources[0], target);
        } else if (operation instanceof FirstSpike neuron) {
            return new FirstSpikeKernel(neuron, to, sources, target);
        }
        throw new IllegalStateException("an operation without a kernel: " + operation);
    }

    private Kernel dense(Operation.Dense dense, Layer layer, Activity from, Activity target) {
        return dense.kind() == WeightKind.LOG2
                ? new LogDenseKernel(dense, products(layer), from, target, network.readsConstantInput(layer))
                : new DenseKernel(dense, from, target, network.readsConstantInput(layer));
    }

    private Kernel conv(Operation.Conv2d conv, Layer layer, Activity from, Activity target) {
        Shape source = source(layer).shape();
        return conv.kind() == WeightKind.LOG2
                ? ConvKernel.ofLogarithms(conv, products(layer), source, layer.shape(), from, target, network.readsConstantInput(layer))
                : ConvKernel.ofIntegers(conv, source, layer.shape(), from, target, network.readsConstantInput(layer));
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

    private Layer source(Layer layer) {
        Inbound first = layer.inputs().getFirst();
        return network.layers().get(first.source());
    }
}
