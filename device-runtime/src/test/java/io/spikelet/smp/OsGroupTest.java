package io.spikelet.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.ToldClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OsGroupTest {
    private static final OsFacts FACTS =
            new OsFacts("Linux", "bench-1", "6.12", "0.1.0", "aarch64", "cortex-a76", "Raspberry Pi 5", "Java 25");

    private final AtomicInteger resets = new AtomicInteger();
    private long now = 1_764_000_000_123L;
    private final OsGroup os = new OsGroup(
            FACTS,
            new ToldClock(new Clock() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public long epochMillis() {
                    return now;
                }
            }),
            resets::incrementAndGet);

    @Test
    void shouldEchoForReadAndWrite() throws SmpException {
        assertEquals(Map.of("r", "hi"), read(OsGroup.ECHO, Map.of("d", "hi")));
        assertEquals(Map.of("r", "hi"), write(OsGroup.ECHO, Map.of("d", "hi")));
    }

    @Test
    void shouldTellItsBuffers() throws SmpException {
        assertEquals(Map.of("buf_size", 4096, "buf_count", 8), read(OsGroup.PARAMETERS, Map.of()));
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
    void shouldTellTheHeapAsTheOneMemoryPool() throws SmpException {
        Map<?, ?> pools = (Map<?, ?>) read(OsGroup.MEMORY_STATISTICS, Map.of()).get("mpools");
        Map<?, ?> heap = (Map<?, ?>) pools.get("heap");
        assertEquals(Set.of("heap"), pools.keySet());
        assertEquals(Set.of("blksiz", "nblks", "nfree", "min"), heap.keySet());
        long free = (long) heap.get("nfree");
        assertTrue(free > 0 && free < (long) heap.get("nblks"), heap::toString);
        assertTrue((long) heap.get("min") <= free, heap::toString);
    }

    @Test
    void shouldTakeTheDateFromAHostOnlyWhileTheSystemHasNone() throws SmpException {
        assertGroupError(OsGroup.ERROR_CLOCK_KEPT, () -> write(OsGroup.DATE_TIME, date("2026-01-31T13:59:59")));
        now = 5_000;
        assertEquals(Map.of(), write(OsGroup.DATE_TIME, date("2026-01-31T13:59:59.5")));
        assertEquals(Map.of("datetime", "2026-01-31T13:59:59.500000"), read(OsGroup.DATE_TIME, Map.of()));
        now = 6_000;
        assertEquals(Map.of("datetime", "2026-01-31T14:00:00.500000"), read(OsGroup.DATE_TIME, Map.of()));
        assertEquals(Map.of(), write(OsGroup.DATE_TIME, date("2026-01-31T13:59:59.123456+01:00")));
        assertEquals(Map.of("datetime", "2026-01-31T12:59:59.123000"), read(OsGroup.DATE_TIME, Map.of()));
        for (String wrong : List.of("", "yesterday", "2026-13-01T00:00:00", "2026-01-31")) {
            assertGroupError(OsGroup.ERROR_INVALID_FORMAT, () -> write(OsGroup.DATE_TIME, date(wrong)));
        }
        assertGroupError(OsGroup.ERROR_CLOCK_KEPT, () -> write(OsGroup.DATE_TIME, date("1999-01-01T00:00:00")));
        now = 1_764_000_000_123L;
        assertEquals(Map.of("datetime", "2025-11-24T16:00:00.123000"), read(OsGroup.DATE_TIME, Map.of()));
    }

    private static Map<String, Object> date(String text) {
        return Map.of("datetime", text);
    }

    @Test
    void shouldNotKnowOtherCommands() {
        SmpException refusal = assertThrows(SmpException.class, () -> read(1, Map.of()));
        assertEquals(SmpError.NOT_SUPPORTED, refusal.rc());
    }

    private Map<String, Object> read(int command, Map<String, Object> fields) throws SmpException {
        return os.handle(new SmpRequest(1, SmpHeader.READ, OsGroup.ID, command, fields));
    }

    private Map<String, Object> write(int command, Map<String, Object> fields) throws SmpException {
        return os.handle(new SmpRequest(1, SmpHeader.WRITE, OsGroup.ID, command, fields));
    }

    private void assertGroupError(int rc, int command, Map<String, Object> fields) {
        assertGroupError(rc, () -> read(command, fields));
    }

    private static void assertGroupError(int rc, Executable asking) {
        SmpException refusal = assertThrows(SmpException.class, asking);
        assertEquals(rc, refusal.rc());
        assertEquals(true, refusal.isOfGroup());
    }
}
