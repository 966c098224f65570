package io.spikelet.hal;

import java.util.regex.Pattern;

/** The names that every store takes, so that what works on one works on all. */
public final class StoreNames {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private StoreNames() {}

    /**
     * The name itself.
     *
     * @throws IllegalArgumentException when it is not 1..100 characters of {@code a-z 0-9 . _ -}
     */
    public static String require(String name) {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a file name is 1..100 of a-z 0-9 . _ -, beginning with a letter or" + " digit: name=" + name);
        }
        return name;
    }
}
