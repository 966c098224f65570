package io.spikelet.telemetry;

import java.util.Optional;

/** What a board tells of its telemetry, and what may be commanded. The aliases follow those of {@link BoardMetric}. */
public enum NodeMetric {
    /** A command: true asks for a birth. */
    REBIRTH("Node Control/Rebirth", Datatype.BOOLEAN, true),
    /** A command: the text of {@link DeadBands}. */
    DEAD_BANDS("Node Control/Dead Bands", Datatype.STRING, true),
    /** What became of the last command: done, or why it was refused. */
    LAST_COMMAND("Node Control/Last Command", Datatype.STRING, false),
    /** A command, soon after a birth: the number of the last record that the host has. */
    RECEIVED("Telemetry/Received", Datatype.UINT64, true),
    /** In data: the number of this record, one above the one before; in a birth: of the last one made. */
    RECORD("Telemetry/Record", Datatype.UINT64, false),
    /** Records that wait to be sent. */
    STORED("Telemetry/Stored", Datatype.UINT64, false),
    /** Records that were never sent for want of room, since the board was provisioned. */
    DROPPED("Telemetry/Dropped", Datatype.UINT64, false),
    /** Whether records were sent that may not have arrived; they are sent again unless the host says what it has. */
    IN_DOUBT("Telemetry/In Doubt", Datatype.BOOLEAN, false),
    /** Whether the board's clock was set. */
    CLOCK_KNOWN("Board/ClockKnown", Datatype.BOOLEAN, false),
    /** How often the clock was set by a second or more while it was known, since the start. */
    CLOCK_STEPS("Board/ClockSteps", Datatype.UINT64, false);

    private final String wireName;
    private final Datatype datatype;
    private final boolean writable;

    NodeMetric(String wireName, Datatype datatype, boolean writable) {
        this.wireName = wireName;
        this.datatype = datatype;
        this.writable = writable;
    }

    /** The name in a birth. */
    public String wireName() {
        return wireName;
    }

    Datatype datatype() {
        return datatype;
    }

    boolean isWritable() {
        return writable;
    }

    long alias() {
        return BoardMetric.values().length + ordinal() + 1L;
    }

    static Optional<NodeMetric> ofWireName(String name) {
        for (NodeMetric metric : values()) {
            if (metric.wireName.equals(name)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    static Optional<NodeMetric> ofAlias(long alias) {
        long index = alias - BoardMetric.values().length - 1;
        return index >= 0 && index < values().length ? Optional.of(values()[(int) index]) : Optional.empty();
    }
}
