package io.spikelet.host.fleet.sparkplug;

import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;

/** Payloads as a node with two metrics sends them: a double by alias 1, a text by alias 2. */
public final class NodeMessages {
    public static final String REAL = "Some/Real";
    public static final String TEXT = "Some/Text";

    private static final int INT64 = 4;
    private static final int DOUBLE = 10;
    private static final int STRING = 12;

    private NodeMessages() {}

    public static byte[] birth(long time, int bdSeq, double real, String text) {
        return Payload.newBuilder()
                .setTimestamp(time)
                .setSeq(0)
                .addMetrics(
                        Metric.newBuilder().setName("bdSeq").setDatatype(INT64).setLongValue(bdSeq))
                .addMetrics(Metric.newBuilder()
                        .setName(REAL)
                        .setAlias(1)
                        .setTimestamp(time)
                        .setDatatype(DOUBLE)
                        .setDoubleValue(real))
                .addMetrics(Metric.newBuilder()
                        .setName(TEXT)
                        .setAlias(2)
                        .setTimestamp(time)
                        .setDatatype(STRING)
                        .setStringValue(text))
                .build()
                .toByteArray();
    }

    public static byte[] data(long time, int seq, double real) {
        return data(time, seq, real, false);
    }

    public static byte[] data(long time, int seq, double real, boolean historical) {
        return Payload.newBuilder()
                .setTimestamp(time)
                .setSeq(seq)
                .addMetrics(Metric.newBuilder()
                        .setAlias(1)
                        .setTimestamp(time)
                        .setIsHistorical(historical)
                        .setDoubleValue(real))
                .build()
                .toByteArray();
    }

    public static byte[] death(int bdSeq) {
        return Payload.newBuilder()
                .setTimestamp(1)
                .addMetrics(
                        Metric.newBuilder().setName("bdSeq").setDatatype(INT64).setLongValue(bdSeq))
                .build()
                .toByteArray();
    }
}
