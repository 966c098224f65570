package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyExitTest {

    /** Two classes, each an IF neuron driven by one input byte alone. */
    private static Classifier classifier(Readout.Exit exit) throws Exception {
        Shape two = Shape.vector(2);
        NetworkSketch sketch = new NetworkSketch(20, Encoder.DIRECT, two, EdgeDomain.unsigned(100));
        int[] zero = {0};
        Operation.Neuron neuron = new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[0],
                new int[] {1 << 15},
                zero,
                new int[] {1 << 15},
                new int[] {-100},
                new int[] {100},
                List.of(new Operation.Drive(new int[] {1}, zero, true)),
                new float[] {1},
                0);
        sketch.add("dense", new Operation.Dense(2, 2, new byte[] {1, 0, 0, 1}, new float[2]), two, 0);
        sketch.add("output", neuron, two, 1);
        return Classifier.load(sketch.network(new Readout(Readout.Kind.COUNT, 2, 1, exit)));
    }

    private static Inference infer(Readout.Exit exit, int first, int second) throws Exception {
        Classifier classifier = classifier(exit);
        Inference answer = Inference.forNetwork(classifier.network());
        classifier.infer(new byte[] {(byte) first, (byte) second}, 0, answer);
        return answer;
    }

    @Test
    void shouldRunAllStepsWithoutAnExit() throws Exception {
        Inference answer = infer(Readout.Exit.NEVER, 100, 50);
        assertEquals(20, answer.steps());
        assertArrayEquals(new int[] {20, 10}, answer.scores());
        assertEquals(30, answer.spikes());
    }

    @Test
    void shouldEndAfterTheLastStepThatTheModelNames() throws Exception {
        Inference answer = infer(new Readout.Exit(6, 0, 1), 100, 50);
        assertEquals(6, answer.steps());
        assertArrayEquals(new int[] {6, 3}, answer.scores());
        assertEquals(9, answer.spikes());
        assertEquals(4, answer.synapticOperations());
    }

    @Test
    void shouldEndOnceTheLeaderIsFarEnoughAheadForLongEnough() throws Exception {
        // The lead is t + 1 − ⌊(t + 1) / 2⌋ after step t: 3 at the fifth step, and not below it from then on.
        assertEquals(5, infer(new Readout.Exit(0, 3, 1), 100, 50).steps());
        assertEquals(8, infer(new Readout.Exit(0, 3, 4), 100, 50).steps());
        assertEquals(20, infer(new Readout.Exit(0, 3, 1), 80, 80).steps());
    }

    @Test
    void shouldKeepTheAnswerWhateverIsRunFurther() throws Exception {
        Classifier classifier = classifier(new Readout.Exit(3, 0, 1));
        Inference answer = Inference.forNetwork(classifier.network());
        byte[] sample = {100, 50};
        classifier.begin(sample, 0, answer);
        for (int t = 0; t < 20; t++) {
            boolean ended = classifier.advance(sample, 0, t, answer);
            assertEquals(t >= 2, ended);
        }
        classifier.conclude(answer);
        Inference inferred = Inference.forNetwork(classifier.network());
        classifier.infer(sample, 0, inferred);
        assertArrayEquals(inferred.scores(), answer.scores());
        assertArrayEquals(inferred.outputSpikes(), answer.outputSpikes());
        assertEquals(inferred.spikes(), answer.spikes());
        assertTrue(classifier.engine().spikes() < 30);
    }
}
