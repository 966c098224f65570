package io.spikelet.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OsGroupTest {
    private static final OsFacts FACTS =
            new OsFacts("Linux", "bench-1", "6.12", "0.1.0", "aarch64", "cortex-a76", "Raspberry Pi 5", "Java 25");

    private final AtomicInteger resets = new AtomicInteger();
    private long now = 1_764_000_000_123L;
    private final OsGroup os = new OsGroup(
            FACTS,
            new Clock() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public long epochMillis() {
                    return now;
                }
            },
            resets::incrementAndGet);

    @Test
    void shouldEchoForReadAndWrite() throws SmpException {
        assertEquals(Map.of("r", "hi"), read(OsGroup.ECHO, Map.of("d", "hi")));
        assertEquals(Map.of("r", "hi"), write(OsGroup.ECHO, Map.of("d", "hi")));
    }

    @Test
    void shouldTellItsBuffers() throws SmpException {
        assertEquals(Map.of("buf_size", 4096, "buf_count", 4), read(OsGroup.PARAMETERS, Map.of()));
    }

    @Test
    void shouldListFactsInTheirOrderWhateverTheOrderAsked() throws SmpException {
        assertEquals(Map.of("output", "Linux"), read(OsGroup.INFORMATION, Map.of()));
        assertEquals(Map.of("output", "bench-1 0.1.0"), read(OsGroup.INFORMATION, Map.of("format", "vn")));
        assertEquals(
                Map.of("output", "Linux bench-1 6.12 0.1.0 aarch64 cortex-a76 Raspberry Pi 5 Java 25"),
                read(OsGroup.INFORMATION, Map.of("format", "a")));
        assertGroupError(OsGroup.ERROR_INVALID_FORMAT, OsGroup.INFORMATION, Map.of("format", "sz"));
    }

    @Test
    void shouldGiveTheDateOnceTheClockIsSet() throws SmpException {
        assertEquals(Map.of("datetime", "2025-11-24T16:00:00.123000"), read(OsGroup.DATE_TIME, Map.of()));
        now = 5_000;
        assertGroupError(OsGroup.ERROR_CLOCK_NOT_SET, OsGroup.DATE_TIME, Map.of());
    }

    @Test
    void shouldDescribeEachTaskByTheKnownKeysAndNoOther() throws SmpException {
        Map<?, ?> tasks = (Map<?, ?>) read(OsGroup.TASK_STATISTICS, Map.of()).get("tasks");
        assertFalse(tasks.isEmpty());
        for (Object task : tasks.values()) {
            assertEquals(
                    Set.of(
                            "prio",
                            "tid",
                            "state",
                            "stkuse",
                            "stksiz",
                            "cswcnt",
                            "runtime",
                            "last_checkin",
                            "next_checkin"),
                    ((Map<?, ?>) task).keySet());
        }
    }

    @Test
    void shouldNameItsBootLoaderAndAnswerNoQuery() throws SmpException {
        assertEquals(Map.of("bootloader", "MCUboot"), read(OsGroup.BOOT_LOADER, Map.of()));
        assertEquals(Map.of("bootloader", "MCUboot"), read(OsGroup.BOOT_LOADER, Map.of("query", "")));
        assertGroupError(OsGroup.ERROR_NO_ANSWER, OsGroup.BOOT_LOADER, Map.of("query", "mode"));
    }

    @Test
    void shouldResetOnAWriteOnly() throws SmpException {
        assertThrows(SmpException.class, () -> read(OsGroup.RESET, Map.of()));
        assertEquals(0, resets.get());
        assertEquals(Map.of(), write(OsGroup.RESET, Map.of("force", 1L)));
        assertEquals(1, resets.get());
    }

    @Test
    void shouldNotKnowOtherCommands() {
        SmpException refusal = assertThrows(SmpException.class, () -> read(3, Map.of()));
        assertEquals(SmpError.NOT_SUPPORTED, refusal.rc());
    }

    private Map<String, Object> read(int command, Map<String, Object> fields) throws SmpException {
        return os.handle(new SmpRequest(1, SmpHeader.READ, OsGroup.ID, command, fields));
    }

    private Map<String, Object> write(int command, Map<String, Object> fields) throws SmpException {
        return os.handle(new SmpRequest(1, SmpHeader.WRITE, OsGroup.ID, command, fields));
    }

    private void assertGroupError(int rc, int command, Map<String, Object> fields) {
        SmpException refusal = assertThrows(SmpException.class, () -> read(command, fields));
        assertEquals(rc, refusal.rc());
        assertEquals(true, refusal.isOfGroup());
    }
}
