package io.spikelet.bench.meters;

import com.sun.management.ThreadMXBean;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads one stream for a while in this thread, and counts. */
final class StreamRun {
    /** Until then the code may still be compiled, and its parts loaded. */
    private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int BLOCK = 8192;
    private static final int WAIT_MILLIS = 1000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SampleBlock block = new SampleBlock(BLOCK);
    private long decoded;
    private long lost;
    private long broken;
    private long edges;

    StreamResult run(Meter meter, long seconds) throws IOException {
        meter.start();
        long start = System.nanoTime();
        long startCpu = threads.getCurrentThreadCpuTime();
        readUntil(meter, start + Math.min(WARM_NANOS, TimeUnit.SECONDS.toNanos(seconds) / 2));
        long warmSamples = decoded;
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        long allocated = threads.getCurrentThreadAllocatedBytes();
        readUntil(meter, start + TimeUnit.SECONDS.toNanos(seconds));
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        long end = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime() - startCpu;
        meter.stop();
        double taken = (end - start) / 1e9;
        return new StreamResult(
                taken,
                decoded,
                lost,
                broken,
                edges,
                cpu / 1e9 / taken,
                peakHeap(),
                (double) allocated / (decoded - warmSamples));
    }

    private void readUntil(Meter meter, long deadline) throws IOException {
        while (System.nanoTime() - deadline < 0) {
            int count = meter.read(block, WAIT_MILLIS);
            if (count + block.edgeCount() == 0) {
                throw new IOException("no sample came for a second; the simulated instrument is stuck");
            }
            decoded += count;
            lost += block.lost();
            broken += block.broken();
            edges += block.edgeCount();
            // As the rig does, which has more to do than to read; what comes meanwhile waits in the terminal.
            LockSupport.parkNanos(PAUSE_NANOS); // a sleep would allocate
        }
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / 1024;
    }
}
