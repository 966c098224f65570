package io.spikelet.device;

import io.spikelet.hal.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** How the process and its store do. Used on the duty cycle's thread. */
final class Health {
    /** What {@link #selfTest} says while nothing was tested. */
    static final String NOT_TESTED = "not tested";

    private static final Path MEMORY = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KIBIBYTE = 1024;

    private final Clock clock;
    private final long beganNanos;
    private final LongSupplier failures;
    private LongSupplier freeBytes = () -> -1;
    private BooleanSupplier awaitsReset = () -> false;
    private String selfTest = NOT_TESTED;

    /** @param failures work of the duty cycle that failed since the process began */
    Health(Clock clock, LongSupplier failures) {
        this.clock = clock;
        this.failures = failures;
        beganNanos = clock.nanoTime();
    }

    /** Says where to ask how many bytes the store's disk has left; a negative number is unknown. */
    void measureStore(LongSupplier left) {
        freeBytes = left;
    }

    /** Says where to ask whether settings wait for a reset. */
    void watchSettings(BooleanSupplier waits) {
        awaitsReset = waits;
    }

    /** Takes the result of a self-test, in words for a person. */
    void selfTest(String result) {
        selfTest = result;
    }

    /** The fields of docs/wire.md; what cannot be measured is left out. */
    Map<String, Object> fields(String lastStart) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("uptime", TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - beganNanos));
        Runtime runtime = Runtime.getRuntime();
        fields.put("heap", runtime.totalMemory() - runtime.freeMemory());
        fields.put("heapmax", runtime.maxMemory());
        residentBytes().ifPresent(bytes -> fields.put("resident", bytes));
        long left = freeBytes.getAsLong();
        if (left >= 0) {
            fields.put("free", left);
        }
        fields.put("start", lastStart);
        fields.put("selftest", selfTest);
        fields.put("failures", failures.getAsLong());
        fields.put("waits", awaitsReset.getAsBoolean());
        return fields;
    }

    /** What the kernel says that this process holds in memory; only Linux tells. */
    private static OptionalLong residentBytes() {
        try {
            for (String line : Files.readAllLines(MEMORY, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(RESIDENT)) {
                    String kibibytes =
                            line.substring(RESIDENT.length()).replace("kB", "").strip();
                    return OptionalLong.of(Long.parseLong(kibibytes) * KIBIBYTE);
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }
}
