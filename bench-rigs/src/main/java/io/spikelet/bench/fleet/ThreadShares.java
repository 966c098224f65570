package io.spikelet.bench.fleet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How much of a processor each part took, from the processor time of its threads. */
final class ThreadShares {
    private static final double NANOS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Optional<UnboundedMosquitto> mosquitto;
    private final long started = System.nanoTime();
    private final Map<String, Long> before;
    private final long wholeBefore;
    private final long brokerBefore;

    private ThreadShares(Optional<UnboundedMosquitto> mosquitto) {
        this.mosquitto = mosquitto;
        before = times();
        wholeBefore = whole();
        brokerBefore = mosquitto.map(UnboundedMosquitto::processorMillis).orElse(0L);
    }

    static ThreadShares begin(Optional<UnboundedMosquitto> mosquitto) {
        return new ThreadShares(mosquitto);
    }

    Map<String, Double> end() {
        double seconds = (System.nanoTime() - started) / NANOS;
        Map<String, Double> shares = new LinkedHashMap<>();
        times().forEach((part, nanos) -> shares.put(part, (nanos - before.getOrDefault(part, 0L)) / NANOS / seconds));
        shares.put("this whole process", (whole() - wholeBefore) / NANOS / seconds);
        mosquitto.ifPresent(
                process -> shares.put("mosquitto", (process.processorMillis() - brokerBefore) / 1e3 / seconds));
        return shares;
    }

    private static Map<String, Long> times() {
        Map<String, Long> times = new LinkedHashMap<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null) {
                part(thread.getThreadName())
                        .ifPresent(
                                part -> times.merge(part, THREADS.getThreadCpuTime(thread.getThreadId()), Long::sum));
            }
        }
        return times;
    }

    private static Optional<String> part(String thread) {
        return switch (thread) {
            case "bench-boards" -> Optional.of("simulated boards");
            case "bench-browser" -> Optional.of("simulated browser");
            case "fleet-collector" -> Optional.of("collector, sessions");
            case "fleet-store" -> Optional.of("collector, store");
            case "fleet-pulse" -> Optional.of("page");
            default -> thread.startsWith("MQTT ") ? Optional.of("collector, MQTT client") : Optional.empty();
        };
    }

    private static long whole() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos())
                .orElse(0L);
    }
}
