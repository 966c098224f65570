package io.spikelet.engine;

import io.spikelet.engine.gather.BitPool;
import io.spikelet.engine.gather.Crew;
import io.spikelet.engine.gather.Source;
import io.spikelet.engine.gather.SpikeMap;
import io.spikelet.engine.gather.Stage;
import io.spikelet.engine.gather.SumStage;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/** Makes the kernels of those layers that {@link FastLayers} found. */
final class GatherPlan {
    private final SpikingNetwork network;
    private final List<Layer> layers;
    private final FastLayers fast;
    private final Crew crew;

    /** (layers) the spikes of layers that give maps, and of an input that is packed; null elsewhere. */
    private final SpikeMap[] maps;

    /** (layers) null where the plain kernel serves. */
    private final Kernel[] kernels;

    /** @param crew who shares the output lines of a layer */
    GatherPlan(SpikingNetwork network, Crew crew) {
        this.crew = crew;
        this.network = network;
        layers = network.layers();
        fast = new FastLayers(network);
        kernels = new Kernel[layers.size()];
        maps = new SpikeMap[kernels.length];
        maps[0] = fast.hasValues(0) ? null : new SpikeMap(network.input().shape());
    }

    /** Whether a layer has values of its own, read by plain kernels or as the output. */
    boolean hasValues(int index) {
        return fast.hasValues(index);
    }

    /**
     * Allocates the fast kernels.
     *
     * @param activities (layers) those of layers that have values
     * @return (layers) null where the plain kernel serves
     */
    Kernel[] kernels(Activity[] activities) {
        if (maps[0] != null) {
            kernels[0] = new BitInputKernel(maps[0], network.encoder().isConstant());
        }
        for (int i = 1; i < kernels.length; i++) {
            if (fast.isGathered(i)) {
                gather(i, activities);
            } else if (fast.poolsMap(i)) {
                pool(i, activities);
            } else if (fast.addsMaps(i)) {
                kernels[i] = Swallowed.KERNEL;
            }
        }
        return kernels;
    }

    private void pool(int index, Activity[] activities) {
        Layer layer = layers.get(index);
        maps[index] = new SpikeMap(layer.shape());
        SpikeMap source = maps[layer.inputs().getFirst().source()];
        kernels[index] = new BitPoolKernel(
                new BitPool((Pool2d) layer.operation(), source, maps[index]), maps[index], activities[index]);
    }

    private void gather(int index, Activity[] activities) {
        Layer layer = layers.get(index);
        List<Packing> packings = new ArrayList<>();
        Source source = source(layer.inputs().getFirst().source(), activities, packings);
        Packing[] packed = packings.toArray(new Packing[0]);
        int neuron = fast.stageNeuron(index);
        if (neuron < 0) {
            kernels[index] = new SumStageKernel(
                    packed, SumStage.plan(source, layer.operation(), layer.shape(), crew), activities[index]);
            return;
        }
        int pool = fast.pool(neuron);
        int last = pool < 0 ? neuron : pool;
        Operation.Neuron neurons = (Operation.Neuron) layers.get(neuron).operation();
        Stage stage = Stage.plan(
                source,
                layer.operation(),
                neurons,
                layers.get(neuron).shape(),
                fast.isStateless(neurons, layers.get(neuron)),
                pool < 0 ? null : (Pool2d) layers.get(pool).operation(),
                pool < 0 ? null : layers.get(pool).shape(),
                crew);
        kernels[index] = Swallowed.KERNEL;
        kernels[neuron] = Swallowed.KERNEL;
        kernels[last] = new StageKernel(packed, stage, activities[last]);
        maps[last] = stage.out();
    }

    /** What a layer gives, as a fast kernel reads it. */
    private Source source(int index, Activity[] activities, List<Packing> packings) {
        Layer layer = layers.get(index);
        boolean constant = index == 0 && network.encoder().isConstant();
        if (fast.givesMap(index) || fast.addsMaps(index)) {
            List<SpikeMap> added = new ArrayList<>();
            addMaps(index, added);
            return Source.of(layer.shape(), constant, added.toArray(new SpikeMap[0]));
        }
        if (maps[index] != null) {
            return Source.of(layer.shape(), constant, maps[index]);
        }
        if (layer.output().kind() == EdgeDomain.Kind.BIT) {
            SpikeMap map = new SpikeMap(layer.shape());
            packings.add(new Packing(activities[index], map));
            return Source.of(layer.shape(), constant, map);
        }
        return Source.of(
                layer.shape(),
                activities[index].value,
                layer.output().maximum(),
                layer.output().kind() == EdgeDomain.Kind.SIGNED,
                constant);
    }

    private void addMaps(int index, List<SpikeMap> added) {
        if (fast.givesMap(index)) {
            added.add(maps[index]);
        } else {
            for (Inbound inbound : layers.get(index).inputs()) {
                addMaps(inbound.source(), added);
            }
        }
    }
}
