package io.spikelet.host.report;

/**
 * Why a neuron fired in one network and not in the other (docs/quantisation.md, Q10): the first of these that, added to
 * those before it, turns float's decision into the integers'.
 *
 * @param kind what it was
 * @param upstream for {@link Kind#INPUT} the layer whose spikes had differed before; else empty
 */
public record DivergenceCause(Kind kind, String upstream) {

    /** In the order in which they are tried. */
    public enum Kind {
        /** On the spikes that the integer network had got, float decides as the integers do. */
        INPUT("what reached it had already diverged"),
        /** The membrane lay at the threshold within what float32 can tell: either is right. */
        TIE("a tie: float32 cannot tell the membrane from the threshold"),
        /** What the rounded weights, gains and biases bring. */
        WEIGHTS("rounding of the weights"),
        /** Leaks, gates, offsets and resets of 15 fractional bits. */
        LEAK("rounding of the leak"),
        /** The threshold as an integer. */
        THRESHOLD("rounding of the threshold"),
        /** A membrane of whole LSBs at every step. */
        MEMBRANE("rounding of the membrane");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static DivergenceCause of(Kind kind) {
        return new DivergenceCause(kind, "");
    }

    /** In words that end a sentence. */
    public String words() {
        return kind.words + (upstream.isEmpty() ? "" : ", in '" + upstream + "'");
    }
}
