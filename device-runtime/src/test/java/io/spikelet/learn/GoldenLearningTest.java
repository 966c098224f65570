package io.spikelet.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.GoldenCase;
import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Updates of one sample beside those of PyTorch's autograd, by bench-rigs/golden/learning.py. */
class GoldenLearningTest {
    private static final float RATE = 1 / 64f;
    private static final Readout COUNTS = new Readout(3, 2);
    private static final Readout POTENTIALS = new Readout(Readout.Kind.POTENTIAL, 3, 1, Readout.Exit.NEVER);

    private static int[] both(int value) {
        return new int[] {value, value};
    }

    private static SpikingNetwork network(GoldenCase golden) {
        String wiring = golden.name().split(" ")[0];
        int steps = golden.ints("steps")[0];
        LearningSketch sketch = switch (wiring) {
            case "convolutional" ->
                new LearningSketch(steps, new Shape(2, 8, 8))
                        .conv("conv1", golden.ints("conv1"), 6, 3, 3, both(1), both(1), 1)
                        .lif()
                        .pool(Pool2d.max(2))
                        .conv("conv2", golden.ints("conv2"), 8, 3, 3, both(2), both(1), 2)
                        .lif()
                        .pool(Pool2d.sum(2, 2, 2, 2, 0, 0))
                        .dense("readout", 6, golden.ints("readout"))
                        .lif();
            case "depthwise" ->
                new LearningSketch(steps, new Shape(4, 1, 20))
                        .conv("conv1", golden.ints("conv1"), 4, 1, 5, new int[] {1, 2}, new int[] {0, 2}, 4)
                        .lif()
                        .dense("readout", 6, golden.ints("readout"))
                        .lif();
            case "residual" ->
                new LearningSketch(steps, Shape.vector(10))
                        .dense("first", 12, golden.ints("first"))
                        .lif()
                        .dense("second", 12, golden.ints("second"))
                        .lif()
                        .addResidual()
                        .dense("readout", 3, golden.ints("readout"))
                        .potentials(0);
            case "recurrent", "e-prop" ->
                new LearningSketch(steps, Shape.vector(8))
                        .dense("hidden", 12, golden.ints("hidden"))
                        .recurrentLif("recurrent", golden.ints("recurrent"))
                        .dense("readout", 3, golden.ints("readout"))
                        .potentials(Q15.ONE / 2);
            default -> throw new IllegalArgumentException(golden.name());
        };
        LearningMethod method = wiring.equals("e-prop")
                ? LearningMethod.OTTT.withKind(LearningMethod.Kind.E_PROP, 0.5f)
                : LearningMethod.OTTT;
        boolean counts = wiring.equals("convolutional") || wiring.equals("depthwise");
        return sketch.build(counts ? COUNTS : POTENTIALS, new LearningRule(sketch.learning(), RATE, 1, 0, method));
    }

    private static List<String> weighted(GoldenCase golden) {
        return golden.entries().keySet().stream()
                .filter(key -> golden.has(key + ".update"))
                .toList();
    }

    @Test
    void shouldMoveWeightsOfEveryWiringAsAutogradSays() throws Exception {
        int layers = 0;
        for (GoldenCase golden : GoldenCase.read("learning")) {
            SpikingNetwork network = network(golden);
            Learner learner = Learner.load(Classifier.load(network), 3);
            learner.learn(bytes(golden.ints("frames")), 0, golden.ints("label")[0], Inference.forNetwork(network));
            List<String> names = weighted(golden);
            for (int k = 0; k < names.size(); k++) {
                boolean readsInput = k == 0;
                agree(
                        golden.name() + ", " + names.get(k),
                        golden.ints(names.get(k) + ".update"),
                        learner.changes(k),
                        readsInput);
                layers++;
            }
        }
        assertEquals(6 * (3 + 2 + 3 + 3 + 3), layers);
    }

    /** Direction by the cosine, size by the ratio of lengths. */
    private static void agree(String what, int[] gradient, int[] change, boolean readsInput) {
        double product = 0;
        double ours = 0;
        double theirs = 0;
        for (int w = 0; w < gradient.length; w++) {
            // A weight LSB is a 64th, a change counts 2^-8 of them.
            double moved = -change[w] / 256.0 / 64 / RATE;
            double expected = gradient[w] / (double) (1 << 20);
            product += moved * expected;
            ours += moved * moved;
            theirs += expected * expected;
        }
        if (theirs < 1e-6) {
            return;
        }
        double cosine = product / Math.sqrt(ours * theirs);
        assertTrue(cosine > 0.99, what + ": cosine=" + cosine + " of " + Math.sqrt(ours) + " and " + Math.sqrt(theirs));
        assertEquals(1, Math.sqrt(ours / theirs), 0.06, what + ", " + readsInput);
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
