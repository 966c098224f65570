package io.spikelet.learn;

import io.spikelet.engine.rows.RowArithmetic;
import io.spikelet.fixedpoint.SeededRandom;
import java.nio.ByteBuffer;

/** How gradients change the weights of one layer: small steps of shadow weights, or flips of binary ones. */
interface WeightChange {
    /** Changes the loop, never a bit. */
    void use(RowArithmetic rows);

    /**
     * Changes the weights of one row.
     *
     * @param row where it begins
     * @param gradient (rows, filters) of which this row is read
     * @param rate (filters) from {@code firstFilter}, weight change for a gradient of 1.0, · 2^10
     */
    void change(int row, int[] gradient, long[] rate, int firstFilter, SeededRandom random);

    /** How far a weight is from the image's, 2^−8 weight LSBs. */
    int of(int weight);

    /** Back to the weights that came with the image. */
    void reset();

    int stateBytes();

    void save(ByteBuffer into);

    /** @return false when a stored value is beyond its bound */
    boolean restore(ByteBuffer from);
}
