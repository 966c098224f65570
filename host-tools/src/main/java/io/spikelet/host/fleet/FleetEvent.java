package io.spikelet.host.fleet;

/**
 * Something that happened to a board.
 *
 * @param time ms since 1970, by the collector's clock
 * @param text in words, for a person
 */
public record FleetEvent(BoardId board, long time, Kind kind, String text) {

    /** What happened. */
    public enum Kind {
        BORN,
        DIED,
        /** Messages are missing. */
        GAP,
        /** Another model serves than before. */
        MODEL,
        /** What the last start did to the slots, a revert above all. */
        START,
        /** A bench measured it. */
        MEASURED
    }
}
