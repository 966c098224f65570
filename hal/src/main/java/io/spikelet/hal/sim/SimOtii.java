package io.spikelet.hal.sim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Otii's application with one Arc, at the far end of a connection: a recording of current at 4 kHz, voltage at 1 kHz
 * and two inputs, handed out by index. It greets first, and reports progress that nobody asked for.
 */
public final class SimOtii implements SimInstrument {
    private static final int HERTZ = 4000;
    private static final int VOLTAGE_HERTZ = 1000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int INPUTS = 2;
    private static final JsonFactory JSON = new JsonFactory();

    private final ByteLink link;
    private final SimCurrent current;
    private final WireFaults faults;
    private final byte[] incoming = new byte[1024];
    private final StringBuilder request = new StringBuilder();
    private final List<Long> stored = new ArrayList<>();
    private final List<List<String>> changes = List.of(new ArrayList<>(), new ArrayList<>());
    private final int[] levels = new int[INPUTS];
    private boolean greeted;
    private double volts = 3.3;
    private boolean on;
    private boolean samples;
    private long startNanos;
    private long sample;
    private long lost;

    public SimOtii(ByteLink link, SimCurrent current, WireFaults faults) {
        this.link = link;
        this.current = current;
        this.faults = faults;
    }

    @Override
    public int doWork(long nowNanos) throws IOException {
        if (!greeted) {
            greeted = true;
            say("{\"type\":\"information\",\"info\":\"connected\",\"data\":{\"protocol_version\":\"0.2\"}}");
        }
        if (samples) {
            record(nowNanos);
        }
        int work = 0;
        for (int count = link.read(incoming, 0); count > 0; count = link.read(incoming, 0)) {
            for (int at = 0; at < count; at++) {
                if (incoming[at] == '\n') {
                    Map<String, String> fields = fields(request.toString());
                    request.setLength(0);
                    answer(fields, nowNanos);
                } else {
                    request.append((char) incoming[at]);
                }
            }
            work += count;
        }
        return work;
    }

    private void record(long nowNanos) throws IOException {
        long due = faults.clock(nowNanos - startNanos) * HERTZ / NANOS_PER_SECOND;
        for (; sample < due; sample++) {
            if (faults.hangsUp(sample)) {
                close();
                throw new IOException("the connection was cut");
            }
            int now = current.inputs(trueTime(sample));
            for (int input = 0; input < INPUTS; input++) {
                int level = now >> input & 1;
                if (sample == 0 || level != levels[input]) {
                    levels[input] = level;
                    changes.get(input)
                            .add("{\"timestamp\":" + (double) sample / HERTZ + ",\"value\":" + (level == 1) + "}");
                }
            }
            if (faults.loses(sample)) {
                lost++;
            } else {
                stored.add(sample);
            }
        }
    }

    private long trueTime(long at) {
        return faults.trueTime(at * (NANOS_PER_SECOND / HERTZ));
    }

    private static Map<String, String> fields(String text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    fields.put(parser.currentName(), parser.getText());
                }
            }
        }
        return fields;
    }

    private void answer(Map<String, String> asked, long nowNanos) throws IOException {
        String channel = asked.getOrDefault("channel", "");
        String command = asked.getOrDefault("cmd", "");
        String data = switch (command) {
            case "otii_get_devices" -> "{\"devices\":[{\"device_id\":\"a1\",\"name\":\"Arc\",\"type\":\"Arc\"}]}";
            case "otii_get_active_project" -> "{\"project_id\":-1}";
            case "otii_create_project" -> "{\"project_id\":5}";
            case "arc_get_channel_samplerate" -> "{\"value\":" + HERTZ + "}";
            case "project_get_last_recording" -> "{\"recording_id\":1,\"name\":\"Recording\"}";
            case "recording_get_channel_data_count" -> "{\"count\":" + count(channel) + "}";
            case "recording_get_channel_data" ->
                data(channel, Integer.parseInt(asked.get("index")), Integer.parseInt(asked.get("count")));
            case "project_start_recording",
                    "project_stop_recording",
                    "arc_set_main",
                    "arc_set_main_voltage",
                    "arc_set_max_current",
                    "arc_enable_channel",
                    "arc_add_to_project" -> "{}";
            default -> "";
        };
        set(command, asked.get("value"), asked.get("enable"), nowNanos);
        String end = ",\"cmd\":\"" + command + "\",\"trans_id\":\"" + asked.get("trans_id") + "\"}";
        say(
                data.isEmpty()
                        ? "{\"type\":\"error\",\"errorcode\":\"Unknown command\",\"payload\":{\"message\":\"\"}" + end
                        : "{\"type\":\"response\",\"data\":" + data + end);
    }

    private void set(String command, String value, String enable, long nowNanos) throws IOException {
        switch (command) {
            case "arc_set_main_voltage" -> volts = Double.parseDouble(value);
            case "arc_set_main" -> on = Boolean.parseBoolean(enable);
            case "project_stop_recording" -> samples = false;
            case "project_start_recording" -> {
                samples = true;
                startNanos = nowNanos;
                sample = 0;
                lost = 0;
                stored.clear();
                changes.forEach(List::clear);
                say("{\"type\":\"progress\",\"cmd\":\"project_start_recording\",\"progress_value\":1}");
            }
            default -> {
                // changes nothing here
            }
        }
    }

    private int count(String channel) {
        return switch (channel) {
            case "mc" -> stored.size();
            case "mv" -> (int) ((sample * VOLTAGE_HERTZ + HERTZ - 1) / HERTZ);
            case "i1" -> changes.get(0).size();
            case "i2" -> changes.get(1).size();
            default -> 0;
        };
    }

    private String data(String channel, int index, int count) {
        List<String> values = new ArrayList<>();
        if (channel.startsWith("i")) {
            values.addAll(changes.get(channel.charAt(1) - '1').subList(index, index + count));
            return "{\"data_type\":\"digital\",\"values\":" + values + "}";
        }
        double seconds = (double) index / VOLTAGE_HERTZ;
        boolean noise = false;
        if (channel.equals("mc")) {
            long first = stored.get(index);
            seconds = (double) first / HERTZ;
            // What is missing ends a piece, for its values have no times of their own.
            for (int at = index; at < index + count && stored.get(at) == first + at - index; at++) {
                long number = stored.get(at);
                noise |= faults.noiseBefore(number).length > 0;
                values.add(faults.hasNoNumber(number) ? "null" : "" + (on ? current.amps(trueTime(number)) : 0.0));
            }
        } else {
            for (int at = 0; at < count; at++) {
                values.add("" + volts);
            }
        }
        String interval = "" + 1.0 / (channel.equals("mc") ? HERTZ : VOLTAGE_HERTZ);
        return (noise ? "#" : "") + "{\"data_type\":\"analog\",\"timestamp\":" + seconds + ",\"interval\":" + interval
                + ",\"values\":" + values + "}";
    }

    private void say(String text) throws IOException {
        byte[] bytes = (text + "\r\n").getBytes(StandardCharsets.UTF_8);
        link.write(bytes, 0, bytes.length);
    }

    @Override
    public long taken() {
        return sample;
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
