package io.spikelet.model;

/**
 * The accumulators of dense and convolution layers: from the actual weights, or those a learner may reach, and the
 * declared maximum of the edge. Every partial sum lies in the range too, in whatever order it is taken.
 */
final class LinearBounds {
    private LinearBounds() {}

    static boolean isLinear(Operation operation) {
        return operation instanceof Operation.Dense || operation instanceof Operation.Conv2d;
    }

    /** @return one range a channel */
    static Range accumulators(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        EdgeDomain source =
                network.layers().get(layer.inputs().getFirst().source()).output();
        if (layer.operation() instanceof Operation.Dense dense) {
            return network.learnsWeights(index)
                    ? learned(dense.outputs(), dense.kind(), dense.inputs(), source)
                    : rows(dense.outputs(), dense.kind(), dense.weights(), source);
        }
        if (layer.operation() instanceof Operation.Conv2d conv) {
            return network.learnsWeights(index)
                    ? learned(conv.outChannels(), conv.kind(), conv.weights().length / conv.outChannels(), source)
                    : rows(conv.outChannels(), conv.kind(), conv.weights(), source);
        }
        throw new IllegalArgumentException("layer " + layer.name() + " has no accumulator");
    }

    private static Range learned(int rows, WeightKind kind, int row, EdgeDomain source) {
        long largest = kind == WeightKind.BINARY ? 1 : Bounds.WEIGHT_MAXIMUM;
        long worst = SaturatingLong.product(largest * row, source.maximum());
        long[] highest = new long[rows];
        long[] lowest = new long[rows];
        java.util.Arrays.fill(highest, worst);
        java.util.Arrays.fill(lowest, -worst);
        return new Range(lowest, highest);
    }

    /** An unsigned input can only add the positive weights up or the negative ones; a signed one takes both ways. */
    private static Range rows(int rows, WeightKind kind, byte[] weights, EdgeDomain source) {
        // A time's kernel is at most 1, so that a weight adds no more than itself (docs/equations.md, W3).
        long maximum = source.kind() == EdgeDomain.Kind.TIME ? 1 : source.maximum();
        long below = -(long) source.minimum();
        boolean codesAreValues = kind != WeightKind.LOG2;
        int row = weights.length / rows;
        long[] lowest = new long[rows];
        long[] highest = new long[rows];
        for (int o = 0; o < rows; o++) {
            long positive = 0;
            long sum = 0;
            for (int i = o * row; i < (o + 1) * row; i++) {
                int value = codesAreValues ? weights[i] : kind.value(weights[i]);
                positive += value & ~(value >> 31);
                sum += value;
            }
            long negative = positive - sum;
            highest[o] = SaturatingLong.sum(
                    SaturatingLong.product(positive, maximum), SaturatingLong.product(negative, below));
            lowest[o] = -SaturatingLong.sum(
                    SaturatingLong.product(negative, maximum), SaturatingLong.product(positive, below));
        }
        return new Range(lowest, highest);
    }
}
