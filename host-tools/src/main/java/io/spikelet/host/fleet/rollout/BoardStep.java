package io.spikelet.host.fleet.rollout;

import io.spikelet.host.fleet.BoardFigure;
import io.spikelet.host.fleet.BoardId;
import java.util.Map;

/**
 * How far one board is.
 *
 * @param wave from 0
 * @param hash of the image that served before, hex; empty while it is not known, or when none served
 * @param before figures that the board told before the image
 * @param detail what went wrong, in a sentence; empty when nothing did
 */
public record BoardStep(
        BoardId board, int wave, State state, String hash, Map<BoardFigure, Double> before, String detail) {

    public BoardStep {
        before = Map.copyOf(before);
    }

    /** How far. */
    public enum State {
        /** Its wave has not come. */
        WAITING,
        /** The image is on its way, or the board restarts with it. */
        UPDATING,
        /** It serves the image, and goes back at its next restart unless it confirms. */
        TRIAL,
        /** It has confirmed the image. */
        DONE,
        /** It did not take the image. */
        FAILED,
        /** It went back to what served before. */
        REVERTED,
        /** It was to go back and could not be brought to it. */
        STUCK,
        /** It was not online at the beginning, and is left out. */
        SKIPPED
    }

    BoardStep to(State next, String why) {
        return new BoardStep(board, wave, next, hash, before, why);
    }

    BoardStep inWave(int other) {
        return new BoardStep(board, other, state, hash, before, detail);
    }

    BoardStep knowing(String served, Map<BoardFigure, Double> figures) {
        return new BoardStep(board, wave, state, served, figures, detail);
    }

    double before(BoardFigure figure) {
        return before.getOrDefault(figure, Double.NaN);
    }
}
