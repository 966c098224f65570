package io.spikelet.host.reference;

/** One node's work in one time step, from the buffer it reads to the buffer it owns. */
interface Step {
    void run();
}
