package io.spikelet.model;

/**
 * What the edges of one network carry: the declared maximum, or, one range a channel, the proved accumulators of a
 * linear layer and of a pool over one. Proves each linear layer once.
 */
final class EdgeRanges {
    private final SpikingNetwork network;
    private final Range[] accumulators;

    EdgeRanges(SpikingNetwork network) {
        this.network = network;
        accumulators = new Range[network.layers().size()];
    }

    SpikingNetwork network() {
        return network;
    }

    /** The accumulators of a dense or convolution layer. */
    Range accumulators(int index) {
        if (accumulators[index] == null) {
            accumulators[index] = LinearBounds.accumulators(network, index);
        }
        return accumulators[index];
    }

    /** What a reader of the layer meets. */
    Range from(int source) {
        Layer layer = network.layers().get(source);
        if (LinearBounds.isLinear(layer.operation())) {
            return accumulators(source);
        }
        if (layer.operation() instanceof Pool2d pool && isLinear(firstSource(layer))) {
            return PoolBounds.output(pool, accumulators(firstSource(layer)));
        }
        return Range.of(layer.output());
    }

    /** What a reader meets on one of its own edges. */
    Range from(Layer reader, int edge) {
        return from(reader.inputs().get(edge).source());
    }

    /** Whether a layer gives accumulators, its own or those that pools passed on. */
    boolean givesCurrents(int source) {
        int layer = source;
        // A chain of pools that reads itself through a recurrent edge has no end; as many hops as layers are enough.
        for (int hops = 0; hops < network.layers().size(); hops++) {
            Layer here = network.layers().get(layer);
            if (!(here.operation() instanceof Pool2d) || here.inputs().isEmpty()) {
                return LinearBounds.isLinear(here.operation());
            }
            layer = firstSource(here);
        }
        return false;
    }

    private boolean isLinear(int index) {
        return LinearBounds.isLinear(network.layers().get(index).operation());
    }

    private static int firstSource(Layer layer) {
        return layer.inputs().getFirst().source();
    }
}
