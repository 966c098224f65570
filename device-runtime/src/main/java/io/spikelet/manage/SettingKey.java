package io.spikelet.manage;

/**
 * A setting that a board knows.
 *
 * @param name as {@code subject/matter}, at most {@link #MAX_NAME} characters
 * @param absent the value while nobody has set another
 * @param effect when another value holds
 * @param rule what a value may be
 */
public record SettingKey(String name, String absent, Effect effect, Rule rule) {

    /** The most characters of a name. */
    public static final int MAX_NAME = 64;

    /** The most bytes of a value in UTF-8. */
    public static final int MAX_VALUE = 256;

    /** When another value holds. */
    public enum Effect {
        /** As soon as it is committed. */
        AT_ONCE,
        /** At the board's next reset. */
        AT_RESET
    }

    /** Decides which values may be. */
    public interface Rule {

        /**
         * Checks a value.
         *
         * @throws IllegalArgumentException when it may not be, with a sentence that says what may
         */
        void check(String value);
    }

    /** A whole number within bounds, as decimal digits. */
    public static Rule number(long least, long most) {
        return value -> {
            if (!value.matches("-?\\d{1,18}") || Long.parseLong(value) < least || Long.parseLong(value) > most) {
                throw new IllegalArgumentException("must be " + least + " to " + most + ", not \"" + value + "\"");
            }
        };
    }

    /** One of some words. */
    public static Rule oneOf(String... words) {
        return value -> {
            for (String word : words) {
                if (word.equals(value)) {
                    return;
                }
            }
            throw new IllegalArgumentException(
                    "must be one of " + String.join(", ", words) + ", not \"" + value + "\"");
        };
    }

    /** What stands before the slash. */
    String subject() {
        return name.substring(0, name.indexOf('/'));
    }
}
