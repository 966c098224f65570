package io.spikelet.hal.crossbar;

/**
 * What a kind of memristor does to a conductance that is written into it. Conductances are in µS, times in seconds since the
 * write; whatever is frozen with a cell comes in as {@code z}, drawn once from the normal distribution.
 */
public interface MemristorModel {
    /** @return µS, the standard deviation one second after a single write that aimed at {@code g} */
    double programmingSigma(double g);

    /**
     * @param g µS that the write left
     * @param seconds 0 or more
     * @param z of the cell
     * @return µS, 0 or more
     */
    double aged(double g, double seconds, double z);

    /** @return µS, the standard deviation of one read */
    double readSigma(double g, double seconds);
}
