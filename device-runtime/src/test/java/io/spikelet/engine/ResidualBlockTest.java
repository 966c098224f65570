package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Join;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A SEW block (arXiv 2102.04159) whose branch never fires. */
class ResidualBlockTest {
    private static final Shape SHAPE = new Shape(2, 4, 4);

    @Test
    void shouldPassSpikesThroughUnchangedWhenTheBranchIsSilent() throws Exception {
        assertArrayEquals(new int[] {0, 0}, changedSteps(Join.Kind.ADD));
        assertArrayEquals(new int[] {0, 0}, changedSteps(Join.Kind.AND_NOT));
    }

    @Test
    void shouldPassNothingThroughAnAndWhenTheBranchIsSilent() throws Exception {
        assertFalse(Arrays.equals(new int[] {0, 0}, changedSteps(Join.Kind.AND)));
    }

    /** Steps at which the block's output differs from its input, for each of two samples. */
    private static int[] changedSteps(Join.Kind kind) throws Exception {
        NetworkSketch sketch = new NetworkSketch(20, new Encoder.Bernoulli(255, 3), SHAPE, EdgeDomain.SPIKE);
        byte[] none = new byte[2 * 2 * 9];
        Operation.Conv2d silent = new Operation.Conv2d(2, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, none, new float[2]);
        sketch.add("branch", silent, SHAPE, 0);
        Operation.Neuron integrateAndFire = neuron(SHAPE, 1);
        sketch.add("spikes", integrateAndFire, SHAPE, 1);
        sketch.add("block", new Join(kind), SHAPE, 2, 0);
        sketch.add("output", neuron(SHAPE, 3), SHAPE, 3);
        Engine engine = Engine.load(sketch.network(new Readout(SHAPE.size(), 1)));
        Random random = new Random(1);
        byte[] sample = new byte[SHAPE.size()];
        int[] changed = new int[2];
        for (int i = 0; i < 2; i++) {
            random.nextBytes(sample);
            engine.reset();
            for (int t = 0; t < 20; t++) {
                engine.step(sample, 0);
                changed[i] += Arrays.equals(engine.values(0), engine.values(3)) ? 0 : 1;
            }
        }
        return changed;
    }

    /** IF with a hard reset. */
    private static Operation.Neuron neuron(Shape shape, int threshold) {
        int[] zero = {0};
        return new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[0],
                new int[] {1 << 15},
                zero,
                zero,
                zero,
                new int[] {threshold},
                List.of(new Operation.Drive(new int[] {1}, zero, true)),
                new float[] {1},
                0);
    }
}
