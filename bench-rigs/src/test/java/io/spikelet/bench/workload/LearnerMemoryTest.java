package io.spikelet.bench.workload;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Kernels;
import io.spikelet.learn.Learner;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.SpikingNetwork;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerMemoryTest {
    private static final long WEIGHTS = 784 * 512 + 512 * 512 + 512 * 10;

    private static long bytesOf(SpikingNetwork network) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Learner.load(Classifier.load(network), 1);
        Classifier classifier = Classifier.load(network, Kernels.SWAR);
        long before = threads.getCurrentThreadAllocatedBytes();
        Learner.load(classifier, 1);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** A rest and a gradient a weight, and under e-prop an eligibility, as docs/adaptation.md says. */
    @ParameterizedTest
    @CsvSource({"OTTT_ONLINE, 5", "PROXY, 5", "E_PROP, 9"})
    void shouldTakeABytesRestAndFourForAGradientWhereTheWiringOrTheRuleIsNotPlain(LearningMethod.Kind kind, int times)
            throws Exception {
        SpikingNetwork plain = PreparedWorkload.prepare(Workload.W5, 0.15, 6).network();
        LearningRule rule = plain.learning().orElseThrow();
        long bytes = bytesOf(plain.withLearning(Optional.of(rule.withMethod(LearningMethod.OTTT.withKind(kind, 0)))));
        assertTrue(bytes > (times - 0.1) * WEIGHTS && bytes < (times + 0.4) * WEIGHTS, bytes / (double) WEIGHTS + "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 16, 17, 32, 256})
    void shouldTakeLessThanThreeTimesTheWeightsHoweverManySteps(int timeSteps) throws Exception {
        PreparedWorkload learning = PreparedWorkload.prepare(Workload.W5, 0.15, timeSteps);
        long bytes = bytesOf(learning.network());
        assertTrue(
                bytes > WEIGHTS && bytes < 3 * WEIGHTS,
                bytes + " bytes at T = " + timeSteps + " for " + WEIGHTS + " weights");
    }
}
