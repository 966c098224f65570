package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/** The families of fast kernels. They differ in speed and in memory, never in a bit. */
public enum Family {
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
    Tiles tiles(WeightRows rows, int[] threshold, Source source) {
        if (this == VECTOR) {
            return VectorFamily.tiles(rows, threshold, source);
        }
        if (!source.isValued()) {
            return rows.fuses() ? new FusedRowTiles(rows, threshold) : new SwarTiles(rows, threshold);
        }
        return Nibbles.serve(rows, source) ? new NibbleSwarTiles(rows, threshold) : new ValueSwarTiles(rows, threshold);
    }

    Lister lister() {
        return this == VECTOR ? VectorFamily.lister() : Lister.Plain.LISTER;
    }

    /** What turns bytes into spikes. */
    public Packer packer() {
        return this == VECTOR ? VectorFamily.packer() : Packer.Plain.PACKER;
    }

    Membranes membranes(Operation.Neuron neuron, Shape shape, int stride) {
        return this == VECTOR ? VectorFamily.membranes(neuron, shape, stride) : new Membranes(neuron, shape, stride);
    }
}
