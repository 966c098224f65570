package io.spikelet.model;

/**
 * What values a layer's output may take: the declared maximum from which the accumulator bounds of the
 * layers behind it are proved.
 *
 * @param kind how the values are read
 * @param maximum the largest absolute value; 1 for {@link Kind#BIT}
 */
public record EdgeDomain(Kind kind, int maximum) {

    public static final EdgeDomain SPIKE = new EdgeDomain(Kind.BIT, 1);

    /** How the values of an edge are read. */
    public enum Kind {
        /** 0 or 1. */
        BIT,
        /** 0 to the maximum. */
        UNSIGNED,
        /** −maximum to maximum. */
        SIGNED,
        /** A spike's time, 0 to the maximum; the maximum says that there was no spike. */
        TIME
    }

    public EdgeDomain {
        if (maximum < 1) {
            throw new IllegalArgumentException("maximum must be 1 or more: maximum=" + maximum);
        }
        if (kind == Kind.BIT && maximum != 1) {
            throw new IllegalArgumentException("a bit edge has maximum 1: maximum=" + maximum);
        }
    }

    public static EdgeDomain unsigned(int maximum) {
        return new EdgeDomain(Kind.UNSIGNED, maximum);
    }

    public static EdgeDomain time(int window) {
        return new EdgeDomain(Kind.TIME, window);
    }

    public static EdgeDomain signed(int maximum) {
        return new EdgeDomain(Kind.SIGNED, maximum);
    }
}
