package io.spikelet.model;

/**
 * Proves what the integers of a network can become in the worst case: from the actual weights, the declared maxima of
 * the edges and the number of time steps. Where a layer learns, its weights are taken as large as the learner may make
 * them. Everything is computed in {@code long} and saturates there, so a hostile image cannot wrap the proof itself.
 *
 * <p>Asks only of layers whose arrays have the lengths that {@link NetworkCheck} demands.
 */
public final class Bounds {
    /** The largest absolute weight, whether quantised or learned. */
    public static final int WEIGHT_MAXIMUM = 127;

    private Bounds() {}

    /**
     * The largest absolute value that a learned bias may take: twice what the learner measures in, or the trained bias where that is
     * larger already. The learner clamps to it, so the proof holds for whatever is learned.
     */
    public static int learnedBiasMaximum(int bias, int one) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(Math.abs((long) bias), 2 * Math.abs((long) one)));
    }

    /**
     * The least and the greatest accumulator of each output channel of a dense or convolution layer; every partial sum
     * lies between them too, so a kernel may accumulate in the narrowest integer that holds both.
     *
     * @return (channels) int32 accumulators are safe where {@link Range#magnitude()} is at most
     *     {@code Integer.MAX_VALUE}
     */
    public static Range accumulatorRange(SpikingNetwork network, int index) {
        return LinearBounds.accumulators(network, index);
    }

    /** The least and the greatest value that each output channel of a layer can take, whatever it computes. */
    public static Range outputRange(SpikingNetwork network, int index) {
        return OutputBounds.of(new EdgeRanges(network), index);
    }

    /**
     * The largest absolute value of each output channel of a layer, whatever it computes.
     *
     * @return (channels) {@code Long.MAX_VALUE} where it outgrows even that
     */
    public static long[] outputMaxima(SpikingNetwork network, int index) {
        Range range = outputRange(network, index);
        long[] maxima = new long[network.layers().get(index).shape().channels()];
        for (int c = 0; c < maxima.length; c++) {
            maxima[c] = range.magnitude(c);
        }
        return maxima;
    }

    /** {@link #outputMaxima} of a layer that sums: a dense, convolution or pooling layer. */
    public static long[] accumulatorMaxima(SpikingNetwork network, int index) {
        return outputMaxima(network, index);
    }

    /**
     * The largest absolute membrane or synaptic current of any neuron of a layer within the network's time steps,
     * starting from 0.
     *
     * @return membrane LSBs; {@code Long.MAX_VALUE} when it leaves 32 bits
     */
    public static long membraneMaximum(SpikingNetwork network, int index) {
        return MembraneBounds.maximum(new EdgeRanges(network), index);
    }

    /** The largest absolute potential of a time-to-first-spike layer. */
    public static long potentialMaximum(SpikingNetwork network, int index) {
        return potentialMaximum(new EdgeRanges(network), index);
    }

    static long potentialMaximum(EdgeRanges ranges, int index) {
        Layer layer = ranges.network().layers().get(index);
        if (!(layer.operation() instanceof FirstSpike neuron)) {
            throw new IllegalArgumentException("layer " + layer.name() + " has no potential");
        }
        return new DriveBounds(ranges, layer, neuron.drives())
                .maximum(ranges.network().timeSteps());
    }
}
