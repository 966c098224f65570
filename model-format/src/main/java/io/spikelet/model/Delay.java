package io.spikelet.model;

/**
 * Gives what its source gave some steps ago, 0 before the first.
 *
 * @param steps 0..{@value #MAX_STEPS}; one value, one a channel or one a value of the source (see {@link Parameter})
 */
public record Delay(int[] steps) implements Operation {
    public static final int MAX_STEPS = 1024;
}
