package io.spikelet.bench.peers;

import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * The conventional network of the same shapes and weights as a spiking one: ReLU for each neuron layer, maximum for each
 * pool, none behind the last weighted layer.
 *
 * @param input channels first
 * @param stages front to back
 */
record AnnTwin(Shape input, List<Stage> stages) {
    AnnTwin {
        stages = List.copyOf(stages);
    }

    /** One layer that computes. */
    sealed interface Stage {
        Shape from();

        Shape to();
    }

    /**
     * A weighted layer.
     *
     * @param kernel extent of a square kernel; 0 for a dense layer
     * @param weights (out, in, kernel, kernel) or (out, in) int8
     * @param rectified whether ReLU follows
     */
    record Weighted(Shape from, Shape to, int kernel, int stride, int padding, byte[] weights, boolean rectified)
            implements Stage {
        boolean isDense() {
            return kernel == 0;
        }

        /** Weights of one output value. */
        int fanIn() {
            return weights.length / to.channels();
        }
    }

    /**
     * The maximum over windows that do not overlap.
     *
     * @param window its extent; that of the whole layer for a global one
     */
    record MaxPool(Shape from, Shape to, int window) implements Stage {
        boolean isGlobal() {
            return to.area() == 1;
        }
    }

    /**
     * @param network a chain of square convolutions without groups and dilation, dense layers, neurons and pools
     * @throws IllegalArgumentException when it is something else
     */
    static AnnTwin of(SpikingNetwork network) {
        List<Stage> stages = new ArrayList<>();
        List<Layer> layers = network.layers();
        int lastWeighted = layers.size() - 2;
        for (int i = 1; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            Shape from = layers.get(layer.inputs().getFirst().source()).shape();
            switch (layer.operation()) {
                case Operation.Dense dense ->
                    stages.add(new Weighted(from, layer.shape(), 0, 1, 0, dense.weights(), i != lastWeighted));
                case Operation.Conv2d conv -> {
                    require(
                            conv.kernelHeight() == conv.kernelWidth()
                                    && conv.groups() == 1
                                    && conv.dilationX() == 1
                                    && conv.dilationY() == 1
                                    && conv.strideX() == conv.strideY()
                                    && conv.paddingX() == conv.paddingY(),
                            layer);
                    stages.add(new Weighted(
                            from,
                            layer.shape(),
                            conv.kernelHeight(),
                            conv.strideX(),
                            conv.paddingX(),
                            conv.weights(),
                            i != lastWeighted));
                }
                case Operation.Neuron _ ->
                    require(i == layer.inputs().getFirst().source() + 1, layer);
                case Pool2d pool -> {
                    require(pool.kernelHeight() == pool.strideY() && pool.kernelWidth() == pool.strideX(), layer);
                    stages.add(new MaxPool(from, layer.shape(), pool.kernelHeight()));
                }
                default -> require(false, layer);
            }
        }
        return new AnnTwin(network.input().shape(), stages);
    }

    private static void require(boolean holds, Layer layer) {
        if (!holds) {
            throw new IllegalArgumentException("layer '" + layer.name() + "' has no plain conventional twin");
        }
    }

    Shape output() {
        return stages.getLast().to();
    }

    List<Weighted> weighted() {
        return stages.stream()
                .filter(Weighted.class::isInstance)
                .map(Weighted.class::cast)
                .toList();
    }

    long weights() {
        return weighted().stream().mapToLong(stage -> stage.weights().length).sum();
    }
}
