package io.spikelet.telemetry;

/** The Sparkplug B datatypes that a board sends. */
enum Datatype {
    INT64(4),
    UINT64(8),
    DOUBLE(10),
    BOOLEAN(11),
    STRING(12);

    private final int number;

    Datatype(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    int number() {
        return number;
    }
}
