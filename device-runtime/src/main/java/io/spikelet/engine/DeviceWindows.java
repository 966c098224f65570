package io.spikelet.engine;

import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.Arrays;
import java.util.Optional;

/**
 * A weighted layer as one matrix: what a device of kind CURRENT holds of it, and where the windows of its outputs lie in its
 * source.
 */
final class DeviceWindows {
    private DeviceWindows() {}

    /** Whether a layer is one matrix over windows of one source; else why not. */
    static Optional<String> refusal(SpikingNetwork network, Layer layer) {
        Operation operation = layer.operation();
        EdgeDomain inputs = source(network, layer).output();
        if (inputs.minimum() < 0) {
            return Optional.of("its inputs go down to " + inputs.minimum() + ", and a row takes 0 or more");
        }
        if (inputs.kind() == EdgeDomain.Kind.TIME) {
            return Optional.of("its inputs are spike times, and a device takes values");
        }
        if (operation instanceof Operation.Conv2d conv) {
            return conv.groups() != 1
                    ? Optional.of("its convolution has " + conv.groups() + " groups, each with a matrix of its own")
                    : kindRefusal(conv.kind());
        }
        return operation instanceof Operation.Dense dense
                ? kindRefusal(dense.kind())
                : Optional.of("it has no weights");
    }

    private static Optional<String> kindRefusal(WeightKind kind) {
        return kind == WeightKind.LOG2
                ? Optional.of("its weights are logarithms, whose products are no sums of codes")
                : Optional.empty();
    }

    static boolean hasWeights(Layer layer) {
        return layer.operation() instanceof Operation.Dense || layer.operation() instanceof Operation.Conv2d;
    }

    /** (inputs of a window, outputs) codes. */
    static SynapseLayer synapses(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        Layer source = source(network, layer);
        int most = source.output().maximum();
        if (layer.operation() instanceof Operation.Conv2d conv) {
            int inputs = conv.inChannels() * conv.kernelHeight() * conv.kernelWidth();
            return new SynapseLayer(
                    layer.name(),
                    inputs,
                    conv.outChannels(),
                    DenseKernel.transpose(conv.weights(), inputs, conv.outChannels()),
                    most,
                    Optional.empty());
        }
        Operation.Dense dense = (Operation.Dense) layer.operation();
        return new SynapseLayer(
                layer.name(),
                dense.inputs(),
                dense.outputs(),
                DenseKernel.transpose(dense.weights(), dense.inputs(), dense.outputs()),
                most,
                Optional.empty());
    }

    /** (positions, window) where an input of a window lies in the source, or −1 beyond the border. */
    static int[] of(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        Shape source = source(network, layer).shape();
        if (layer.operation() instanceof Operation.Conv2d conv) {
            return of(conv, source, layer.shape());
        }
        int[] all = new int[source.size()];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static Layer source(SpikingNetwork network, Layer layer) {
        return network.layers().get(layer.inputs().getFirst().source());
    }

    private static int[] of(Operation.Conv2d conv, Shape source, Shape to) {
        int taps = conv.kernelHeight() * conv.kernelWidth();
        int[] from = new int[to.area() * conv.inChannels() * taps];
        int at = 0;
        for (int position = 0; position < to.area(); position++) {
            int top = position / to.width() * conv.strideY() - conv.paddingY();
            int left = position % to.width() * conv.strideX() - conv.paddingX();
            for (int channel = 0; channel < conv.inChannels(); channel++) {
                for (int tap = 0; tap < taps; tap++) {
                    int y = top + tap / conv.kernelWidth() * conv.dilationY();
                    int x = left + tap % conv.kernelWidth() * conv.dilationX();
                    boolean inside = y >= 0 && y < source.height() && x >= 0 && x < source.width();
                    from[at++] = inside ? channel * source.area() + y * source.width() + x : -1;
                }
            }
        }
        return from;
    }
}
