package io.spikelet.hal.instrument;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A running recording in Otii's application, from which channels are fetched by index. */
final class OtiiRecording {
    private static final String COUNT = "recording_get_channel_data_count";
    private static final String DATA = "recording_get_channel_data";

    private final OtiiDialogue dialogue;
    private final long recording;
    private final String device;

    OtiiRecording(OtiiDialogue dialogue, long recording, String device) {
        this.dialogue = dialogue;
        this.recording = recording;
        this.device = device;
    }

    /**
     * Part of an analogue channel.
     *
     * @param seconds of the first value, since the recording's start
     * @param interval between values, s
     */
    record Values(double seconds, double interval, List<?> values) {}

    private Map<String, Object> of(String channel) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("recording_id", recording);
        data.put("device_id", device);
        data.put("channel", channel);
        return data;
    }

    long count(String channel) throws IOException {
        return (long) dialogue.number(dialogue.ask(COUNT, of(channel)), "count", COUNT);
    }

    Values values(String channel, long index, long count) throws IOException {
        Map<String, Object> data = data(channel, index, count);
        return new Values(
                dialogue.number(data, "timestamp", DATA),
                dialogue.number(data, "interval", DATA),
                dialogue.list(data, "values", DATA));
    }

    /** Changes of a digital channel, each with {@code timestamp} and {@code value}. */
    List<?> changes(String channel, long index, long count) throws IOException {
        return dialogue.list(data(channel, index, count), "values", DATA);
    }

    private Map<String, Object> data(String channel, long index, long count) throws IOException {
        Map<String, Object> question = of(channel);
        question.put("index", index);
        question.put("count", count);
        return dialogue.ask(DATA, question);
    }
}
