package io.spikelet.telemetry;

import java.util.Optional;
import java.util.OptionalLong;

/** A number of the board as SMP's statistics tell it, which know integers alone: in a unit small enough. */
public enum StatField {
    ACCURACY(BoardMetric.ACCURACY, "accuracy_ppm", 1e6),
    LATENCY(BoardMetric.LATENCY, "latency_us", 1),
    SPIKES(BoardMetric.SPIKES, "spikes_milli", 1e3),
    SYNAPTIC_OPERATIONS(BoardMetric.SYNAPTIC_OPERATIONS, "synops_milli", 1e3),
    ENERGY(BoardMetric.ENERGY, "energy_nj", 1e3),
    SAMPLES_LEARNED(BoardMetric.SAMPLES_LEARNED, "learned", 1),
    TEMPERATURE(BoardMetric.TEMPERATURE, "temperature_mc", 1e3),
    ADAPTATION_SAMPLES(BoardMetric.ADAPTATION_SAMPLES, "adapt_samples", 1),
    PROMOTIONS(BoardMetric.PROMOTIONS, "promotions", 1),
    ROLLBACKS(BoardMetric.ROLLBACKS, "rollbacks", 1),
    REFUSED_INPUTS(BoardMetric.REFUSED_INPUTS, "refused_inputs", 1),
    DRIFT_ALARMS(BoardMetric.DRIFT_ALARMS, "drift_alarms", 1),
    GUARD_ACCURACY(BoardMetric.GUARD_ACCURACY, "guard_ppm", 1e6),
    IMAGE_GUARD_ACCURACY(BoardMetric.IMAGE_GUARD_ACCURACY, "image_guard_ppm", 1e6),
    SAMPLES_AT_RISK(BoardMetric.SAMPLES_AT_RISK, "at_risk", 1);

    /** The group in SMP's statistics. */
    public static final String GROUP = "telemetry";

    private final BoardMetric metric;
    private final String key;
    private final double scale;

    StatField(BoardMetric metric, String key, double scale) {
        this.metric = metric;
        this.key = key;
        this.scale = scale;
    }

    public BoardMetric metric() {
        return metric;
    }

    /** The name of the field, which ends in its unit. */
    public String key() {
        return key;
    }

    /** The integer on the wire; empty when there is no value. */
    public OptionalLong encode(Reading reading) {
        return reading.value() instanceof Number number
                ? OptionalLong.of(Math.round(number.doubleValue() * scale))
                : OptionalLong.empty();
    }

    /** The value in the metric's own unit and type. */
    public Object decode(long field) {
        return metric.datatype() == Datatype.DOUBLE ? (Object) (field / scale) : (Object) field;
    }

    /** The field of this name. */
    public static Optional<StatField> ofKey(String key) {
        for (StatField field : values()) {
            if (field.key.equals(key)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
