package io.spikelet.engine;

import io.spikelet.engine.gather.Family;

/** A kernel that has several families of twins and may change between two samples. */
interface FastKernel extends Kernel {
    /** Lays weights and state out for a family; forgets the sample before. */
    void use(Family family);

    /** Bytes of weights in the layout in use. */
    long weightBytes();
}
