package io.spikelet.engine;

import io.spikelet.engine.gather.Crew;
import io.spikelet.engine.gather.GatherLimits;
import io.spikelet.engine.gather.Source;
import io.spikelet.engine.gather.SpikeMap;
import io.spikelet.engine.gather.Stage;
import io.spikelet.engine.gather.SumStage;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which layers run on fast kernels. A weighted layer with the neurons that it alone drives and the OR or AND pool behind
 * them becomes one stage; a weighted layer that something else reads keeps its sums; whatever has no fast twin stays
 * plain, and so does all that learns, since a learner reads and changes it step by step.
 */
final class GatherPlan {
    private final SpikingNetwork network;
    private final List<Layer> layers;
    private final Crew crew;

    /** (layers) whether a layer ends a stage. */
    private final boolean[] endsStage;

    /** (layers) whether a layer adds the spikes of stages for fast kernels alone, so that nobody needs the sum itself. */
    private final boolean[] addsMaps;

    /** (layers) whether a layer has no values of its own. */
    private final boolean[] isSwallowed;

    /** (layers) the spikes of layers that end a stage, and of an input that is packed; null elsewhere. */
    private final SpikeMap[] maps;

    /** (layers) null where the plain kernel serves. */
    private final Kernel[] kernels;

    /** @param crew who shares the output lines of a layer */
    GatherPlan(SpikingNetwork network, Crew crew) {
        this.crew = crew;
        this.network = network;
        layers = network.layers();
        kernels = new Kernel[layers.size()];
        maps = new SpikeMap[kernels.length];
        endsStage = new boolean[kernels.length];
        addsMaps = new boolean[kernels.length];
        isSwallowed = new boolean[kernels.length];
        findStages();
        findSums();
        for (int i = 1; i < kernels.length; i++) {
            isSwallowed[i] |= addsMaps[i] || endsStage[i] && !isReadPlainly(i);
        }
        if (isPackedInput()) {
            isSwallowed[0] = true;
            maps[0] = new SpikeMap(network.input().shape());
        }
    }

    /** Whether the bytes of a frame are spikes, and only fast kernels read them. */
    private boolean isPackedInput() {
        boolean areValues =
                network.encoder() instanceof Encoder.Direct || network.encoder().takesFrameEachStep();
        return areValues && network.input().output().kind() == EdgeDomain.Kind.BIT && !isReadPlainly(0);
    }

    private void findStages() {
        for (int i = 1; i < kernels.length; i++) {
            int neuron = isGathered(i) ? onlyReader(i) : -1;
            if (neuron >= 0 && isStage(neuron)) {
                isSwallowed[i] = true;
                isSwallowed[neuron] = pool(neuron) >= 0;
                endsStage[Math.max(neuron, pool(neuron))] = true;
            }
        }
    }

