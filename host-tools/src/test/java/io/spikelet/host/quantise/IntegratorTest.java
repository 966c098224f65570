package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nodes that integrate and never fire, where classes are read from their membranes. */
class IntegratorTest {
    private static final int STEPS = 20;
    private static final double DT = 0.125;
    private static final InferenceSettings SETTINGS = new InferenceSettings(
            Profile.SNNTORCH, DT, STEPS, Encoder.FRAMES, new Readout(Readout.Kind.POTENTIAL, 2, 1, Readout.Exit.NEVER));

    private static final Node I = new Node.I(Tensor.of(new float[] {2, 0.5f}, 2));
    private static final Node LI =
            new Node.Li(Tensor.of(new float[] {1, 0.5f}, 2), Tensor.scalar(3), Tensor.of(new float[] {0.25f, 0}, 2));
    private static final Node CUBA_LI = new Node.CubaLi(
            Tensor.scalar(0.25f),
            Tensor.of(new float[] {1, 0.5f}, 2),
            Tensor.scalar(2),
            Tensor.scalar(-0.5f),
            Tensor.of(new float[] {4, 8}, 2));

    private static Graph graph(Random random, Node last) {
        return ChainBuilder.from(3)
                .then("fc1", ChainBuilder.affine(4, weights(random, 12)))
                .then("fire", new Node.If(Tensor.scalar(8), Tensor.scalar(1), Tensor.scalar(0)))
                .then("fc2", ChainBuilder.affine(2, weights(random, 8)))
                .then("last", last)
                .to(2);
    }

    /** Values by hand: dt = 1/8, input 1 in the first step, then nothing. */
    @Test
    void shouldIntegrateByTheEquations() {
        assertArrayEquals(new float[] {0.25f, 0.0625f, 0.25f, 0.0625f}, twoSteps(I), 1e-7f);
        // v ← 7/8 v + 3/8 x + 1/32 and v ← 3/4 v + 3/4 x.
        assertArrayEquals(new float[] {0.40625f, 0.75f, 0.40625f * 0.875f + 0.03125f, 0.5625f}, twoSteps(LI), 1e-7f);
        // I ← I/2 + w/2 x: 2, then 1, and 4, then 2; v ← 7/8 v + I/4 − 1/16 and v ← 3/4 v + I/2 − 1/8.
        assertArrayEquals(
                new float[] {0.4375f, 1.875f, 0.4375f * 0.875f + 0.25f - 0.0625f, 1.875f * 0.75f + 1 - 0.125f},
                twoSteps(CUBA_LI),
                1e-6f);
    }

    private static float[] twoSteps(Node node) {
        FloatSimulator simulator =
                FloatSimulator.of(ChainBuilder.from(2).then("v", node).to(2), Profile.SNNTORCH, DT);
        simulator.step(new float[] {1, 1});
        float[] first = simulator.output().clone();
        simulator.step(new float[2]);
        return new float[] {first[0], first[1], simulator.output()[0], simulator.output()[1]};
    }

    @Test
    void shouldReadTheSamePotentialsInIntegersAsInFloat() throws Exception {
        Random random = new Random(7);
        for (Node last : new Node[] {I, LI, CUBA_LI}) {
            Graph graph = graph(random, last);
            SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("potentials", SETTINGS, 1));
            Operation.Neuron neuron =
                    (Operation.Neuron) network.layers().getLast().operation();
            double unit = neuron.membraneUnit()[0];
            FloatSimulator floating = FloatSimulator.of(graph, Profile.SNNTORCH, DT);
            Classifier integer = Classifier.load(network);
            Inference inference = Inference.forNetwork(network);
            for (int trial = 0; trial < 20; trial++) {
                byte[] sample = new byte[3 * STEPS];
                for (int i = 0; i < sample.length; i++) {
                    sample[i] = (byte) random.nextInt(2);
                }
                integer.infer(sample, 0, inference);
                floating.reset();
                double[] scores = new double[2];
                for (int t = 0; t < STEPS; t++) {
                    floating.step(new float[] {sample[3 * t], sample[3 * t + 1], sample[3 * t + 2]});
                    scores[0] += floating.output()[0];
                    scores[1] += floating.output()[1];
                }
                for (int c = 0; c < 2; c++) {
                    assertEquals(
                            scores[c], inference.scores()[c] * unit, 0.002 * Math.abs(scores[c]) + 0.01, "" + last);
                }
            }
        }
    }

    /** Sums of 200 steps of 128 neurons leave no room for fine gains, and need none. */
    @Test
    void shouldTakeCoarserGainsWherePotentialsAddUpFar() throws Exception {
        InferenceSettings longer = new InferenceSettings(
                Profile.SNNTORCH,
                DT,
                200,
                Encoder.FRAMES,
                new Readout(Readout.Kind.POTENTIAL, 2, 1, Readout.Exit.NEVER));
        Graph graph = ChainBuilder.from(3)
                .then("fc1", ChainBuilder.affine(128, weights(new Random(9), 3 * 128)))
                .then("fire", ChainBuilder.lif())
                .then("fc2", ChainBuilder.affine(2, weights(new Random(10), 2 * 128)))
                .then("last", I)
                .to(2);
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("long", longer, 1));
        Operation.Neuron neuron = (Operation.Neuron) network.layers().getLast().operation();
        assertTrue(neuron.membraneMaximum() * 200 < 1L << 30, () -> "maximum " + neuron.membraneMaximum());
    }

    @Test
    void shouldLetOnlyTheOutputReadMembranes() {
        Graph graph = ChainBuilder.from(2)
                .then("fc", ChainBuilder.affine(2, 1, 0, 0, 1))
                .then("li", LI)
                .then("again", ChainBuilder.affine(2, 1, 0, 0, 1))
                .then("lif", ChainBuilder.lif())
                .to(2);
        QuantiseException refused = assertThrows(
                QuantiseException.class, () -> Quantiser.convert(graph, QuantiseOptions.of("inside", SETTINGS, 1)));
        assertTrue(
                refused.getMessage().startsWith("node 'again' reads the membranes of 'li'; a board passes spikes"),
                refused.getMessage());
    }

    /** Rows whose int8 scale is 1/64, so that weights are not rounded. */
    private static float[] weights(Random random, int count) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (i % 4 == 0 ? 127 : random.nextInt(-60, 128)) / 64f;
        }
        return weights;
    }
}
