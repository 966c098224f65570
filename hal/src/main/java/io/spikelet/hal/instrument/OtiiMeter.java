package io.spikelet.hal.instrument;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Qoitech's Otii Arc or Ace through its application's TCP server, port 1905: supplies the board, records current, voltage and
 * the inputs GPI1 and GPI2, and hands the recording out in pieces.
 *
 * <p>Times are the recording's. A sample's volts are those that were recorded last before it. A value that is null is
 * counted as broken, a gap between pieces as lost samples. The first entry of an input tells how it stands; each later one is
 * an edge. The application keeps the recording.
 *
 * <p>Names of commands, channels and fields: qoitech/otii-tcp-client-python, {@code otii_tcp_client/}.
 */
public final class OtiiMeter extends InstrumentMeter {
    /** Where its application listens. */
    public static final int PORT = 1905;

    private static final int MOST_UNUSED = 1 << 20;
    private static final int CHUNK = 2000;
    private static final String CURRENT = "mc";
    private static final String VOLTAGE = "mv";
    private static final String[] INPUTS = {"i1", "i2"};
    private static final String DEVICE = "device_id";
    private static final String TYPE = "type";
    private static final String DEVICES = "otii_get_devices";
    private static final String PROJECT = "project_id";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** A thousandth each of current and voltage. */
    private static final double GAIN = 0.002;

    private static final double LEAST_AMPS = 50e-9;
    private static final double STEP_AMPS = 1e-6;
    private static final double CLOCK_PPM = 50;
    private static final double GAP = 1.5;

    private final OtiiSetup setup;
    private final OtiiDialogue dialogue;
    private final String device;
    private final String name;
    private final long project;
    private final double perSecond;
    private OtiiRecording recording;
    private OtiiRecording.Values current;
    private OtiiRecording.Values voltage;
    private long voltageIndex;
    private int used;
    private long fetched;
    private double nextSeconds;
    private final List<?>[] changes = new List<?>[INPUTS.length];
    private final long[] changesFetched = new long[INPUTS.length];

    private OtiiMeter(
            InstrumentLine line,
            OtiiSetup setup,
            OtiiDialogue dialogue,
            String device,
            String name,
            long project,
            double perSecond) {
        super(line);
        this.setup = setup;
        this.dialogue = dialogue;
        this.device = device;
        this.name = name;
        this.project = project;
        this.perSecond = perSecond;
    }

    /**
     * Finds the device, sets it and switches the board's supply on. The link is closed when this fails.
     *
     * @throws IOException when no application answers, it has no such device, or refuses
     */
    public static OtiiMeter open(ByteLink link, OtiiSetup setup) throws IOException {
        InstrumentLine line = new InstrumentLine(link, MOST_UNUSED);
        try {
            OtiiDialogue dialogue = new OtiiDialogue(line);
            Map<String, Object> found = device(dialogue, setup.device(), line.name());
            String device = (String) found.get(DEVICE);
            Map<String, Object> active = dialogue.ask("otii_get_active_project", Map.of());
            long project = (long) dialogue.number(active, PROJECT, "otii_get_active_project");
            if (project < 0) {
                Map<String, Object> made = dialogue.ask("otii_create_project", Map.of());
                project = (long) dialogue.number(made, PROJECT, "otii_create_project");
            }
            dialogue.ask("arc_add_to_project", Map.of(DEVICE, device));
            dialogue.ask("arc_set_main_voltage", of(device, "value", setup.volts()));
            dialogue.ask("arc_set_max_current", of(device, "value", setup.mostAmps()));
            for (String channel : new String[] {CURRENT, VOLTAGE, INPUTS[0], INPUTS[1]}) {
                Map<String, Object> enabled = of(device, "channel", channel);
                enabled.put("enable", true);
                dialogue.ask("arc_enable_channel", enabled);
            }
            Map<String, Object> rate = dialogue.ask("arc_get_channel_samplerate", of(device, "channel", CURRENT));
            dialogue.ask("arc_set_main", of(device, "enable", true));
            return new OtiiMeter(
                    line,
                    setup,
                    dialogue,
                    device,
                    found.get(TYPE) + " " + found.get("name"),
                    project,
                    dialogue.number(rate, "value", "arc_get_channel_samplerate"));
        } catch (IOException failed) {
            line.close();
            throw failed;
        }
    }

    private static Map<String, Object> device(OtiiDialogue dialogue, String wanted, String at) throws IOException {
        List<?> devices = dialogue.list(dialogue.ask(DEVICES, Map.of("timeout", 10)), "devices", DEVICES);
        StringBuilder names = new StringBuilder();
        for (Object one : devices) {
            if (one instanceof Map<?, ?> map && map.get(DEVICE) instanceof String id) {
                boolean named = wanted.equals(id) || wanted.equals(map.get("name"));
                if (named || (wanted.isEmpty() && devices.size() == 1)) {
                    return OtiiDialogue.object(map);
                }
                names.append(names.isEmpty() ? "" : ", ").append(map.get("name"));
            }
        }
        throw new IOException("Otii at " + at + " has "
                + (names.isEmpty() ? "no device; plug one in" : "these devices: " + names + "; name one of them"));
    }

