package io.spikelet.telemetry;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a board tells of itself. The alias on the wire is the ordinal + 1. */
public enum BoardMetric {
    /** The name a person gave the active model. */
    MODEL_NAME("Model/Name", Datatype.STRING),
    MODEL_VERSION("Model/Version", Datatype.STRING),
    /** SHA-256 of header and body of the active image, hex. */
    MODEL_DIGEST("Model/Digest", Datatype.STRING),
    /** What the last start did to the slots, a revert above all. */
    LAST_START("Model/LastStart", Datatype.STRING),
    /** Share correct of the labelled samples in the window, 0..1. */
    ACCURACY("Inference/Accuracy", Datatype.DOUBLE),
    /** Median of the window. */
    LATENCY("Inference/LatencyMicroseconds", Datatype.UINT64),
    /** Mean of the window, all neuron layers and time steps. */
    SPIKES("Inference/Spikes", Datatype.DOUBLE),
    /** Mean of the window, all layers and time steps. */
    SYNAPTIC_OPERATIONS("Inference/SynapticOperations", Datatype.DOUBLE),
    /** Mean of the window. */
    ENERGY("Inference/EnergyMicrojoules", Datatype.DOUBLE),
    SAMPLES_LEARNED("Learning/Samples", Datatype.UINT64),
    TEMPERATURE("Board/TemperatureCelsius", Datatype.DOUBLE),
    /** Samples taken by the adaptation service. */
    ADAPTATION_SAMPLES("Adaptation/Samples", Datatype.UINT64),
    PROMOTIONS("Adaptation/Promotions", Datatype.UINT64),
    ROLLBACKS("Adaptation/Rollbacks", Datatype.UINT64),
    /** Inputs of a stuck sensor. */
    REFUSED_INPUTS("Adaptation/RefusedInputs", Datatype.UINT64),
    DRIFT_ALARMS("Adaptation/DriftAlarms", Datatype.UINT64),
    /** Of the served model on the guard set, 0..1. */
    GUARD_ACCURACY("Adaptation/GuardAccuracy", Datatype.DOUBLE),
    /** Of the image's own weights on it, 0..1. */
    IMAGE_GUARD_ACCURACY("Adaptation/ImageGuardAccuracy", Datatype.DOUBLE),
    /** Samples that a power cut would lose now. */
    SAMPLES_AT_RISK("Adaptation/SamplesAtRisk", Datatype.UINT64),
    /** The last events, oldest first. */
    ADAPTATION_EVENTS("Adaptation/Events", Datatype.STRING),
    ADAPTATION_EVENT_COUNTS("Adaptation/EventCounts", Datatype.STRING);

    private static final Map<String, BoardMetric> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(BoardMetric::wireName, metric -> metric));

    private final String wireName;
    private final Datatype datatype;

    BoardMetric(String wireName, Datatype datatype) {
        this.wireName = wireName;
        this.datatype = datatype;
    }

    /** The name in a birth. */
    public String wireName() {
        return wireName;
    }

    /** The metric of this name, if this runtime has it. */
    public static Optional<BoardMetric> ofWireName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether a value is of this metric's type; null always is. */
    boolean takes(Object value) {
        return value == null
                || switch (datatype) {
                    case STRING -> value instanceof String;
                    case DOUBLE -> value instanceof Double;
                    case INT64, UINT64 -> value instanceof Long;
                    case BOOLEAN -> value instanceof Boolean;
                };
    }

    Datatype datatype() {
        return datatype;
    }

    long alias() {
        return ordinal() + 1L;
    }
}
