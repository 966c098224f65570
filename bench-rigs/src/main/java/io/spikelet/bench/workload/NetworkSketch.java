package io.spikelet.bench.workload;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Grows a chain of layers. Every neuron layer is LIF with hard reset; its threshold is 1 until a calibration sets it.
 */
final class NetworkSketch {
    /** What a membrane keeps of itself from step to step: 0.9 in Q1.15. */
    static final int LEAK = Math.round(0.9f * Q15.ONE);

    private static final int PIXEL_MAXIMUM = 255;

    private final String name;
    private final Encoder encoder;
    private final WeightDraw weights;
    private final List<Layer> layers = new ArrayList<>();

    private NetworkSketch(String name, Encoder encoder, Shape shape, EdgeDomain input, WeightDraw weights) {
        this.name = name;
        this.encoder = encoder;
        this.weights = weights;
        layers.add(new Layer("input", List.of(), shape, input, new Operation.Input()));
    }

    /** A network that is given one frame of spikes a time step. */
    static NetworkSketch ofSpikes(String name, Shape shape, WeightDraw weights) {
        return new NetworkSketch(name, Encoder.FRAMES, shape, EdgeDomain.SPIKE, weights);
    }

    /** A network that is given one frame of 8-bit pixels for all time steps. */
    static NetworkSketch ofPixels(String name, Shape shape, WeightDraw weights) {
        return new NetworkSketch(name, Encoder.DIRECT, shape, EdgeDomain.unsigned(PIXEL_MAXIMUM), weights);
    }

    NetworkSketch dense(int outputs) {
        int inputs = last().shape().size();
        return linear(
                "fc",
                Shape.vector(outputs),
                new Operation.Dense(outputs, inputs, draw(outputs * inputs), unit(outputs)));
    }

    /** A convolution of 3 by 3 with padding 1. */
    NetworkSketch conv(int filters, int stride) {
        Shape from = last().shape();
        Shape to = new Shape(
                filters,
                NetworkCheck.extent(from.height(), 3, stride, 1, 1),
                NetworkCheck.extent(from.width(), 3, stride, 1, 1));
        byte[] drawn = draw(filters * from.channels() * 9);
        return linear(
                "conv",
                to,
                new Operation.Conv2d(
                        filters, from.channels(), 3, 3, stride, stride, 1, 1, 1, 1, 1, drawn, unit(filters)));
    }

    private NetworkSketch linear(String kind, Shape shape, Operation operation) {
        add(kind, shape, EdgeDomain.signed(1), operation);
        add(
                "lif",
                shape,
                EdgeDomain.SPIKE,
                new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        new int[0],
                        new int[] {LEAK},
                        new int[] {0},
                        new int[] {0},
                        new int[] {0},
                        new int[] {1},
                        List.of(new Operation.Drive(new int[] {1}, new int[] {0}, true)),
                        new float[] {1},
                        0));
        return this;
    }

    /** Windows that do not overlap; a window fires when any of its neurons does. */
    NetworkSketch orPool(int window) {
        Shape from = last().shape();
        Shape to = new Shape(from.channels(), from.height() / window, from.width() / window);
        add("pool", to, EdgeDomain.SPIKE, Pool2d.max(window));
        return this;
    }

    private void add(String kind, Shape shape, EdgeDomain output, Operation operation) {
        int index = layers.size();
        layers.add(new Layer(kind + index, List.of(Inbound.from(index - 1)), shape, output, operation));
    }

    private Layer last() {
        return layers.getLast();
    }

    private byte[] draw(int count) {
        byte[] drawn = new byte[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = weights.draw();
        }
        return drawn;
    }

    private static float[] unit(int count) {
        float[] scale = new float[count];
        Arrays.fill(scale, 1f / 128);
        return scale;
    }

    SpikingNetwork build(int timeSteps) {
        return build(timeSteps, Optional.empty());
    }

    SpikingNetwork build(int timeSteps, Optional<LearningRule> learning) {
        return ProvedBounds.declare(new SpikingNetwork(
                name,
                timeSteps,
                encoder,
                new Readout(last().shape().size(), 1),
                layers,
                new Discretisation("norse", 1e-3),
                learning,
                0,
                new Provenance("", "", "spikelet bench", Double.NaN, Double.NaN)));
    }
}
