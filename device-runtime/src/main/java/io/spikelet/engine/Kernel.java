package io.spikelet.engine;

/** Computes one layer's activity at one time step. */
interface Kernel {
    /**
     * Reads the source activities and writes its own. Allocates nothing and throws nothing.
     *
     * @param t the time step, from 0
     */
    void step(int t);

    /** Forgets the sample before: membranes, currents and spikes to 0. */
    void reset();

    /** Additions and multiply-additions that the latest step really did, one for each event and connection. */
    long operations();

    /** Spikes of the latest step, where the kernel is one of neurons. */
    default long spikes() {
        return 0;
    }
}
