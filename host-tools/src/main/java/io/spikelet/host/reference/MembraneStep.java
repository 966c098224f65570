package io.spikelet.host.reference;

/** A step that integrates. */
interface MembraneStep extends Step {
    /** (neurons) after the latest step; the step's own. */
    float[] membrane();

    /** (neurons) of synaptic current after the latest step, or empty. */
    default float[] current() {
        return new float[0];
    }

    @Override
    default boolean isStateless() {
        return false;
    }
}
