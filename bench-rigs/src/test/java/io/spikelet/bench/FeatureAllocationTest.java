package io.spikelet.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.feature.EmgFeatures;
import io.spikelet.feature.SpeechFeatures;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class FeatureAllocationTest {
    @Test
    void shouldAllocateNothingWhileExtracting() {
        SpeechFeatures speech = new SpeechFeatures(4000);
        EmgFeatures muscle = new EmgFeatures(8, 50);
        short[] samples = new short[4000];
        int[] words = new int[speech.size()];
        int[] windows = new int[muscle.size()];
        Runnable work = () -> {
            speech.extract(samples, samples.length, words);
            muscle.extract(samples, 0, windows);
        };
        for (int k = 0; k < 200; k++) {
            work.run();
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int k = 0; k < 200; k++) {
            work.run();
        }
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 200, "extracting takes memory");
    }
}
