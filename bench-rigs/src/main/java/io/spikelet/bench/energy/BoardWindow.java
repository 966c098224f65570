package io.spikelet.bench.energy;

/**
 * What the board, or who drives it, knows of a measured window.
 *
 * @param inferences how many were made in it, 1 or more
 * @param seconds how long it took by the board's own clock (its lap timestamps); NaN when it does not tell, as in energy mode
 * @param throttled whether the board said that it was throttled within it
 */
public record BoardWindow(long inferences, double seconds, boolean throttled) {
    /** Checks the ranges. */
    public BoardWindow {
        if (inferences < 1 || seconds <= 0) {
            throw new IllegalArgumentException(
                    "a window holds inferences and takes time: inferences=" + inferences + ", seconds=" + seconds);
        }
    }

    /** A window of a board that says nothing of its time. */
    public static BoardWindow untimed(long inferences) {
        return new BoardWindow(inferences, Double.NaN, false);
    }

    /** A window between two lap timestamps. */
    public static BoardWindow timed(long inferences, double seconds) {
        return new BoardWindow(inferences, seconds, false);
    }

    /** Whether the board told how long it took. */
    public boolean isTimed() {
        return !Double.isNaN(seconds);
    }
}
