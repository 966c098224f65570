package io.spikelet.host.diff;

import java.util.Optional;

/**
 * One thing that differs.
 *
 * @param change whether the second has it, the first had it, or both have it otherwise
 * @param place the layer or node, {@code model} for the whole, or an edge
 * @param what the field
 * @param before what the first says; empty where it was added
 * @param after what the second says; empty where it was removed
 * @param moved figures, for arrays of numbers
 */
public record Difference(Change change, String place, String what, String before, String after, Optional<Moved> moved) {

    /** How the second stands to the first. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }
}
