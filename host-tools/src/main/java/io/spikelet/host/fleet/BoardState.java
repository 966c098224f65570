package io.spikelet.host.fleet;

/** What a collector knows of a board's connection. */
public enum BoardState {
    /** Born, and not heard to die since. */
    ONLINE,
    /** Its death was heard. */
    OFFLINE,
    /** The collector itself was away since the last message, or never heard a birth. */
    STALE
}
