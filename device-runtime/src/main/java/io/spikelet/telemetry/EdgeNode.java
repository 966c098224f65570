package io.spikelet.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.sparkplug.wire.PropertySet;
import io.spikelet.sparkplug.wire.PropertyValue;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * One Sparkplug B edge node without devices. A birth names every metric with its alias; data carries aliases alone and
 * only what changed. One thread; a connection begins with {@link #will} and {@link #birth}.
 */
public final class EdgeNode {
    static final String BIRTH_DEATH_SEQUENCE = "bdSeq";
    static final String REBIRTH = "Node Control/Rebirth";
    static final String REASON = "reason";
    static final long REBIRTH_ALIAS = BoardMetric.values().length + 1L;

    private static final int MAX_COMMAND_BYTES = 4096;
    private static final int SEQUENCE_NUMBERS = 256;

    private final String group;
    private final String node;
    private final Clock clock;
    private final Map<BoardMetric, Reading> published = new EnumMap<>(BoardMetric.class);
    private int birthSequence;
    private int sequence;

    /**
     * @param group the Sparkplug group id
     * @param node the edge node id: the device's name
     */
    public EdgeNode(String group, String node, Clock clock) {
        this.group = requireTopicLevel("group", group);
        this.node = requireTopicLevel("node", node);
        this.clock = clock;
    }

    /** The NDEATH that a new connection announces as its will. */
    public Will will(int bdSeq) {
        birthSequence = bdSeq;
        Payload payload = Payload.newBuilder()
                .setTimestamp(clock.epochMillis())
                .addMetrics(birthDeathSequence())
                .build();
        return new Will(topic("NDEATH"), payload.toByteArray(), 1, false);
    }

    /** What to subscribe to at QoS 1 before the birth. */
    public String commandTopic() {
        return topic("NCMD");
    }

    /**
     * Publishes NBIRTH: after each connection, on a rebirth command, and when another model became active.
     *
     * @param readings one for each {@link BoardMetric}
     */
    public void birth(MessageLink link, Map<BoardMetric, Reading> readings) throws IOException {
        sequence = 0;
        published.clear();
        Payload.Builder payload = payload().addMetrics(birthDeathSequence());
        payload.addMetrics(metric(REBIRTH_ALIAS)
                .setName(REBIRTH)
                .setDatatype(Datatype.BOOLEAN.number())
                .setBooleanValue(false));
        for (BoardMetric metric : BoardMetric.values()) {
            Reading reading = readings.get(metric);
            if (reading == null) {
                throw new IllegalArgumentException("a birth holds every metric: missing=" + metric);
            }
            payload.addMetrics(metric(metric, reading)
                    .setName(metric.wireName())
                    .setDatatype(metric.datatype().number()));
        }
        link.publish(topic("NBIRTH"), payload.build().toByteArray(), 0, false);
        published.putAll(readings);
    }

    /**
     * Publishes NDATA with the metrics that changed since they were last published; nothing when none did.
     *
     * @return whether something was published
     */
    public boolean publishChanges(MessageLink link, Map<BoardMetric, Reading> readings) throws IOException {
        Map<BoardMetric, Reading> changed = new EnumMap<>(BoardMetric.class);
        readings.forEach((metric, reading) -> {
            if (!reading.equals(published.get(metric))) {
                changed.put(metric, reading);
            }
        });
        if (changed.isEmpty()) {
            return false;
        }
        sequence = (sequence + 1) % SEQUENCE_NUMBERS;
        Payload.Builder payload = payload();
        changed.forEach((metric, reading) -> payload.addMetrics(metric(metric, reading)));
        link.publish(topic("NDATA"), payload.build().toByteArray(), 0, false);
        published.putAll(changed);
        return true;
    }

    /** Says goodbye before an orderly disconnect, after which the broker sends no will. */
    public void death(MessageLink link) throws IOException {
        Will will = will(birthSequence);
        link.publish(will.topic(), will.payload(), will.qos(), will.retained());
    }

    /** Whether a received message asks this node to give birth again. */
    public boolean isRebirthCommand(MessageLink.Message message) {
        if (!message.topic().equals(commandTopic()) || message.payload().length > MAX_COMMAND_BYTES) {
            return false;
        }
        try {
            for (Metric metric : Payload.parseFrom(message.payload()).getMetricsList()) {
                boolean named = metric.hasName()
                        ? metric.getName().equals(REBIRTH)
                        : metric.hasAlias() && metric.getAlias() == REBIRTH_ALIAS;
                if (named && metric.getBooleanValue()) {
                    return true;
                }
            }
            return false;
        } catch (InvalidProtocolBufferException notACommand) {
            return false;
        }
    }

    private Payload.Builder payload() {
        return Payload.newBuilder().setTimestamp(clock.epochMillis()).setSeq(sequence);
    }

    private Metric birthDeathSequence() {
        return Metric.newBuilder()
                .setName(BIRTH_DEATH_SEQUENCE)
                .setTimestamp(clock.epochMillis())
                .setDatatype(Datatype.INT64.number())
                .setLongValue(birthSequence)
                .build();
    }

    private Metric.Builder metric(long alias) {
        return Metric.newBuilder().setAlias(alias).setTimestamp(clock.epochMillis());
    }

    private Metric.Builder metric(BoardMetric metric, Reading reading) {
        Metric.Builder built = metric(metric.alias());
        switch (reading.value()) {
            case null ->
                built.setIsNull(true)
                        .setProperties(PropertySet.newBuilder()
                                .addKeys(REASON)
                                .addValues(PropertyValue.newBuilder()
                                        .setType(Datatype.STRING.number())
                                        .setStringValue(reading.reason())));
            case String text -> built.setStringValue(text);
            case Long number -> built.setLongValue(number);
            case Double number -> built.setDoubleValue(number);
            default ->
                throw new IllegalArgumentException("a reading is a text, a long or a double: " + metric + "="
                        + reading.value().getClass());
        }
        return built;
    }

    private String topic(String type) {
        return "spBv1.0/" + group + "/" + type + "/" + node;
    }

    private static String requireTopicLevel(String what, String level) {
        if (level.isEmpty() || level.matches(".*[/+#].*")) {
            throw new IllegalArgumentException(what + " is one level of a topic: " + what + "=" + level);
        }
        return level;
    }
}
