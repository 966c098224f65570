package io.spikelet.engine;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SelfTest;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records what the reference kernels answer to samples, and holds a classifier against what was recorded. */
public final class SelfTests {
    private SelfTests() {}

    /**
     * Answers samples on the reference kernels.
     *
     * @param samples each of {@link SpikingNetwork#sampleBytes}, at most {@link SelfTest#MAX_COUNT}
     * @return the network with these self-tests in place of those it had
     * @throws MalformedDataException when the network cannot run
     */
    public static SpikingNetwork record(SpikingNetwork network, List<byte[]> samples) throws MalformedDataException {
        Classifier classifier = Classifier.load(network, Kernels.REFERENCE);
        Inference answer = Inference.forNetwork(network);
        List<SelfTest> recorded = new ArrayList<>();
        for (byte[] sample : samples) {
            classifier.infer(sample, 0, answer);
            recorded.add(new SelfTest(
                    sample.clone(),
                    answer.outputSpikes().clone(),
                    answer.scores().clone(),
                    answer.spikes()));
        }
        return network.withSelfTests(recorded);
    }

    /**
     * Runs the self-tests of a classifier's network on its kernels, whose weights must still be the network's.
     *
     * @throws SelfTestFailedException naming the first self-test whose answer is not the recorded one, and what differs
     */
    public static void verify(Classifier classifier) throws SelfTestFailedException {
        List<SelfTest> tests = classifier.network().selfTests();
        Inference answer = Inference.forNetwork(classifier.network());
        for (int i = 0; i < tests.size(); i++) {
            SelfTest test = tests.get(i);
            try {
                classifier.infer(test.sample(), 0, answer);
            } catch (IllegalArgumentException e) {
                throw new SelfTestFailedException("self-test " + i + " cannot be run: " + e.getMessage(), e);
            }
            require(i, "output spikes", Arrays.equals(answer.outputSpikes(), test.spikes()));
            require(i, "scores", Arrays.equals(answer.scores(), test.scores()));
            require(i, "number of spikes", answer.spikes() == test.totalSpikes());
        }
    }

    private static void require(int index, String what, boolean same) throws SelfTestFailedException {
        if (!same) {
            throw new SelfTestFailedException(
                    "self-test " + index + " gives other " + what + " than the image recorded", null);
        }
    }
}
