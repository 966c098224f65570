package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/** The families of fast kernels. They differ in speed and in memory, never in a bit. */
public enum Family {
    /** Loops to be read; what the others are held to. */
    PLAIN,
    /** Several outputs in a {@code long}; plain Java, fast from the first call on. */
    SWAR,
    /** The vector API; fastest once compiled, absent where the module jdk.incubator.vector is. */
    VECTOR;

    /** Whether this JVM has what the family needs. */
    public boolean isPresent() {
        return this != VECTOR
                || ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** @param threshold the lowest firing sums, or null where sums are wanted */
    Tiles tiles(WeightRows rows, int[] threshold, boolean valued) {
        return switch (this) {
            case PLAIN -> new PlainTiles(rows, threshold);
            case SWAR -> valued ? new ValueSwarTiles(rows, threshold) : new SwarTiles(rows, threshold);
            case VECTOR -> VectorFamily.tiles(rows, threshold, valued);
        };
    }

    Lister lister() {
        return this == VECTOR ? VectorFamily.lister() : Lister.Plain.LISTER;
    }

    Membranes membranes(Operation.Neuron neuron, Shape shape, int stride) {
        return this == VECTOR ? VectorFamily.membranes(neuron, shape, stride) : new Membranes(neuron, shape, stride);
    }
}
