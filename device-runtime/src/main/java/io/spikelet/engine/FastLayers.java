package io.spikelet.engine;

import io.spikelet.engine.gather.GatherLimits;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.List;

/**
 * Which layers run on fast kernels, and which of them together. A weighted layer with the neurons that it alone drives
 * and the OR or AND pool behind them becomes one stage; such a pool whose spikes others read too pools the stage's map; a
 * sum of maps that fast kernels alone read is never formed; a weighted layer that something else reads keeps its sums.
 * Whatever has no fast twin stays plain, and so does all that learns, since a learner reads and changes it step by step.
 */
final class FastLayers {
    private final SpikingNetwork network;
    private final List<Layer> layers;

    /** (layers) whether a layer ends a stage. */
    private final boolean[] endsStage;

    /** (layers) whether a layer is a pool of a map that others read too. */
    private final boolean[] poolsMap;

    /** (layers) whether a layer adds maps for fast kernels alone, so that nobody needs the sum itself. */
    private final boolean[] addsMaps;

    /** (layers) whether a layer has no values of its own. */
    private final boolean[] isSwallowed;

    FastLayers(SpikingNetwork network) {
        this.network = network;
        layers = network.layers();
        endsStage = new boolean[layers.size()];
        poolsMap = new boolean[layers.size()];
        addsMaps = new boolean[layers.size()];
        isSwallowed = new boolean[layers.size()];
        findStages();
        findPools();
        findSums();
        for (int i = 1; i < layers.size(); i++) {
            isSwallowed[i] |= addsMaps[i] || givesMap(i) && !isReadPlainly(i);
        }
        isSwallowed[0] = isPackedInput();
    }

    /** Whether a layer is the input, its bytes are spikes, and only fast kernels read them. */
    private boolean isPackedInput() {
        boolean areValues =
                network.encoder() instanceof Encoder.Direct || network.encoder().takesFrameEachStep();
        return areValues && network.input().output().kind() == EdgeDomain.Kind.BIT && !isReadPlainly(0);
    }

    private void findStages() {
        for (int i = 1; i < layers.size(); i++) {
            int neuron = stageNeuron(i);
            if (neuron >= 0) {
                isSwallowed[i] = true;
                isSwallowed[neuron] = pool(neuron) >= 0;
                endsStage[Math.max(neuron, pool(neuron))] = true;
            }
        }
    }

    private void findPools() {
        for (int i = 1; i < layers.size(); i++) {
            poolsMap[i] = isPool(i)
                    && !endsStage[i]
                    && givesMap(layers.get(i).inputs().getFirst().source());
        }
    }

    private void findSums() {
        for (int i = 1; i < layers.size(); i++) {
            addsMaps[i] = isSum(i);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < layers.size(); i++) {
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

    /** Whether a layer's spikes are a map: it ends a stage, or pools a map. */
    boolean givesMap(int index) {
        return endsStage[index] || poolsMap[index];
    }

    /** Whether a layer is an OR or AND pool of a map that others read too. */
    boolean poolsMap(int index) {
        return poolsMap[index];
    }

    /** Whether a layer adds maps for fast kernels alone. */
    boolean addsMaps(int index) {
        return addsMaps[index];
    }

    /** The neurons that make a stage of a weighted layer; −1 where it keeps its sums, or has no fast twin. */
    int stageNeuron(int index) {
        int neuron = isGathered(index) ? onlyReader(index) : -1;
        return neuron >= 0 && isStage(neuron) ? neuron : -1;
    }

    /** Whether a weighted layer has a fast twin. */
    boolean isGathered(int index) {
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
            if (inbound.delay() != 0 || !givesMap(inbound.source()) && !addsMaps[inbound.source()]) {
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
                && !neuron.hasFloor()
                && neuron.drives().size() == 1
                && layers.get(index).inputs().getFirst().delay() == 0;
    }

    /** The OR or AND pool that alone reads the spikes of a layer; −1 where there is none. */
    int pool(int neuron) {
        int reader = onlyReader(neuron);
        return reader >= 0 && neuron != layers.size() - 1 && isPool(reader) ? reader : -1;
    }

    private boolean isPool(int index) {
        return layers.get(index).operation() instanceof Pool2d pool
                && (pool.kind() == Pool2d.Kind.MAX || pool.kind() == Pool2d.Kind.MIN)
                && layers.get(index).inputs().getFirst().delay() == 0;
    }

    /** Whether what a neuron does depends on the present step alone, in the same way for a whole channel. */
    boolean isStateless(Operation.Neuron neuron, Layer layer) {
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
                if (reads && !(inbound.delay() == 0 && (isGathered(i) || poolsMap[i] || addsMaps[i]))) {
                    return true;
                }
            }
        }
        return false;
    }
}
