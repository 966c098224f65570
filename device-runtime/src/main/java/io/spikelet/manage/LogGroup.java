package io.spikelet.manage;

import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Group 4 in the shape that {@code newtmgr log} knows, over a {@link LogRing}. Nobody can write into the log. */
public final class LogGroup implements SmpGroup {
    public static final int ID = 4;
    public static final int SHOW = 0;
    public static final int CLEAR = 1;
    public static final int MODULES = 3;
    public static final int LEVELS = 4;
    public static final int LOGS = 5;

    /** The one log. */
    public static final String NAME = "agent";

    /** Newt's number of a log in memory. */
    private static final int IN_MEMORY = 1;

    /** Texts of one answer in sum, so that it fits what every client takes. */
    private static final int MAX_TEXT_BYTES = 1600;

    private static final int MAX_ENTRIES = 24;

    private final LogRing ring;

    public LogGroup(LogRing ring) {
        this.ring = ring;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException {
        return switch (request.command()) {
            case SHOW -> show(request);
            case CLEAR -> clear(request);
            case MODULES -> modules(request);
            case LEVELS -> levels(request);
            case LOGS -> logs(request);
            default -> throw SmpException.notSupported(request);
        };
    }

    private Map<String, Object> show(SmpRequest request) throws SmpException {
        request.requireRead();
        String name = request.optionalText("log_name").orElse("");
        if (!name.isEmpty() && !name.equals(NAME)) {
            throw SmpException.general(SmpError.NO_ENTRY, "there is no such log; there is " + NAME);
        }
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("name", NAME);
        log.put("type", IN_MEMORY);
        log.put("entries", entries(asked(request)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("next_index", ring.nextIndex());
        answer.put("logs", List.of(log));
        return answer;
    }

    /** A time of −1 asks for the last record; any other for those from it on. */
    private List<LogRing.Entry> asked(SmpRequest request) throws SmpException {
        long index = request.optionalInteger("index", Long.MAX_VALUE).orElse(0);
        long since = request.fields().get("ts") instanceof Long time ? time : 0;
        if (since == -1) {
            return ring.since(ring.nextIndex() - 1);
        }
        return ring.since(index).stream()
                .filter(entry -> entry.epochMicros() >= since)
                .toList();
    }

    /** As many as fit, the oldest first; the client asks for the others by index. */
    private static List<Object> entries(List<LogRing.Entry> asked) {
        List<Object> entries = new ArrayList<>();
        int bytes = 0;
        for (LogRing.Entry entry : asked) {
            byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
            bytes += text.length;
            if (bytes > MAX_TEXT_BYTES || entries.size() == MAX_ENTRIES) {
                break;
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("msg", text);
            fields.put("ts", entry.epochMicros());
            fields.put("level", entry.level().ordinal());
            fields.put("index", entry.index());
            fields.put("module", entry.module().number());
            fields.put("type", "str");
            entries.add(fields);
        }
        return entries;
    }

    private Map<String, Object> clear(SmpRequest request) throws SmpException {
        request.requireWrite();
        ring.clear();
        return Map.of();
    }

    private static Map<String, Object> modules(SmpRequest request) throws SmpException {
        request.requireRead();
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (LogModule module : LogModule.values()) {
            numbers.put(module.name(), module.number());
        }
        return Map.of("module_map", numbers);
    }

    private static Map<String, Object> levels(SmpRequest request) throws SmpException {
        request.requireRead();
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (LogRing.Level level : LogRing.Level.values()) {
            numbers.put(level.name(), level.ordinal());
        }
        return Map.of("level_map", numbers);
    }

    private static Map<String, Object> logs(SmpRequest request) throws SmpException {
        request.requireRead();
        return Map.of("log_list", List.of(NAME));
    }
}
