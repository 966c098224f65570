package io.spikelet.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.sparkplug.wire.PropertySet;
import java.util.List;
import java.util.Locale;

/**
 * A Sparkplug B payload as a collector reads it.
 *
 * @param sequence 0..255, or −1 when the message carries none
 * @param entries in the order sent
 */
public record TelemetryMessage(long sequence, List<Entry> entries) {
    /** The most bytes that are read; a board's birth has about a thousand. */
    public static final int MAX_BYTES = 1 << 20;

    public TelemetryMessage {
        entries = List.copyOf(entries);
    }

    /**
     * One metric.
     *
     * @param name empty in a data message, which carries the alias alone
     * @param alias 0 when there is none
     * @param value String, Long, Double or Boolean; null when the board has no value
     * @param reason why there is none; empty when there is one
     * @param epochMillis when it was so; 0 when the message does not say
     * @param historical whether the board had stored it
     * @param guess whether the board's clock was never set, so that {@code epochMillis} is a guess
     */
    public record Entry(
            String name, long alias, Object value, String reason, long epochMillis, boolean historical, boolean guess) {

        /** The value, or why there is none, for a person. */
        public String text() {
            if (value == null) {
                return "not available: " + (reason.isEmpty() ? "no reason given" : reason);
            }
            return value instanceof Double real ? String.format(Locale.ROOT, "%.4g", real) : value.toString();
        }
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedDataException when it is larger than {@link #MAX_BYTES} or no payload
     */
    public static TelemetryMessage decode(byte[] bytes) throws MalformedDataException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedDataException(MAX_BYTES, "a telemetry message has at most " + MAX_BYTES + " bytes");
        }
        try {
            Payload payload = Payload.parseFrom(bytes);
            return new TelemetryMessage(
                    payload.hasSeq() ? payload.getSeq() : -1,
                    payload.getMetricsList().stream()
                            .map(TelemetryMessage::entry)
                            .toList());
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDataException(0, "not a Sparkplug payload: " + e.getMessage(), e);
        }
    }

    private static Entry entry(Metric metric) {
        return new Entry(
                metric.getName(),
                metric.getAlias(),
                value(metric),
                property(metric.getProperties(), EdgeNode.REASON),
                metric.getTimestamp(),
                metric.getIsHistorical(),
                property(metric.getProperties(), EdgeNode.TIME).equals(EdgeNode.GUESS));
    }

    private static Object value(Metric metric) {
        return switch (metric.getValueCase()) {
            case INT_VALUE -> Integer.toUnsignedLong(metric.getIntValue());
            case LONG_VALUE -> metric.getLongValue();
            case FLOAT_VALUE -> (double) metric.getFloatValue();
            case DOUBLE_VALUE -> metric.getDoubleValue();
            case BOOLEAN_VALUE -> metric.getBooleanValue();
            case STRING_VALUE -> metric.getStringValue();
            case BYTES_VALUE, VALUE_NOT_SET -> null;
        };
    }

    private static String property(PropertySet properties, String key) {
        for (int i = 0; i < Math.min(properties.getKeysCount(), properties.getValuesCount()); i++) {
            if (properties.getKeys(i).equals(key)) {
                return properties.getValues(i).getStringValue();
            }
        }
        return "";
    }
}
