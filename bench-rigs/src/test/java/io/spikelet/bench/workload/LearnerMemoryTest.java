package io.spikelet.bench.workload;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Kernels;
import io.spikelet.learn.Learner;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerMemoryTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 6, 16, 17, 32, 256})
    void shouldTakeLessThanThreeTimesTheWeightsHoweverManySteps(int timeSteps) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        PreparedWorkload learning = PreparedWorkload.prepare(Workload.W5, 0.15, timeSteps);
        long weights = 784 * 512 + 512 * 512 + 512 * 10;
        Learner.load(Classifier.load(learning.network()), 1);
        Classifier classifier = Classifier.load(learning.network(), Kernels.SWAR);
        long before = threads.getCurrentThreadAllocatedBytes();
        Learner.load(classifier, 1);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes > weights && bytes < 3 * weights, bytes + " bytes at T = " + timeSteps + " for " + weights + " weights");
    }
}
