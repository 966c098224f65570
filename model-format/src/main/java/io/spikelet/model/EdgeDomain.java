package io.spikelet.model;

/**
 * What values a layer's output may take: the declared minimum and maximum from which the accumulator bounds of the
 * layers behind it are proved.
 *
 * @param kind how the values are read
 * @param minimum the least value, −maximum..−1 for {@link Kind#SIGNED}, 0 for all else
 * @param maximum the largest absolute value; 1 for {@link Kind#BIT}
 */
public record EdgeDomain(Kind kind, int minimum, int maximum) {

    public static final EdgeDomain SPIKE = new EdgeDomain(Kind.BIT, 1);

    /** How the values of an edge are read. */
    public enum Kind {
        /** 0 or 1. */
        BIT,
        /** 0 to the maximum. */
        UNSIGNED,
        /** The minimum to the maximum. */
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
        if (kind == Kind.SIGNED ? minimum >= 0 || minimum < -maximum : minimum != 0) {
            throw new IllegalArgumentException("a signed edge has a minimum of -maximum to -1, any other of 0: minimum="
                    + minimum + " maximum=" + maximum);
        }
    }

    /** As far below 0 as above it where the kind is signed. */
    public EdgeDomain(Kind kind, int maximum) {
        this(kind, kind == Kind.SIGNED ? -maximum : 0, maximum);
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

    /** @param minimum −maximum..−1 */
    public static EdgeDomain signed(int minimum, int maximum) {
        return new EdgeDomain(Kind.SIGNED, minimum, maximum);
    }

    /** Whether a signed edge goes less far below 0 than above. */
    public boolean isLopsided() {
        return kind == Kind.SIGNED && minimum != -maximum;
    }

    /** Kind and ends in words, such as {@code SIGNED -1..5}; of edges as far below 0 as above, {@code SIGNED 5}. */
    public String words() {
        return isLopsided() ? kind + " " + minimum + ".." + maximum : kind + " " + maximum;
    }
}
