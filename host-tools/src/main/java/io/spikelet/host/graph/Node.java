package io.spikelet.host.graph;

/**
 * The nodes of a graph, with NIR's names and equations (docs/equations.md). Shapes are channels first and have no
 * batch dimension. Neuron parameters are scalars or carry the neuron's shape.
 */
public sealed interface Node {

    /** Whether the node integrates and fires: its outputs are spikes, 0 or 1, and it keeps state between steps. */
    default boolean isNeuron() {
        return this instanceof If || this instanceof Lif || this instanceof CubaLif;
    }

    /** Whether every output is a spike, 0 or 1: neurons, and thresholds, which keep nothing between steps. */
    default boolean fires() {
        return isNeuron() || this instanceof Threshold;
    }

    record Input(int[] shape) implements Node {}

    record Output(int[] shape) implements Node {}

    /** {@code weight · x + bias}; weight is (out, in), bias (out) or null. */
    record Affine(Tensor weight, Tensor bias) implements Node {}

    /**
     * A torch convolution; weight is (out, in/groups, kh, kw), bias (out) or null; inputShape is {height, width} or
     * null when the file leaves it open; padding is {y, x}, already resolved from {@code same} and {@code valid}.
     */
    record Conv2d(Tensor weight, Tensor bias, int[] stride, int[] padding, int[] dilation, int groups, int[] inputShape)
            implements Node {}

    /** The sum of each window of each channel; zeros outside. */
    record SumPool2d(int[] kernelSize, int[] stride, int[] padding) implements Pool2d {}

    /** The mean of each window of each channel; zeros outside, which count. */
    record AvgPool2d(int[] kernelSize, int[] stride, int[] padding) implements Pool2d {
        @Override
        public float factor() {
            return 1f / (kernelSize[0] * kernelSize[1]);
        }
    }

    /** A window that slides over each channel; all three are {y, x}. */
    sealed interface Pool2d extends Node {
        int[] kernelSize();

        int[] stride();

        int[] padding();

        /** What the sum of a window is multiplied by. */
        default float factor() {
            return 1;
        }
    }

    /** Joins dimensions startDim..endDim (no batch dimension; endDim may be −1). */
    record Flatten(int startDim, int endDim) implements Node {}

    /** {@code 1 where x > threshold, else 0}; a value for all, one a channel as (channels, 1, 1), or one a neuron. */
    record Threshold(Tensor threshold) implements Node {}

    /** {@code v' = r·I; fires at v > threshold; v ← reset}. */
    record If(Tensor r, Tensor threshold, Tensor reset) implements Node {}

    /** {@code tau·v' = (leak − v) + r·I; fires at v > threshold; v ← reset}. */
    record Lif(Tensor tau, Tensor r, Tensor leak, Tensor threshold, Tensor reset) implements Node {}

    /** {@code tauSyn·I' = −I + wIn·S; tauMem·v' = (leak − v) + r·I; fires at v > threshold; v ← reset}. */
    record CubaLif(Tensor tauSyn, Tensor tauMem, Tensor r, Tensor leak, Tensor wIn, Tensor threshold, Tensor reset)
            implements Node {}
}
