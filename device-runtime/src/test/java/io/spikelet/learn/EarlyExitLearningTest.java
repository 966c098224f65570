package io.spikelet.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.RandomNetworks;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EarlyExitLearningTest {

    private static SpikingNetwork network(int timeSteps, Readout.Kind kind, Readout.Exit exit) {
        SpikingNetwork random = RandomNetworks.convolutional(3);
        Readout readout = random.readout();
        return new SpikingNetwork(
                random.name(),
                timeSteps,
                random.encoder(),
                new Readout(kind, readout.classes(), readout.population(), exit),
                random.layers(),
                random.discretisation(),
                random.learning(),
                0,
                random.provenance());
    }

    @Test
    void shouldLearnFromTheStepsThatWereRunAsIfThereWereNoOthers() throws Exception {
        int steps = RandomNetworks.convolutional(3).timeSteps();
        SpikingNetwork early = network(steps, Readout.Kind.COUNT, new Readout.Exit(steps - 2, 0, 1));
        SpikingNetwork shorter = network(steps - 2, Readout.Kind.COUNT, Readout.Exit.NEVER);
        byte[] sample = new byte[early.sampleBytes()];
        Random random = new Random(2);
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (byte) random.nextInt(17);
        }
        assertArrayEquals(learned(shorter, sample, steps - 2), learned(early, sample, steps - 2));
    }

    private static byte[] learned(SpikingNetwork network, byte[] sample, int steps) throws Exception {
        Learner learner = Learner.load(Classifier.load(network), 7);
        Inference answer = Inference.forNetwork(network);
        for (int label = 0; label < 3; label++) {
            learner.learn(sample, 0, label, answer);
            assertEquals(steps, answer.steps());
        }
        return learner.state();
    }

    @Test
    void shouldRefuseAReadoutThatWaitsForAFirstSpike() throws Exception {
        SpikingNetwork first = network(2, Readout.Kind.FIRST_SPIKE, Readout.Exit.NEVER);
        Classifier classifier = Classifier.load(first);
        NotLearnableException refused = assertThrows(NotLearnableException.class, () -> Learner.load(classifier, 1));
        assertEquals("the readout waits for a first spike, which gives no error at each step", refused.getMessage());
    }
}
