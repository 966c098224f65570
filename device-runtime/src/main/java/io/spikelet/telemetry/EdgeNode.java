package io.spikelet.telemetry;

import io.spikelet.hal.mqtt.Will;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.sparkplug.wire.PropertySet;
import io.spikelet.sparkplug.wire.PropertyValue;
import java.util.Map;

/**
 * The messages of one Sparkplug B edge node without devices, with their sequence numbers. A birth names every metric with
 * its alias; data carries aliases alone. Each message that is made is to be published, in this order. One thread.
 */
final class EdgeNode {
    static final String BIRTH_DEATH_SEQUENCE = "bdSeq";
    /** A property of a metric without value: why. */
    static final String REASON = "reason";
    /** A property of a metric whose timestamp is not sure. */
    static final String TIME = "time";

    static final String GUESS = "guess";

    private static final int SEQUENCE_NUMBERS = 256;

    /** A message of QoS 0 that is not retained. */
    record Outgoing(String topic, byte[] payload) {}

    private final String group;
    private final String node;
    private int birthSequence;
    private int sequence;

    /**
     * @param group the Sparkplug group id
     * @param node the edge node id: the device's name
     */
    EdgeNode(String group, String node) {
        this.group = requireTopicLevel("group", group);
        this.node = requireTopicLevel("node", node);
    }

    /** The NDEATH that a new connection announces as its will. */
    Will will(int bdSeq, long epochMillis) {
        birthSequence = bdSeq;
        return death(epochMillis);
    }

    /** The goodbye before an orderly disconnect, after which the broker sends no will. */
    Will death(long epochMillis) {
        Payload payload = Payload.newBuilder()
                .setTimestamp(epochMillis)
                .addMetrics(birthDeathSequence(epochMillis))
                .build();
        return new Will(topic("NDEATH"), payload.toByteArray(), 1, false);
    }

    /** Where this node is commanded. */
    String commandTopic() {
        return topic("NCMD");
    }

    /**
     * An NBIRTH.
     *
     * @param readings one for each {@link BoardMetric}
     * @param own one for each {@link NodeMetric}
     */
    Outgoing birth(long epochMillis, Map<BoardMetric, Reading> readings, Map<NodeMetric, Object> own) {
        sequence = 0;
        Payload.Builder payload = payload(epochMillis).addMetrics(birthDeathSequence(epochMillis));
        for (NodeMetric metric : NodeMetric.values()) {
            payload.addMetrics(metric(metric, own.get(metric), epochMillis)
                    .setName(metric.wireName())
                    .setDatatype(metric.datatype().number()));
        }
        for (BoardMetric metric : BoardMetric.values()) {
            Reading reading = readings.get(metric);
            if (reading == null) {
                throw new IllegalArgumentException("a birth holds every metric: missing=" + metric);
            }
            payload.addMetrics(metric(metric, reading, epochMillis, false)
                    .setName(metric.wireName())
                    .setDatatype(metric.datatype().number()));
        }
        return new Outgoing(topic("NBIRTH"), payload.build().toByteArray());
    }

    /**
     * An NDATA with one record.
     *
     * @param epochMillis now
     * @param recordMillis when the record was made
     * @param guess whether that is not sure
     * @param historical whether the record was stored
     */
    Outgoing data(long epochMillis, TelemetryRecord record, long recordMillis, boolean guess, boolean historical) {
        Payload.Builder payload = nextPayload(epochMillis);
        payload.addMetrics(marked(metric(NodeMetric.RECORD, record.number(), recordMillis), historical));
        record.readings()
                .forEach((metric, reading) ->
                        payload.addMetrics(marked(metric(metric, reading, recordMillis, guess), historical)));
        return new Outgoing(topic("NDATA"), payload.build().toByteArray());
    }

    /** An NDATA about the telemetry itself. */
    Outgoing data(long epochMillis, Map<NodeMetric, Object> own) {
        Payload.Builder payload = nextPayload(epochMillis);
        own.forEach((metric, value) -> payload.addMetrics(metric(metric, value, epochMillis)));
        return new Outgoing(topic("NDATA"), payload.build().toByteArray());
    }

    private static Metric.Builder marked(Metric.Builder metric, boolean historical) {
        return historical ? metric.setIsHistorical(true) : metric;
    }

    private Payload.Builder nextPayload(long epochMillis) {
        sequence = (sequence + 1) % SEQUENCE_NUMBERS;
        return payload(epochMillis);
    }

    private Payload.Builder payload(long epochMillis) {
        return Payload.newBuilder().setTimestamp(epochMillis).setSeq(sequence);
    }

    private Metric birthDeathSequence(long epochMillis) {
        return Metric.newBuilder()
                .setName(BIRTH_DEATH_SEQUENCE)
                .setTimestamp(epochMillis)
                .setDatatype(Datatype.INT64.number())
                .setLongValue(birthSequence)
                .build();
    }

    private static Metric.Builder metric(NodeMetric metric, Object value, long epochMillis) {
        Metric.Builder built = Metric.newBuilder().setAlias(metric.alias()).setTimestamp(epochMillis);
        return switch (value) {
            case null -> throw new IllegalArgumentException("a birth holds every metric: missing=" + metric);
            case String text -> built.setStringValue(text);
            case Boolean flag -> built.setBooleanValue(flag);
            case Long number -> built.setLongValue(number);
            default -> throw new IllegalArgumentException(metric + " is a text, flag or long: " + value.getClass());
        };
    }

    private static Metric.Builder metric(BoardMetric metric, Reading reading, long epochMillis, boolean guess) {
        Metric.Builder built = Metric.newBuilder().setAlias(metric.alias()).setTimestamp(epochMillis);
        PropertySet.Builder properties = PropertySet.newBuilder();
        switch (reading.value()) {
            case null -> {
                built.setIsNull(true);
                property(properties, REASON, reading.reason());
            }
            case String text -> built.setStringValue(text);
            case Long number -> built.setLongValue(number);
            case Double number -> built.setDoubleValue(number);
            default ->
                throw new IllegalArgumentException("a reading is a text, a long or a double: " + metric + "="
                        + reading.value().getClass());
        }
        if (guess) {
            property(properties, TIME, GUESS);
        }
        return properties.getKeysCount() == 0 ? built : built.setProperties(properties);
    }

    private static void property(PropertySet.Builder properties, String key, String value) {
        properties
                .addKeys(key)
                .addValues(PropertyValue.newBuilder()
                        .setType(Datatype.STRING.number())
                        .setStringValue(value));
    }

    private String topic(String type) {
        return "spBv1.0/" + group + "/" + type + "/" + node;
    }

    static String requireTopicLevel(String what, String level) {
        if (level.isEmpty() || level.length() > 255 || level.matches("(?s).*[/+#\\x00-\\x1f].*")) {
            throw new IllegalArgumentException(what + " is one level of a topic: " + what + "=" + level);
        }
        return level;
    }
}
