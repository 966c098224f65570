package io.spikelet.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What time is taken by. */
public enum Clock {
    /** Time as it passes; right on a quiet machine. */
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /** The processor's time of the measuring thread, which does all the work: other programs hardly show in it. */
    THREAD {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        @Override
        long nanos() {
            return threads.getCurrentThreadCpuTime();
        }
    };

    abstract long nanos();
}
