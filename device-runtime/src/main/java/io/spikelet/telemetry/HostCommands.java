package io.spikelet.telemetry;

import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;

/** The NCMD payloads that a host sends to a board. */
public final class HostCommands {
    private HostCommands() {}

    /** Asks for a birth. */
    public static byte[] rebirth(long epochMillis) {
        return command(
                NodeMetric.REBIRTH,
                Metric.newBuilder().setTimestamp(epochMillis).setBooleanValue(true),
                epochMillis);
    }

    /**
     * Says after a birth which records the host has, so that none is sent twice and none is left out.
     *
     * @param record the number of the last one, as {@link NodeMetric#RECORD} told it; 0 for none
     */
    public static byte[] received(long record, long epochMillis) {
        return command(
                NodeMetric.RECEIVED,
                Metric.newBuilder().setTimestamp(epochMillis).setLongValue(record),
                epochMillis);
    }

    /** Sets the dead-bands. */
    public static byte[] deadBands(DeadBands bands, long epochMillis) {
        return command(
                NodeMetric.DEAD_BANDS,
                Metric.newBuilder().setTimestamp(epochMillis).setStringValue(bands.toString()),
                epochMillis);
    }

    /** By name and not by alias, so that it is understood by a board whose birth was not heard. */
    private static byte[] command(NodeMetric metric, Metric.Builder value, long epochMillis) {
        return Payload.newBuilder()
                .setTimestamp(epochMillis)
                .addMetrics(value.setName(metric.wireName())
                        .setDatatype(metric.datatype().number()))
                .build()
                .toByteArray();
    }
}
