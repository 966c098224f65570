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
                new Readout(Readout.Kind.FIRST_SPIKE, 5, 3, new Readout.Exit(2, 4, 6)),
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
                                        2, 3, new byte[] {1, -2, 3, 127, -126, 0}, new float[] {0.5f, -0.0f})),
                        layer("vote", EdgeDomain.unsigned(3), new VotePool(17)),
                        layer("join", EdgeDomain.SPIKE, new Join(Join.Kind.AND_NOT)),
                        layer("stream", EdgeDomain.signed(9), new CurrentAdd(18, List.of(table(19), table(20)))),
                        layer("delay", EdgeDomain.SPIKE, new Delay(new int[] {0, 1024, 21})),
                        layer("gate", EdgeDomain.unsigned(32768), gate()),
                        layer("first", EdgeDomain.time(22), first()),
                        layer("burst", EdgeDomain.unsigned(23), burst()),
                        // Ones, which every kind of weight has.
                        layer(
                                "ones",
                                EdgeDomain.signed(24),
                                new Operation.Dense(1, 3, WeightKind.INT4, new byte[] {1, 1, 1}, new float[] {0.25f})),
                        layer(
                                "calibrated",
                                EdgeDomain.signed(-35, 39),
                                burst().withCalibration(new SpikeCalibration(37, SpikeCalibration.Rule.PUBLISHED)))),
                new Discretisation("snntorch", 1e-3),
                Optional.of(new LearningRule(List.of(4, 2), 0.25f, 1.5f, 0, method())),
                42,
                new Provenance("aa".repeat(32), "bb".repeat(32), "tool 1.2", 0.75, 0.5),
                List.of(
                        new SelfTest(new byte[] {1, -2, 3}, new byte[] {-128, 5}, new int[] {-6, 7}, 40),
                        new SelfTest(new byte[] {9}, new byte[] {10}, new int[] {11}, 41)));
    }

    private static Layer layer(String name, EdgeDomain domain, Operation operation) {
        return new Layer(name, List.of(Inbound.from(1), Inbound.from(2)), new Shape(2, 3, 4), domain, operation);
    }

    private static LearningMethod method() {
        return new LearningMethod(
                LearningMethod.Kind.E_PROP,
                LearningMethod.Parts.BOTH,
                LearningMethod.Feedback.RANDOM,
                LearningMethod.Optimiser.MOMENTUM,
                0.875f,
                0.75f,
                2.5f,
                List.of(0.5f, 3f),
                0.125f,
                0.25f,
                0,
                0);
    }

    private static Operation.Drive table(int from) {
        return new Operation.Drive(2, new int[] {from, -from}, new int[] {from + 1, from + 2}, false);
    }

    private static AttentionGate gate() {
        return new AttentionGate(
                new byte[] {1, -2, 3},
                -4,
                5,
                19,
                2,
                new byte[] {6, 7, 8, 9, 10, -11},
                new byte[] {12, 13, 14, 15, 16, -17},
                -18,
                62);
    }

    private static FirstSpike first() {
        return new FirstSpike(25, new int[] {26, 27, -28}, List.of(table(29)), 30);
    }

    private static Operation.Neuron burst() {
        return neuron().withThreshold(3, new int[] {31, 32, 33})
                .withOutput(Operation.Neuron.Output.BURST, 34)
                .withGate();
    }

    private static Operation.Conv2d conv() {
        byte[] weights = new byte[4 * 3 * 5 * 7];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (i % 253 - 126);
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
                        1L << 40)
                .withFloor(new int[] {-1000, 0, -2, -3});
    }

    /** The least a network may say. */
    static SpikingNetwork least() {
        return least(Encoder.DIRECT);
    }

    /** The least a network may say, for every encoder. */
    static List<SpikingNetwork> leastOfEachEncoder() {
        int[] table = {3, 1, 4, 15, 9};
        return List.of(
                least(Encoder.DIRECT),
                least(Encoder.FRAMES),
                least(new Encoder.Bernoulli(255, -1)),
                least(new Encoder.SignedPoisson(128, 300, Long.MIN_VALUE)),
                least(new Encoder.Latency(table)),
                least(new Encoder.SpikeTimes(24, table)),
                least(new Encoder.EventFrames(Encoder.Window.COUNT, 5000)));
    }

    private static SpikingNetwork least(Encoder encoder) {
        return new SpikingNetwork(
                "",
                1,
                encoder,
                new Readout(1, 1),
                List.of(new Layer("", List.of(), Shape.vector(1), EdgeDomain.SPIKE, new Operation.Input())),
                new Discretisation("", 0),
                Optional.empty(),
                0,
                new Provenance("", "", "", Double.NaN, -0.0));
    }
}
