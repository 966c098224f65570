package io.spikelet.host.fleet.sparkplug;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.sparkplug.wire.PropertySet;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node sent.
 *
 * @param timestamp ms since 1970 by the node's clock; 0 when it says none
 * @param sequence 0..255; −1 when the message carries none
 * @param entries in the order sent
 */
public record NodePayload(long timestamp, int sequence, List<Entry> entries) {
    /** The most bytes that are read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int INT8 = 1;
    private static final int INT32 = 3;
    private static final int UINT64 = 8;
    private static final String REASON = "reason";
    private static final double TWO_TO_63 = 0x1p63;

    public NodePayload {
        entries = List.copyOf(entries);
    }

    /**
     * One metric as it came.
     *
     * @param name empty when the metric comes by its alias
     * @param alias −1 when there is none
     * @param time ms since 1970; that of the payload when the metric has none of its own
     * @param datatype Sparkplug's number; 0 when it was left to the birth
     * @param historical whether it is of the past, and says nothing of the present
     * @param raw as on the wire, before {@link #value}
     * @param reason why there is no value
     */
    public record Entry(
            String name, long alias, long time, int datatype, boolean historical, Object raw, String reason) {

        /** String, Long, Double, Boolean or null, the number read as its datatype says. */
        public Object value(int knownDatatype) {
            int type = datatype == 0 ? knownDatatype : datatype;
            return switch (raw) {
                case Integer bits -> type >= INT8 && type <= INT32 ? signed(bits, type) : Integer.toUnsignedLong(bits);
                case Long bits when bits < 0 && type == UINT64 -> (bits & Long.MAX_VALUE) + TWO_TO_63;
                case null, default -> raw;
            };
        }

        /** An Int8 may come as one byte or widened to 32 bits; either way its low bits count. */
        private static long signed(int bits, int type) {
            return switch (type) {
                case 1 -> (byte) bits;
                case 2 -> (short) bits;
                default -> bits;
            };
        }
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedDataException when it is larger than {@link #MAX_BYTES} or no payload
     */
    public static NodePayload decode(byte[] bytes) throws MalformedDataException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedDataException(MAX_BYTES, "a telemetry message has at most " + MAX_BYTES + " bytes");
        }
        try {
            Payload payload = Payload.parseFrom(bytes);
            List<Entry> entries = new ArrayList<>(payload.getMetricsCount());
            for (Metric metric : payload.getMetricsList()) {
                entries.add(entry(metric, payload.getTimestamp()));
            }
            return new NodePayload(
                    payload.getTimestamp(), payload.hasSeq() ? (int) (payload.getSeq() & 0xff) : -1, entries);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDataException(0, "not a Sparkplug payload: " + e.getMessage(), e);
        }
    }

    private static Entry entry(Metric metric, long payloadTime) {
        return new Entry(
                metric.getName(),
                metric.hasAlias() ? metric.getAlias() : -1,
                metric.hasTimestamp() ? metric.getTimestamp() : payloadTime,
                metric.getDatatype(),
                metric.getIsHistorical(),
                raw(metric),
                metric.hasProperties() ? reason(metric.getProperties()) : "");
    }

    private static Object raw(Metric metric) {
        return switch (metric.getValueCase()) {
            case INT_VALUE -> metric.getIntValue();
            case LONG_VALUE -> metric.getLongValue();
            case FLOAT_VALUE -> (double) metric.getFloatValue();
            case DOUBLE_VALUE -> metric.getDoubleValue();
            case BOOLEAN_VALUE -> metric.getBooleanValue();
            case STRING_VALUE -> metric.getStringValue();
            case BYTES_VALUE, VALUE_NOT_SET -> null;
        };
    }

    private static String reason(PropertySet properties) {
        for (int i = 0; i < Math.min(properties.getKeysCount(), properties.getValuesCount()); i++) {
            if (properties.getKeys(i).equals(REASON)) {
                return properties.getValues(i).getStringValue();
            }
        }
        return "";
    }
}
