package io.spikelet.engine;

import io.spikelet.engine.gather.Family;

/** Which kernels an engine runs on. The answer is the same bit for bit, whichever it is. */
public enum Kernels {
    /** The plain kernels that define the result; every layer's values and membranes can be looked at. */
    REFERENCE,
    /** Several outputs in a {@code long}, in plain Java. */
    SWAR,
    /** The vector API; refused where the JVM was started without jdk.incubator.vector. */
    VECTOR,
    /** SWAR at once; vector kernels as soon as they were compiled in the background, where there are any. */
    BEST;

    /** Whether this JVM can run them. */
    public boolean isPresent() {
        return this != VECTOR || Family.VECTOR.isPresent();
    }

    /** The fastest that this JVM can run from the first call on, without a change on the way: for long work. */
    public static Kernels fastest() {
        return VECTOR.isPresent() ? VECTOR : SWAR;
    }

    /** The family to begin with. */
    Family family() {
        return this == VECTOR ? Family.VECTOR : Family.SWAR;
    }
}
