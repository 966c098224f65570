package io.spikelet.model;

/**
 * One connection into a layer.
 *
 * @param source index of the layer whose output is read
 * @param delay 0 reads this time step's output (the source stands earlier in the list), 1 the previous
 *     step's (a recurrent edge; the source stands at the reader's place or later, so that its
 *     output is still the previous step's when it is read)
 */
public record Inbound(int source, int delay) {
    public Inbound {
        if (source < 0 || delay < 0 || delay > 1) {
            throw new IllegalArgumentException(
                    "an edge has source >= 0 and delay 0 or 1: source=" + source + " delay=" + delay);
        }
    }

    public static Inbound from(int source) {
        return new Inbound(source, 0);
    }

    public static Inbound recurrentFrom(int source) {
        return new Inbound(source, 1);
    }
}
