package io.spikelet.engine;

import io.spikelet.engine.gather.Family;

/** A kernel that has several families of twins and may change between two samples. */
interface FastKernel extends Kernel {
    /** Lays weights and state out for a family; forgets the sample before. */
    void use(Family family);

    /** Keeps ready what another kernel of the same layer has laid out; any thread may call it, once. */
    void adopt(FastKernel warm);

    /** Changes to what was kept ready, between two samples. */
    void change();

    /** The loops at work, by name. */
    String loops();

    /** Bytes of weights in the layout in use. */
    long weightBytes();
}
