package io.spikelet.host.reference;

/** A step that integrates. */
interface MembraneStep extends Step {
    /** (neurons) after the latest step; the step's own. */
    float[] membrane();

    /** (neurons) as the latest step compared them, before any reset. */
    float[] integrated();

    /** (neurons) what reached them in the latest step. */
    float[] arriving();

    NeuronLaw law();

    /** (neurons) what the latest step first multiplied the membranes by, or empty where nothing gates them. */
    default float[] gate() {
        return new float[0];
    }

    /** @param spikes (neurons) not 0 where one fires whatever its membrane says; the caller's own, read in each step */
    void impose(int[] spikes);

    /** (neurons) of synaptic current after the latest step, or empty. */
    default float[] current() {
        return new float[0];
    }

    @Override
    default boolean isStateless() {
        return false;
    }
}
