package io.spikelet.smp;

import io.spikelet.hal.Clock;
import io.spikelet.hal.ToldClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Group 0 as Zephyr documents it: echo, task and memory statistics, date, reset, parameters, information, boot loader.
 */
public final class OsGroup implements SmpGroup {

    public static final int ID = 0;
    public static final int ECHO = 0;
    public static final int TASK_STATISTICS = 2;
    public static final int MEMORY_STATISTICS = 3;
    public static final int DATE_TIME = 4;
    public static final int RESET = 5;
    public static final int PARAMETERS = 6;
    public static final int INFORMATION = 7;
    public static final int BOOT_LOADER = 8;

    static final int ERROR_INVALID_FORMAT = 2;
    static final int ERROR_NO_ANSWER = 3;
    static final int ERROR_CLOCK_NOT_SET = 4;
    static final int ERROR_CLOCK_KEPT = 5;

    /** The letters of the information command in the order of its answer, whatever the order asked. */
    private static final String LETTERS = "snrvmpio";

    private static final int MAX_TASKS = 32;
    private static final int MAX_TASK_NAME = 32;

    private static final DateTimeFormatter DATE_FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    /** The date with any number of digits behind the second, and a zone or none, which is UTC. */
    private static final DateTimeFormatter DATE_TOLD = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    /** The heap is told in blocks of this many bytes, since clients want a block's size. */
    private static final int HEAP_BLOCK_BYTES = 1024;

    private final OsFacts facts;
    private final Clock clock;
    private final Runnable reset;
    private final int bufferBytes;
    private long leastFreeBlocks = Long.MAX_VALUE;

    public OsGroup(OsFacts facts, Clock clock, Runnable reset) {
        this(facts, clock, reset, SmpServer.BUFFER_BYTES);
    }

    /**
     * @param reset notes that a reset is wanted; it is called while the answer is made, so the restart itself must
     *     wait until the answer has been sent
     * @param bufferBytes the largest request the server takes
     */
    public OsGroup(OsFacts facts, Clock clock, Runnable reset, int bufferBytes) {
        this.facts = facts;
        this.clock = clock;
        this.reset = reset;
        this.bufferBytes = bufferBytes;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException {
        return switch (request.command()) {
            case ECHO -> Map.of("r", request.text("d"));
            case TASK_STATISTICS -> taskStatistics(request);
            case MEMORY_STATISTICS -> memoryStatistics(request);
            case DATE_TIME -> request.isWrite() ? setDateTime(request) : dateTime();
            case RESET -> reset(request);
            case PARAMETERS -> parameters(request);
            case INFORMATION -> information(request);
            case BOOT_LOADER -> bootLoader(request);
            default -> throw SmpException.notSupported(request);
        };
    }

    /** Each thread as a task. What Java does not tell (stack, switches, run time) is 0, since clients want the keys. */
    private static Map<String, Object> taskStatistics(SmpRequest request) throws SmpException {
        request.requireRead();
        List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
        threads.sort(Comparator.comparingLong(Thread::threadId));
        Map<String, Object> tasks = new LinkedHashMap<>();
        for (Thread thread : threads.subList(0, Math.min(MAX_TASKS, threads.size()))) {
            tasks.put(taskName(thread, tasks), task(thread));
        }
        return Map.of("tasks", tasks);
    }

    private static String taskName(Thread thread, Map<String, Object> taken) {
        String name = thread.getName();
        String cut = name.substring(0, Math.min(MAX_TASK_NAME, name.length()));
        return taken.containsKey(cut) ? cut + "-" + thread.threadId() : cut;
    }

    private static Map<String, Object> task(Thread thread) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("prio", thread.getPriority());
        task.put("tid", thread.threadId());
        task.put("state", thread.getState().ordinal());
        for (String untold : List.of("stkuse", "stksiz", "cswcnt", "runtime", "last_checkin", "next_checkin")) {
            task.put(untold, 0);
        }
        return task;
    }

    /** Java's heap as the one pool; the least free is the least that this command has seen. */
    private Map<String, Object> memoryStatistics(SmpRequest request) throws SmpException {
        request.requireRead();
        Runtime runtime = Runtime.getRuntime();
        long blocks = runtime.maxMemory() / HEAP_BLOCK_BYTES;
        long free = blocks - (runtime.totalMemory() - runtime.freeMemory()) / HEAP_BLOCK_BYTES;
        leastFreeBlocks = Math.min(leastFreeBlocks, free);
        Map<String, Object> heap = new LinkedHashMap<>();
        heap.put("blksiz", HEAP_BLOCK_BYTES);
        heap.put("nblks", blocks);
        heap.put("nfree", free);
        heap.put("min", leastFreeBlocks);
        return Map.of("mpools", Map.of("heap", heap));
    }

    private Map<String, Object> setDateTime(SmpRequest request) throws SmpException {
        long told;
        try {
            told = OffsetDateTime.parse(request.text("datetime"), DATE_TOLD)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            throw SmpException.ofGroup(
                    ERROR_INVALID_FORMAT, SmpError.INVALID, "a date is such as 2026-01-31T13:59:59.123 or with +01:00");
        }
        if (!clock.tell(told)) {
            throw SmpException.ofGroup(
                    ERROR_CLOCK_KEPT, SmpError.ACCESS_DENIED, "the operating system keeps this board's clock");
        }
        return Map.of();
    }

    private Map<String, Object> dateTime() throws SmpException {
        long now = clock.epochMillis();
        if (now < ToldClock.SYSTEM_IS_SET_AFTER) {
            throw SmpException.ofGroup(ERROR_CLOCK_NOT_SET, SmpError.BAD_STATE, "the clock is not set");
        }
        return Map.of("datetime", DATE_FORMAT.format(Instant.ofEpochMilli(now)));
    }

    private Map<String, Object> reset(SmpRequest request) throws SmpException {
        request.requireWrite();
        reset.run();
        return Map.of();
    }

    private Map<String, Object> parameters(SmpRequest request) throws SmpException {
        request.requireRead();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("buf_size", bufferBytes);
        parameters.put("buf_count", SmpServer.BUFFER_COUNT);
        return parameters;
    }

    private Map<String, Object> information(SmpRequest request) throws SmpException {
        request.requireRead();
        String format = request.optionalText("format").orElse("s");
        String wanted = format.indexOf('a') >= 0 ? LETTERS : format;
        for (char letter : wanted.toCharArray()) {
            if (LETTERS.indexOf(letter) < 0) {
                throw SmpException.ofGroup(ERROR_INVALID_FORMAT, SmpError.INVALID, "no information " + letter);
            }
        }
        List<String> found = new ArrayList<>();
        for (char letter : LETTERS.toCharArray()) {
            if (wanted.indexOf(letter) >= 0) {
                found.add(facts.of(letter));
            }
        }
        return Map.of("output", String.join(" ", found));
    }

    private static Map<String, Object> bootLoader(SmpRequest request) throws SmpException {
        request.requireRead();
        if (request.optionalText("query").filter(query -> !query.isEmpty()).isPresent()) {
            throw SmpException.ofGroup(ERROR_NO_ANSWER, SmpError.NO_ENTRY, "the boot loader answers no query");
        }
        return Map.of("bootloader", "MCUboot");
    }
}
