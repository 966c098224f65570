package io.spikelet.telemetry;

/** The Sparkplug group that a board belongs to; collectors choose their boards by it. */
public final class SparkplugGroup {
    /** Of a board that was told no other. */
    public static final String USUAL = "spikelet";

    private static final int MOST_CHARACTERS = 64;

    /** In this place of a topic it would be a host's state. */
    private static final String RESERVED = "STATE";

    private SparkplugGroup() {}

    /**
     * Checks a group that a person gave.
     *
     * @return the same
     * @throws IllegalArgumentException with a sentence for that person
     */
    public static String require(String group) {
        boolean fits = !group.isBlank()
                && group.length() <= MOST_CHARACTERS
                && group.equals(group.strip())
                && !group.matches("(?s).*[/+#\\p{Cntrl}].*");
        if (!fits || group.equals(RESERVED)) {
            String shown = group.substring(0, Math.min(group.length(), 2 * MOST_CHARACTERS));
            throw new IllegalArgumentException("a board's group is 1 to " + MOST_CHARACTERS
                    + " characters without / + #, without blanks at its ends, and not " + RESERVED + ", not \""
                    + shown.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        return group;
    }
}
