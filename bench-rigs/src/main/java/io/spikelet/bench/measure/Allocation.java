package io.spikelet.bench.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What inferring allocates on the heap. */
public final class Allocation {
    private static final int TRIALS = 5;
    private static final int INFERENCES = 4;

    private Allocation() {}

    /**
     * Bytes that one inference allocates in this thread: the least of several trials, since the virtual machine now and
     * then allocates for its own ends in any thread. Meaningful once the code is warm.
     */
    public static double ofOne(Contender contender) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int trial = 0; trial < TRIALS; trial++) {
            contender.prepare();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < INFERENCES; i++) {
                contender.infer();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return (double) least / INFERENCES;
    }
}
