package io.spikelet.hal.coprocessor;

/**
 * Weights that a learner changes in their place, by pulses that nobody verifies: what arrives is what the cells make of it.
 * One thread at a time.
 */
public interface PulsedWeights {
    /**
     * Asks a weight to change. The controller keeps the code that it believes in, clamps it to {@link #leastCode} and {@link
     * #mostCode}, and gives the weight's cells as many pulses as the change would take were they linear. Cells that are stuck
     * or worn out take the pulses and stay.
     *
     * @param delta in weight LSBs
     */
    void update(int input, int output, int delta);

    /** @return the code that the controller believes in */
    int code(int input, int output);

    /** @return one read of the weight's cells, in weight LSBs */
    double read(int input, int output);

    /** @return the lowest code that the mapping holds */
    int leastCode();

    /** @return the highest code that the mapping holds */
    int mostCode();

    /** @return cells that no pulse moves any more since they were pulsed too often */
    int wornCells();

    /**
     * Works out the lines again. Until then a pulsed cell's effective conductance counts as changed in proportion to its
     * own, which is exact where lines have no resistance.
     */
    void settle();
}
