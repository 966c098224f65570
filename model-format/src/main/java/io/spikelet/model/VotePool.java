package io.spikelet.model;

/**
 * {@code out[c] = Σ_{v < voters} in[c·voters + v]}: neighbouring values of a vector speak for one output together.
 *
 * @param voters values an output, 1 or more; divides the size of the source
 */
public record VotePool(int voters) implements Operation {
    public VotePool {
        Requirement.that(voters > 0, "voters must be 1 or more");
    }
}
