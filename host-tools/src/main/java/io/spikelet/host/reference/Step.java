package io.spikelet.host.reference;

/** One node's work in one time step, from the buffer it reads to the buffer it owns. */
interface Step {
    void run();

    /** Whether nothing is kept from step to step. */
    default boolean isStateless() {
        return true;
    }

    /** Returns to the state before t = 0. */
    default void reset() {}
}
