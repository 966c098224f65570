package io.spikelet.bench.fleet;

import io.spikelet.hal.mqtt.Will;
import io.spikelet.sparkplug.wire.Metric;
import io.spikelet.sparkplug.wire.Payload;
import io.spikelet.telemetry.BoardMetric;
import java.util.SplittableRandom;

/**
 * What one simulated board tells: a birth with all metrics of a real one, then each second the number of the message and
 * four figures that wander as real ones do.
 */
final class BoardTelemetry {
    /** Counts messages from 0, so that a store can be asked which arrived. */
    static final String COUNT = "Bench/Count";

    private static final int INT64 = 4;
    private static final int UINT64 = 8;
    private static final int DOUBLE = 10;
    private static final int BOOLEAN = 11;
    private static final int STRING = 12;
    private static final BoardMetric[] METRICS = BoardMetric.values();
    private static final long COUNT_ALIAS = METRICS.length + 2L;
    private static final long REBIRTH_ALIAS = METRICS.length + 1L;

    private final String group;
    private final String name;
    private final SplittableRandom random;
    private double accuracy;
    private double energy;
    private double latency;
    private double spikes;
    private int sequence;
    private long count = -1;

    BoardTelemetry(String group, String name, long seed) {
        this.group = group;
        this.name = name;
        random = new SplittableRandom(seed);
        accuracy = 0.9 + 0.08 * random.nextDouble();
        energy = 180 + 80 * random.nextDouble();
        latency = 200 + 60 * random.nextDouble();
        spikes = 900 + 400 * random.nextDouble();
    }

    String id() {
        return group + "/" + name;
    }

    String topic(String type) {
        return "spBv1.0/" + group + "/" + type + "/" + name;
    }

    /** Messages with a count so far. */
    long sent() {
        return count + 1;
    }

    Will will(long now) {
        return new Will(
                topic("NDEATH"),
                Payload.newBuilder()
                        .setTimestamp(now)
                        .addMetrics(birthNumber(now))
                        .build()
                        .toByteArray(),
                1,
                false);
    }

    byte[] birth(long now) {
        sequence = 0;
        Payload.Builder payload =
                Payload.newBuilder().setTimestamp(now).setSeq(0).addMetrics(birthNumber(now));
        payload.addMetrics(Metric.newBuilder()
                .setName("Node Control/Rebirth")
                .setAlias(REBIRTH_ALIAS)
                .setTimestamp(now)
                .setDatatype(BOOLEAN)
                .setBooleanValue(false));
        payload.addMetrics(
                metric(COUNT_ALIAS, now).setName(COUNT).setDatatype(INT64).setLongValue(count));
        for (BoardMetric metric : METRICS) {
            Metric.Builder built = metric(metric.ordinal() + 1L, now).setName(metric.wireName());
            switch (metric) {
                case MODEL_NAME -> built.setDatatype(STRING).setStringValue("digits");
                case MODEL_VERSION -> built.setDatatype(STRING).setStringValue("1.0.0");
                case MODEL_DIGEST, LAST_START, ADAPTATION_EVENTS, ADAPTATION_EVENT_COUNTS ->
                    built.setDatatype(STRING).setStringValue("simulated");
                case ACCURACY -> built.setDatatype(DOUBLE).setDoubleValue(accuracy);
                case ENERGY -> built.setDatatype(DOUBLE).setDoubleValue(energy);
                case SPIKES -> built.setDatatype(DOUBLE).setDoubleValue(spikes);
                case LATENCY -> built.setDatatype(UINT64).setLongValue((long) latency);
                case TEMPERATURE -> built.setDatatype(DOUBLE).setDoubleValue(47);
                case DRIFT_ALARMS -> built.setDatatype(UINT64).setLongValue(0);
                default -> built.setDatatype(DOUBLE).setIsNull(true);
            }
            payload.addMetrics(built);
        }
        return payload.build().toByteArray();
    }

    byte[] data(long now) {
        sequence = sequence + 1 & 0xff;
        count++;
        accuracy = Math.clamp(accuracy + 0.004 * (random.nextDouble() - 0.5), 0.5, 1);
        energy = Math.max(50, energy + 2 * (random.nextDouble() - 0.5));
        latency = Math.max(100, latency + 4 * (random.nextDouble() - 0.5));
        spikes = Math.max(100, spikes + 10 * (random.nextDouble() - 0.5));
        return Payload.newBuilder()
                .setTimestamp(now)
                .setSeq(sequence)
                .addMetrics(metric(COUNT_ALIAS, now).setLongValue(count))
                .addMetrics(metric(BoardMetric.ACCURACY.ordinal() + 1L, now).setDoubleValue(accuracy))
                .addMetrics(metric(BoardMetric.ENERGY.ordinal() + 1L, now).setDoubleValue(energy))
                .addMetrics(metric(BoardMetric.LATENCY.ordinal() + 1L, now).setLongValue((long) latency))
                .addMetrics(metric(BoardMetric.SPIKES.ordinal() + 1L, now).setDoubleValue(spikes))
                .build()
                .toByteArray();
    }

    private static Metric.Builder metric(long alias, long now) {
        return Metric.newBuilder().setAlias(alias).setTimestamp(now);
    }

    private static Metric birthNumber(long now) {
        return Metric.newBuilder()
                .setName("bdSeq")
                .setTimestamp(now)
                .setDatatype(INT64)
                .setLongValue(0)
                .build();
    }
}
