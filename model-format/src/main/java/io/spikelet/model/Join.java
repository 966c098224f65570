package io.spikelet.model;

/**
 * An element-wise join of spikes (SEW-ResNet, Fang et al., NeurIPS 2021, arXiv 2102.04159). All sources have the layer's
 * shape.
 *
 * @param kind how they are joined
 */
public record Join(Kind kind) implements Operation {

    /** How spikes are joined. */
    public enum Kind {
        /** The sum of two or more sources, each bits or small unsigned or signed integers. */
        ADD,
        /** 1 where all of two or more bit sources fire. */
        AND,
        /** IAND: 1 where the second bit source fires and the first does not, {@code in₁ · (1 − in₀)}. */
        AND_NOT
    }
}