    private void findSums() {
        for (int i = 1; i < kernels.length; i++) {
            addsMaps[i] = isSum(i);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < kernels.length; i++) {
                if (addsMaps[i] && !(isFedByMaps(i) && !isReadPlainly(i) && maps(i) <= GatherLimits.MOST_MAPS)) {
                    addsMaps[i] = false;
                    changed = true;
                }
            }
        }
    }

    /** Whether a layer has values of its own, read by plain kernels or as the output. */
    boolean hasValues(int index) {
        return !isSwallowed[index];
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
            if (isGathered(i)) {
                gather(i, activities);
            } else if (addsMaps[i]) {
                kernels[i] = Swallowed.KERNEL;
            }
        }
        return kernels;
    }

    private boolean isGathered(int index) {
        Layer layer = layers.get(index);
        boolean hasTwin = layer.operation() instanceof Operation.Dense dense && dense.kind() != WeightKind.LOG2
                || layer.operation() instanceof Operation.Conv2d conv
                        && conv.kind() != WeightKind.LOG2
                        && conv.groups() == 1
                        && conv.dilationX() == 1;
        return hasTwin && layer.inputs().getFirst().delay() == 0 && !network.learns(index) && isWithinLimits(layer);
    }

    private boolean isWithinLimits(Layer layer) {
        int source = layer.inputs().getFirst().source();
        int maps = Math.min(maps(source), GatherLimits.MOST_MAPS);
        return GatherLimits.hold(layer.operation(), layers.get(source).shape(), layer.shape(), maps);
    }

    private void gather(int index, Activity[] activities) {
        Layer layer = layers.get(index);
        List<Packing> packings = new ArrayList<>();
        Source source = source(layer.inputs().getFirst().source(), activities, packings);
        Packing[] packed = packings.toArray(new Packing[0]);
        int neuron = onlyReader(index);
        if (neuron < 0 || !isStage(neuron)) {
            kernels[index] = new SumStageKernel(
                    packed, SumStage.plan(source, layer.operation(), layer.shape(), crew), activities[index]);
            return;
        }
        int pool = pool(neuron);
        int last = pool < 0 ? neuron : pool;
        Operation.Neuron neurons = (Operation.Neuron) layers.get(neuron).operation();
        Stage stage = Stage.plan(
                source,
                layer.operation(),
                neurons,
                layers.get(neuron).shape(),
                isStateless(neurons, layers.get(neuron)),
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
        if (endsStage[index] || addsMaps[index]) {
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
        if (endsStage[index]) {
            added.add(maps[index]);
        } else {
            for (Inbound inbound : layers.get(index).inputs()) {
                addMaps(inbound.source(), added);
            }
        }
    }

    /** Maps that a layer's values add up, counted until there are more than may be. */
    private int maps(int index) {
        if (!isSum(index)) {
            return 1;
        }
        int maps = 0;
        for (Inbound inbound : layers.get(index).inputs()) {
            boolean isCounted = inbound.delay() == 0 && maps <= GatherLimits.MOST_MAPS;
            maps += isCounted ? maps(inbound.source()) : 1;
        }
        return maps;
    }

    private boolean isSum(int index) {
        return layers.get(index).operation() instanceof Join join && join.kind() == Join.Kind.ADD;
    }

    private boolean isFedByMaps(int index) {
        for (Inbound inbound : layers.get(index).inputs()) {
            if (inbound.delay() != 0 || !endsStage[inbound.source()] && !addsMaps[inbound.source()]) {
                return false;
            }
        }
        return true;
    }

    /** The one layer that reads this one; −1 for none or several. */
    private int onlyReader(int index) {
        int reader = -1;
        for (int i = 0; i < layers.size(); i++) {
            for (Inbound inbound : layers.get(i).inputs()) {
                if (inbound.source() == index) {
                    if (reader >= 0) {
                        return -1;
                    }
                    reader = i;
                }
            }
        }
        return reader;
    }

    /** Whether a layer is neurons whose spikes a stage can give. */
    private boolean isStage(int index) {
        return layers.get(index).operation() instanceof Operation.Neuron neuron
                && neuron.output() == Operation.Neuron.Output.SPIKE
                && !neuron.gated()
                && !neuron.hasSynapticCurrent()
                && neuron.drives().size() == 1
                && layers.get(index).inputs().getFirst().delay() == 0;
    }

    /** The OR or AND pool that alone reads the spikes of a layer; −1 where there is none. */
    private int pool(int neuron) {
        int reader = onlyReader(neuron);
        boolean isPool = reader >= 0
                && neuron != layers.size() - 1
                && layers.get(reader).inputs().getFirst().delay() == 0
                && layers.get(reader).operation() instanceof Pool2d pool
                && (pool.kind() == Pool2d.Kind.MAX || pool.kind() == Pool2d.Kind.MIN);
        return isPool ? reader : -1;
    }

    /** Whether what a neuron does depends on the present step alone, in the same way for a whole channel. */
    private boolean isStateless(Operation.Neuron neuron, Layer layer) {
        Operation.Drive drive = neuron.drives().getFirst();
        int channels = layer.shape().channels();
        boolean byChannel = neuron.b0().length <= channels
                && neuron.threshold().length <= channels
                && drive.gain().length <= channels
                && drive.bias().length <= channels
                && neuron.thresholdSteps() == 1
                && drive.steps() == 1;
        boolean forgets = network.timeSteps() == 1
                || isZero(neuron.a0())
                        && isZero(neuron.a1())
                        && isZero(neuron.b0())
                        && isZero(neuron.b1())
                        && drive.biasAtStart();
        return byChannel && forgets;
    }

    private static boolean isZero(int[] values) {
        for (int value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a plain kernel, or whoever asks for the output, reads a layer's values. */
    private boolean isReadPlainly(int index) {
        if (index == layers.size() - 1) {
            return true;
        }
        for (int i = 1; i < layers.size(); i++) {
            for (Inbound inbound : layers.get(i).inputs()) {
                boolean reads = inbound.source() == index;
                if (reads && !(inbound.delay() == 0 && (isGathered(i) || addsMaps[i]))) {
                    return true;
                }
            }
        }
        return false;
    }
}
