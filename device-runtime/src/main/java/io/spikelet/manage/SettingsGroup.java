package io.spikelet.manage;

import io.spikelet.model.MalformedDataException;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Group 3 as Zephyr documents it, over {@link BoardSettings}; values travel as UTF-8 text in bytes. */
public final class SettingsGroup implements SmpGroup {
    public static final int ID = 3;
    public static final int READ_WRITE = 0;
    public static final int DELETE = 1;
    public static final int COMMIT = 2;
    public static final int LOAD_SAVE = 3;

    static final int ERROR_UNKNOWN = 1;
    static final int ERROR_KEY_TOO_LONG = 2;
    static final int ERROR_KEY_NOT_FOUND = 3;
    static final int ERROR_SUBJECT_NOT_FOUND = 5;

    private final BoardSettings settings;

    public SettingsGroup(BoardSettings settings) {
        this.settings = settings;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException, IOException {
        return switch (request.command()) {
            case READ_WRITE -> request.isWrite() ? write(request) : read(request);
            case DELETE -> delete(request);
            case COMMIT -> commit(request);
            case LOAD_SAVE -> loadOrSave(request);
            default -> throw SmpException.notSupported(request);
        };
    }

    private Map<String, Object> read(SmpRequest request) throws SmpException {
        byte[] value = settings.asked(name(request)).getBytes(StandardCharsets.UTF_8);
        long wanted = request.optionalInteger("max_size", Integer.MAX_VALUE).orElse(SettingKey.MAX_VALUE);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("val", value.length > wanted ? Arrays.copyOf(value, (int) wanted) : value);
        if (wanted > SettingKey.MAX_VALUE) {
            answer.put("max_size", SettingKey.MAX_VALUE);
        }
        return answer;
    }

    /** One client sends a text and asks in the same request to save. */
    private Map<String, Object> write(SmpRequest request) throws SmpException, IOException {
        String name = name(request);
        String value = request.fields().get("val") instanceof String text
                ? text
                : new String(request.bytes("val"), StandardCharsets.UTF_8);
        try {
            settings.set(name, value);
        } catch (IllegalArgumentException e) {
            throw SmpException.general(SmpError.INVALID, "the setting " + name + " " + e.getMessage());
        }
        if (request.flag("save", false)) {
            settings.save();
        }
        return Map.of();
    }

    private Map<String, Object> delete(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        try {
            settings.delete(name(request));
        } catch (MalformedDataException e) {
            throw SmpException.ofGroup(ERROR_UNKNOWN, SmpError.CORRUPT, "the stored settings are damaged; save anew");
        }
        return Map.of();
    }

    private Map<String, Object> commit(SmpRequest request) throws SmpException {
        request.requireWrite();
        settings.commit();
        return Map.of();
    }

    private Map<String, Object> loadOrSave(SmpRequest request) throws IOException {
        if (request.isWrite()) {
            settings.save();
        } else {
            settings.load();
        }
        return Map.of();
    }

    private String name(SmpRequest request) throws SmpException {
        String name = request.text("name");
        if (name.length() > SettingKey.MAX_NAME) {
            throw SmpException.ofGroup(
                    ERROR_KEY_TOO_LONG, SmpError.INVALID, "a key has at most " + SettingKey.MAX_NAME + " characters");
        }
        if (settings.key(name).isEmpty()) {
            int slash = name.indexOf('/');
            boolean knowsSubject = settings.knowsSubject(slash < 0 ? name : name.substring(0, slash));
            throw SmpException.ofGroup(
                    knowsSubject ? ERROR_KEY_NOT_FOUND : ERROR_SUBJECT_NOT_FOUND, SmpError.NO_ENTRY, "no such setting");
        }
        return name;
    }
}