    private static Map<String, Object> of(String device, String name, Object value) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(DEVICE, device);
        data.put(name, value);
        return data;
    }

    @Override
    public MeterTraits traits() {
        return new MeterTraits(
                "otii",
                "Otii " + name + " at " + line.name() + ", supplying " + setup.volts() + " V",
                perSecond,
                true,
                new MeterAccuracy(GAIN, LEAST_AMPS * setup.volts(), STEP_AMPS * setup.volts()),
                CLOCK_PPM,
                INPUTS.length,
                setup.mostAmps());
    }

    @Override
    void begin() throws IOException {
        current = null;
        voltage = null;
        voltageIndex = 0;
        fetched = 0;
        nextSeconds = Double.NaN;
        for (int input = 0; input < INPUTS.length; input++) {
            changes[input] = List.of();
            changesFetched[input] = 0;
        }
        dialogue.ask("project_start_recording", Map.of(PROJECT, project));
        String last = "project_get_last_recording";
        Map<String, Object> found = dialogue.ask(last, Map.of(PROJECT, project));
        recording = new OtiiRecording(dialogue, (long) dialogue.number(found, "recording_id", last), device);
    }

    @Override
    boolean fetch(int waitMillis) throws IOException {
        long deadline = InstrumentLine.deadline(waitMillis);
        while (true) {
            long waiting = recording.count(CURRENT) - fetched;
            if (waiting > 0) {
                current = recording.values(CURRENT, fetched, Math.min(waiting, CHUNK));
                fetched += current.values().size();
                used = 0;
                fetchVoltage();
                fetchChanges();
                return !current.values().isEmpty();
            }
            if (InstrumentLine.left(deadline) == 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The voltage over the time of the current at hand; as set, while none is recorded. */
    private void fetchVoltage() throws IOException {
        long count = recording.count(VOLTAGE);
        if (count == 0) {
            return;
        }
        OtiiRecording.Values known = voltage == null ? recording.values(VOLTAGE, 0, 1) : voltage;
        double start = known.seconds() - voltageIndex * known.interval();
        long first = Math.clamp((long) Math.floor((current.seconds() - start) / known.interval()), 0, count - 1);
        double end = current.seconds() + current.values().size() * current.interval();
        long last = Math.clamp((long) Math.ceil((end - start) / known.interval()), first, count - 1);
        voltage = recording.values(VOLTAGE, first, last - first + 1);
        voltageIndex = first;
    }

    private void fetchChanges() throws IOException {
        for (int input = 0; input < INPUTS.length; input++) {
            long waiting = recording.count(INPUTS[input]) - changesFetched[input];
            if (waiting > 0) {
                changes[input] = recording.changes(INPUTS[input], changesFetched[input], Math.min(waiting, CHUNK));
            }
        }
    }

    @Override
    void decode(SampleBlock into) throws IOException {
        if (current == null) {
            return;
        }
        decodeChanges(into);
        while (used < current.values().size() && !into.isFull()) {
            double seconds = current.seconds() + used * current.interval();
            if ((seconds - nextSeconds) > (GAP - 1) * current.interval()) {
                into.addLost(Math.round((seconds - nextSeconds) / current.interval()));
            }
            nextSeconds = seconds + current.interval();
            if (current.values().get(used++) instanceof Double amps) {
                into.add(Math.round(seconds * NANOS_PER_SECOND), volts(seconds), amps);
            } else {
                into.addBroken();
            }
        }
    }

    private double volts(double seconds) {
        if (voltage == null || voltage.values().isEmpty()) {
            return setup.volts();
        }
        double half = current.interval() / 2; // what decimal fractions are off must not choose another value
        long at = (long) Math.floor((seconds - voltage.seconds() + half) / voltage.interval());
        Object value = voltage.values().get((int) Math.clamp(at, 0, voltage.values().size() - 1));
        return value instanceof Double volts ? volts : setup.volts();
    }

    private void decodeChanges(SampleBlock into) throws IOException {
        // The earliest first, so that edges of two inputs come in order.
        while (!into.isFull()) {
            int next = -1;
            for (int input = 0; input < INPUTS.length; input++) {
                if (!changes[input].isEmpty() && (next < 0 || seconds(input) < seconds(next))) {
                    next = input;
                }
            }
            if (next < 0) {
                return;
            }
            Object level = entry(next).get("value");
            if (changesFetched[next]++ > 0) {
                into.addEdge(Math.round(seconds(next) * NANOS_PER_SECOND), next, Boolean.TRUE.equals(level));
            }
            changes[next] = changes[next].subList(1, changes[next].size());
        }
    }

    private Map<String, Object> entry(int input) throws IOException {
        if (changes[input].getFirst() instanceof Map<?, ?> map) {
            return OtiiDialogue.object(map);
        }
        throw new IOException("Otii at " + line.name() + " tells changes of " + INPUTS[input]
                + " in a way that this program does not know; its application is of another version");
    }

    private double seconds(int input) throws IOException {
        return dialogue.number(entry(input), "timestamp", "recording_get_channel_data");
    }

    @Override
    void end() throws IOException {
        dialogue.ask("project_stop_recording", Map.of(PROJECT, project));
    }

    /** The board keeps its supply. */
    @Override
    void release() {
        // the connection's end is all that the application needs
    }
}
