package io.spikelet.adapt;

import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One learning layer from 24 inputs to some classes, a population each. */
final class SmallNetworks {
    static final int INPUTS = 24;

    private static final int POPULATION = 4;
    private static final int TIME_STEPS = 4;
    private static final int THRESHOLD = 1 << 14;

    private SmallNetworks() {}

    static SpikingNetwork classifying(int classes, int inputMaximum) {
        int outputs = classes * POPULATION;
        int gain = Math.max(1, 128 / inputMaximum);
        Random random = new Random(5);
        byte[] weights = new byte[outputs * INPUTS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 20), -127, 127);
        }
        float[] scale = new float[outputs];
        java.util.Arrays.fill(scale, (float) gain / THRESHOLD);
        Layer input = new Layer(
                "in", List.of(), Shape.vector(INPUTS), EdgeDomain.unsigned(inputMaximum), new Operation.Input());
        Layer dense = new Layer(
                "dense",
                List.of(Inbound.from(0)),
                Shape.vector(outputs),
                EdgeDomain.signed(Bounds.WEIGHT_MAXIMUM * INPUTS * inputMaximum),
                new Operation.Dense(outputs, INPUTS, weights, scale));
        Layer neurons = new Layer(
                "lif",
                List.of(Inbound.from(1)),
                Shape.vector(outputs),
                EdgeDomain.SPIKE,
                new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        new int[0],
                        new int[] {1 << 14},
                        new int[] {0},
                        new int[] {0},
                        new int[] {0},
                        new int[] {THRESHOLD},
                        List.of(new Operation.Drive(new int[] {gain}, new int[] {THRESHOLD / 8}, true)),
                        new float[] {1f / THRESHOLD},
                        Integer.MAX_VALUE));
        return new SpikingNetwork(
                "small",
                TIME_STEPS,
                Encoder.DIRECT,
                new Readout(classes, POPULATION),
                List.of(input, dense, neurons),
                new Discretisation("snntorch", 1e-4),
                Optional.of(new LearningRule(List.of(1), 0x1p-8f, 1f)),
                0,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }
}
