package io.spikelet.manage;

import io.spikelet.hal.Store;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a board in three states: asked for, in force, stored. Only known keys, only values that their rules let
 * through. One thread.
 *
 * <pre>
 * set ──▶ asked for ── commit ──▶ in force          (those that a reset brings into force wait for it)
 *             │  ▲
 *        save │  │ load, a start of the board
 *             ▼  │
 *            stored
 * </pre>
 */
public final class BoardSettings {
    private static final Logger LOG = LoggerFactory.getLogger(BoardSettings.class);

    private final Store store;
    private final Map<String, SettingKey> keys = new LinkedHashMap<>();
    private final Map<String, String> asked = new LinkedHashMap<>();
    private final Map<String, String> inForce = new LinkedHashMap<>();
    private Runnable listener = () -> {};
    private String damage = "";

    private BoardSettings(Store store, List<SettingKey> known) {
        this.store = store;
        for (SettingKey key : known) {
            keys.put(key.name(), key);
        }
    }

    /**
     * Opens the settings and brings what is stored into force. Stored settings that are damaged count as never stored, and
     * a single one that this version does not know or let through is left out; both are logged.
     *
     * @param known the keys, each once
     */
    public static BoardSettings open(Store store, List<SettingKey> known) throws IOException {
        BoardSettings settings = new BoardSettings(store, known);
        settings.readStored();
        settings.inForce.putAll(settings.asked);
        return settings;
    }

    private void readStored() throws IOException {
        asked.clear();
        damage = "";
        try {
            SettingsFile.read(store).forEach(this::takeStored);
        } catch (MalformedDataException e) {
            damage = e.getMessage();
            LOG.warn("{}: {}; the board runs on the settings it has without", SettingsFile.NAME, e.getMessage());
        }
    }

    private void takeStored(String name, String value) {
        SettingKey key = keys.get(name);
        if (key == null) {
            LOG.warn("the stored setting {} is not one that this version knows; it is left out", name);
            return;
        }
        try {
            key.rule().check(value);
            asked.put(name, value);
        } catch (IllegalArgumentException e) {
            LOG.warn("the stored setting {} {}; it is left out", name, e.getMessage());
        }
    }

    /** The known key of this name, or empty. */
    public Optional<SettingKey> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** Whether any key has this subject, the part before the slash. */
    boolean knowsSubject(String subject) {
        return keys.values().stream().anyMatch(key -> key.subject().equals(subject));
    }

    /** Has something done whenever settings came into force. */
    public void whenInForce(Runnable task) {
        listener = task;
    }

    /** The value in force, or empty while nobody has set one. */
    public Optional<String> given(String name) {
        require(name);
        return Optional.ofNullable(inForce.get(name));
    }

    /** The value in force; what the key has while nobody has set one. */
    public String value(String name) {
        return given(name).orElse(require(name).absent());
    }

    /** The value asked for, which a commit brings into force. */
    public String asked(String name) {
        return asked.getOrDefault(name, require(name).absent());
    }

    /**
     * Asks for a value.
     *
     * @throws IllegalArgumentException when the key's rule does not let it through
     */
    public void set(String name, String value) {
        SettingKey key = require(name);
        if (value.getBytes(StandardCharsets.UTF_8).length > SettingKey.MAX_VALUE) {
            throw new IllegalArgumentException("has at most " + SettingKey.MAX_VALUE + " bytes");
        }
        key.rule().check(value);
        asked.put(name, value);
    }

    /** Takes a value back, durably; a commit brings that into force. */
    public void delete(String name) throws IOException, MalformedDataException {
        require(name);
        Map<String, String> stored = damage.isEmpty() ? SettingsFile.read(store) : Map.of();
        if (stored.containsKey(name)) {
            Map<String, String> rest = new LinkedHashMap<>(stored);
            rest.remove(name);
            SettingsFile.write(store, rest);
        }
        asked.remove(name);
    }

    /** Brings what was asked for into force, but for what waits for a reset. */
    public void commit() {
        for (SettingKey key : keys.values()) {
            if (key.effect() == SettingKey.Effect.AT_RESET) {
                continue;
            }
            String wanted = asked.get(key.name());
            if (wanted == null) {
                inForce.remove(key.name());
            } else {
                inForce.put(key.name(), wanted);
            }
        }
        if (awaitsReset()) {
            LOG.info("settings were changed that hold from the next reset on");
        }
        listener.run();
    }

    /** Whether a setting was asked for that holds only from the next reset on, if it is saved. */
    public boolean awaitsReset() {
        return keys.keySet().stream()
                .anyMatch(name -> keys.get(name).effect() == SettingKey.Effect.AT_RESET
                        && !asked(name).equals(value(name)));
    }

    /** Makes what was asked for durable, in one atomic step. */
    public void save() throws IOException {
        SettingsFile.write(store, asked);
        damage = "";
    }

    /** Goes back to what is stored, and brings it into force. */
    public void load() throws IOException {
        readStored();
        commit();
    }

    /** What is wrong with the stored settings; empty when nothing is. */
    public String damage() {
        return damage;
    }

    private SettingKey require(String name) {
        SettingKey key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("no setting of the name " + name);
        }
        return key;
    }
}
