package io.spikelet.bench.energy;

/**
 * Something that a reader of a result must know.
 *
 * @param kind what was found
 * @param refuses whether no result, or none of that window, is stated because of it
 * @param window from 1, or 0 when it concerns all
 * @param sentence what, where, and what to do
 */
public record Finding(Kind kind, boolean refuses, int window, String sentence) {
    /** What can be found. */
    public enum Kind {
        /** Too few samples in a window to speak of its energy. */
        TOO_FEW_SAMPLES,
        /** The meter's rate and the inferences' are in step, so that the same moments are seen again and again. */
        ALIASING,
        /** The supply's voltage dipped. */
        BROWN_OUT,
        /** The board became slower or changed its power from window to window, or said that it was throttled. */
        THROTTLING,
        /** Windows differ by more than the limit. */
        SCATTER,
        /** The current came to the end of the meter's range. */
        OVER_RANGE,
        /** The meter's and the board's clock differ by more than they promise. */
        CLOCK_DRIFT,
        /** Samples are missing; the gap is bridged, or its window refused. */
        LOST_SAMPLES,
        /** The recording does not hold the whole window, or the window is too short. */
        WINDOW_LENGTH,
        /** With one window alone nobody knows how much runs differ. */
        SINGLE_WINDOW,
        /** Fewer windows count than a result needs. */
        TOO_FEW_WINDOWS,
        /** Load and idle cannot be told apart. */
        NO_NET_LOAD
    }
}
