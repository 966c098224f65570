package io.spikelet.host.link;

import io.spikelet.manage.LogGroup;
import io.spikelet.manage.SettingsGroup;
import io.spikelet.smp.NetworkCommands;
import io.spikelet.smp.SmpError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one asks of a board as a device: health, log, settings, a profile. Failures are those of {@link BoardClient}. */
public final class ManagementClient {
    private static final int MAX_LEVEL = 255;

    private final SmpClient client;

    ManagementClient(SmpClient client) {
        this.client = client;
    }

    public BoardHealth health() throws IOException {
        return BoardHealth.of(client.read(NetworkCommands.GROUP, NetworkCommands.HEALTH, Map.of()));
    }

    /** All lines that the board still has from an index on, oldest first. */
    public List<LogLine> log(long since) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        long index = since;
        while (true) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("log_name", LogGroup.NAME);
            fields.put("ts", 0);
            fields.put("index", index);
            List<SmpReply> logs =
                    client.read(LogGroup.ID, LogGroup.SHOW, fields).maps("logs");
            List<SmpReply> entries =
                    logs.isEmpty() ? List.of() : logs.getFirst().maps("entries");
            for (SmpReply entry : entries) {
                lines.add(new LogLine(
                        entry.integer("index"),
                        entry.integer("ts"),
                        entry.integer("level", MAX_LEVEL),
                        printable(new String(entry.bytes("msg"), StandardCharsets.UTF_8))));
            }
            if (entries.isEmpty()) {
                return lines;
            }
            index = Math.max(index, lines.getLast().index()) + 1;
        }
    }

    /** A board is not to steer the terminal of who reads its log. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    /** The value asked for, or the usual one. */
    public String setting(String name) throws IOException {
        byte[] value = client.read(SettingsGroup.ID, SettingsGroup.READ_WRITE, Map.of("name", name))
                .bytes("val");
        return printable(new String(value, StandardCharsets.UTF_8));
    }

    /** Sets a value, brings it into force where it needs no reset, and stores it. */
    public void set(String name, String value) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("val", value.getBytes(StandardCharsets.UTF_8));
        try {
            client.write(SettingsGroup.ID, SettingsGroup.READ_WRITE, fields);
        } catch (SmpRefusedException refused) {
            if (!refused.isOfGroup() && refused.rc() == SmpError.INVALID) {
                throw new IOException(
                        "the board at " + client.name() + " does not take \"" + value + "\" for " + name
                                + "; its log says what it takes ('spikelet device log'), and so does docs/wire.md",
                        refused);
            }
            throw refused;
        }
        client.write(SettingsGroup.ID, SettingsGroup.COMMIT, Map.of());
        client.write(SettingsGroup.ID, SettingsGroup.LOAD_SAVE, Map.of());
    }

    /** Takes a value back to the usual one, durably, and brings that into force where it needs no reset. */
    public void unset(String name) throws IOException {
        client.write(SettingsGroup.ID, SettingsGroup.DELETE, Map.of("name", name));
        client.write(SettingsGroup.ID, SettingsGroup.COMMIT, Map.of());
    }

    /** What each layer of the model that serves takes for one sample. */
    public List<LayerProfile> profile(byte[] sample) throws IOException {
        SmpReply reply = client.write(NetworkCommands.GROUP, NetworkCommands.PROFILE, Map.of("x", sample));
        List<String> names = reply.texts("layer");
        long[] nanos = reply.integers("ns", names.size());
        long[] spikes = reply.integers("spk", names.size());
        long[] operations = reply.integers("syn", names.size());
        List<LayerProfile> layers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            layers.add(new LayerProfile(names.get(i), nanos[i], spikes[i], operations[i]));
        }
        return layers;
    }
}
