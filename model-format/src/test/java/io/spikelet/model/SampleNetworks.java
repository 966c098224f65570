package io.spikelet.model;

import java.util.List;
import java.util.Optional;

/** Networks in which every number differs from every other of its record, so that a swapped field shows. */
final class SampleNetworks {
    private SampleNetworks() {}

    /** Holds every operation; it need not compute anything sensible. */
    static SpikingNetwork everything() {
        return new SpikingNetwork(
                "alles Gute ✓",
                7,
                Encoder.FRAMES,
                new Readout(5, 3),
                List.of(
                        new Layer("in", List.of(), new Shape(6, 8, 9), EdgeDomain.unsigned(255), new Operation.Input()),
                        new Layer(
                                "conv", List.of(Inbound.from(0)), new Shape(4, 7, 5), EdgeDomain.signed(12345), conv()),
                        new Layer(
                                "neurons",
                                List.of(Inbound.from(1), Inbound.recurrentFrom(2)),
                                new Shape(4, 7, 5),
                                EdgeDomain.SPIKE,
                                neuron()),
                        new Layer(
                                "pool",
                                List.of(Inbound.from(2)),
                                new Shape(4, 2, 3),
                                EdgeDomain.unsigned(6),
                                Pool2d.sum(2, 7, 4, 5, 1, 6)),
                        new Layer(
                                "dense",
                                List.of(Inbound.from(3)),
                                Shape.vector(2),
                                EdgeDomain.signed(777),
                                new Operation.Dense(
                                        2, 3, new byte[] {1, -2, 3, 127, -127, 0}, new float[] {0.5f, -0.0f}))),
                new Discretisation("snntorch", 1e-3),
                Optional.of(new LearningRule(List.of(4, 2), 0.25f, 1.5f)),
                42,
                new Provenance("aa".repeat(32), "bb".repeat(32), "tool 1.2", 0.75, 0.5));
    }

    private static Operation.Conv2d conv() {
        byte[] weights = new byte[4 * 3 * 5 * 7];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (i % 255 - 127);
        }
        return new Operation.Conv2d(4, 6, 5, 7, 8, 9, 10, 11, 12, 13, 2, weights, new float[] {1, 2, 3, 4});
    }

    private static Operation.Neuron neuron() {
        return new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[] {16384},
                new int[] {32768, 1, 2, 3},
                new int[] {-5},
                new int[] {0},
                new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1},
                new int[] {1000},
                List.of(
                        new Operation.Drive(new int[] {11, 12, 13, 14}, new int[] {-15}, true),
                        new Operation.Drive(new int[] {16}, new int[] {17}, false)),
                new float[] {0.125f},
                1L << 40);
    }

    /** The least a network may say. */
    static SpikingNetwork least() {
        return new SpikingNetwork(
                "",
                1,
                Encoder.DIRECT,
                new Readout(1, 1),
                List.of(new Layer("", List.of(), Shape.vector(1), EdgeDomain.SPIKE, new Operation.Input())),
                new Discretisation("", 0),
                Optional.empty(),
                0,
                new Provenance("", "", "", Double.NaN, -0.0));
    }
}
