package io.spikelet.bench.outage;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.eclipse.tahu.model.MetricDataTypeMap;

/**
 * Eclipse Tahu's decoder with nothing but the JDK's types on its outside. {@link TahuDecoder} loads it beside Tahu's own
 * version of Protocol Buffers, which does not go together with ours.
 */
public final class TahuReader implements Function<byte[], Map<String, Object>> {
    private final MetricDataTypeMap types = new MetricDataTypeMap();

    /** For the loader. */
    public TahuReader() {
        // Nothing to prepare.
    }

    /** {@code seq}, {@code timestamp} and {@code metrics}: a list of maps with the names that Tahu gives. */
    @Override
    public Map<String, Object> apply(byte[] payload) {
        try {
            SparkplugBPayload read = new SparkplugBPayloadDecoder().buildFromByteArray(payload, types);
            Map<String, Object> message = new HashMap<>();
            message.put("seq", read.getSeq());
            message.put("timestamp", millis(read.getTimestamp()));
            List<Map<String, Object>> metrics = new ArrayList<>();
            for (Metric metric : read.getMetrics()) {
                // Data has aliases alone: as a host does, it remembers from the birth what they are.
                if (metric.hasName() && metric.hasAlias()) {
                    types.addMetricDataType(metric.getAlias(), metric.getDataType());
                }
                metrics.add(map(metric));
            }
            message.put("metrics", metrics);
            return message;
        } catch (Exception e) {
            throw new IllegalArgumentException("Tahu cannot read this payload: " + e, e);
        }
    }

    private static Map<String, Object> map(Metric metric) {
        Map<String, Object> map = new HashMap<>();
        map.put("name", metric.hasName() ? metric.getName() : null);
        map.put("alias", metric.hasAlias() ? metric.getAlias() : null);
        map.put("timestamp", millis(metric.getTimestamp()));
        map.put(
                "type",
                metric.getDataType() == null ? null : metric.getDataType().toString());
        map.put("historical", metric.getIsHistorical());
        map.put("null", metric.getIsNull());
        Object value = metric.getValue();
        map.put(
                "value",
                value instanceof Number || value instanceof Boolean || value == null ? value : value.toString());
        if (metric.getProperties() != null) {
            Map<String, Object> properties = new HashMap<>();
            metric.getProperties()
                    .getPropertyMap()
                    .forEach((key, property) -> properties.put(key, property.getValue()));
            map.put("properties", properties);
        }
        return map;
    }

    private static Long millis(Date date) {
        return date == null ? null : date.getTime();
    }
}
