package io.spikelet.learn;

import io.spikelet.engine.Inference;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.Layer;
import io.spikelet.model.SpikingNetwork;
import java.nio.ByteBuffer;
import java.util.List;

/** What changes in an engine while it learns: gathers what the steps of a sample teach, and applies it. */
interface Plasticity {
    void beginSample();

    /**
     * Takes up one time step, which the engine has just run.
     *
     * @param label the class that is wanted
     * @param pace what of η is used, Q1.15
     */
    void step(int label, SeededRandom random, int pace);

    /** Applies what the sample taught. */
    void endSample(int label, Inference answer, SeededRandom random, int pace);

    /** Back to what came with the image. */
    void reset();

    int stateBytes();

    void save(ByteBuffer into);

    /** @return false when a stored value is beyond its bound; nothing is promised then but after a reset */
    boolean restore(ByteBuffer from);

    /**
     * How far each weight of a layer that learns is from the image's, 2^−8 weight LSBs, in the image's order.
     *
     * @param which of the layers that learn, in the order of the rule
     */
    int[] changes(int which);

    /** Puts what was learned into the layers of the image. */
    void writeTo(SpikingNetwork network, List<Layer> layers);
}
