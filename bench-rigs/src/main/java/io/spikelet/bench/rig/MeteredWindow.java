package io.spikelet.bench.rig;

import io.spikelet.bench.energy.BoardWindow;

/**
 * A window that a meter recorded.
 *
 * @param sample that was loaded, its number in the data
 * @param inferences in it
 * @param answer of the device
 * @param afterNanos of the meter's clock, before the command was sent
 * @param untilNanos of the meter's clock, when the window was over for sure
 * @param askedNanos {@link System#nanoTime} before the command was sent
 * @param answeredNanos {@link System#nanoTime} when the device was ready for the next
 */
record MeteredWindow(
        int sample,
        int inferences,
        Dut.Inference answer,
        long afterNanos,
        long untilNanos,
        long askedNanos,
        long answeredNanos) {
    /** What the board knows of it. */
    BoardWindow board() {
        return answer.timed() && answer.micros() > 0
                ? BoardWindow.timed(inferences, answer.micros() / 1e6)
                : BoardWindow.untimed(inferences);
    }
}
