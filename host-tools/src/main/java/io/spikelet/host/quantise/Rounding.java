package io.spikelet.host.quantise;

/** Turns the weights of a row into integers of a given scale. */
interface Rounding {
    /**
     * Rounds {@code from} to {@code from + length − 1}.
     *
     * @param scale the real value of one LSB
     * @param limit the largest absolute code
     * @param codes takes them at the same places
     */
    void round(float[] weights, int from, int length, float scale, int limit, byte[] codes);

    /** How wrong the row becomes with a scale; comparable between scales of one row. */
    double error(float[] weights, int from, int length, float scale, int limit);
}
