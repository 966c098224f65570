package io.spikelet.telemetry;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** The values of {@link NodeMetric}, and which of them the host does not know yet. One thread. */
final class OwnMetrics {
    private final Map<NodeMetric, Object> toTell = new EnumMap<>(NodeMetric.class);
    private String lastCommand = "none yet";
    private long toldDropped;

    /** All of them, for a birth, after which the host knows them. */
    Map<NodeMetric, Object> all(Recorder recorder, boolean inDoubt) throws IOException {
        Outbox outbox = recorder.outbox();
        toTell.clear();
        toldDropped = outbox.dropped();
        Map<NodeMetric, Object> own = new EnumMap<>(NodeMetric.class);
        own.put(NodeMetric.REBIRTH, false);
        own.put(NodeMetric.DEAD_BANDS, recorder.bands().toString());
        own.put(NodeMetric.LAST_COMMAND, lastCommand);
        own.put(NodeMetric.RECEIVED, outbox.confirmed());
        own.put(NodeMetric.RECORD, outbox.last());
        own.put(NodeMetric.STORED, outbox.waiting());
        own.put(NodeMetric.DROPPED, toldDropped);
        own.put(NodeMetric.IN_DOUBT, inDoubt);
        own.put(NodeMetric.CLOCK_KNOWN, recorder.time().isKnown());
        own.put(NodeMetric.CLOCK_STEPS, recorder.time().steps());
        return own;
    }

    /** Other dead-bands are in force. */
    void use(DeadBands bands) {
        toTell.put(NodeMetric.DEAD_BANDS, bands.toString());
    }

    /** What became of a command. */
    void outcome(String sentence) {
        lastCommand = sentence;
        toTell.put(NodeMetric.LAST_COMMAND, sentence);
    }

    boolean hasNews() {
        return !toTell.isEmpty();
    }

    /** What changed since the host was told last; taken as told. */
    Map<NodeMetric, Object> takeNews(long dropped) {
        if (dropped != toldDropped) {
            toldDropped = dropped;
            toTell.put(NodeMetric.DROPPED, dropped);
        }
        Map<NodeMetric, Object> news = new EnumMap<>(NodeMetric.class);
        news.putAll(toTell);
        toTell.clear();
        return news;
    }
}
