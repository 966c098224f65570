package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Operation;
import java.util.Optional;

/** The layers with weights, quantised. */
final class LinearParts {
    private LinearParts() {}

    /**
     * A layer and the real size of a weight of 1, a row.
     *
     * @param scale (rows)
     */
    record Weighted(Operation operation, float[] scale) {}

    /**
     * @param moments what the rows meet, or empty to round each weight to its nearest
     */
    static Weighted dense(Node.Affine affine, WeightRule rule, Optional<InputMoments> moments) {
        int[] extents = affine.weight().shape();
        QuantisedWeights weights =
                QuantisedWeights.of(affine.weight().values(), extents[0], rule, rounding(moments, extents[0], 1));
        return new Weighted(
                new Operation.Dense(extents[0], extents[1], weights.kind(), weights.values(), weights.scale()),
                weights.scale());
    }

    private static Rounding rounding(Optional<InputMoments> moments, int rows, int stretch) {
        return moments.isPresent() ? new AdaptiveRounding(moments.get(), rows) : new KernelRounding(stretch);
    }

    /**
     * @param moments what the rows meet, or empty to round each weight and each kernel's sum to the nearest
     */
    static Weighted convolution(Node.Conv2d conv, WeightRule rule, Optional<InputMoments> moments) {
        int[] extents = conv.weight().shape();
        QuantisedWeights weights = QuantisedWeights.of(
                conv.weight().values(), extents[0], rule, rounding(moments, extents[0], extents[2] * extents[3]));
        Operation operation = conv.layer(weights.kind(), weights.values(), weights.scale());
        return new Weighted(operation, weights.scale());
    }
}
