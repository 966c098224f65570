package io.spikelet.hal.attach;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One meter in words: {@code KIND}, or {@code KIND:PLACE}, then {@code ,NAME=VALUE} pairs, such as {@code
 * ina226,bus=1,address=0x40} or {@code um25c:/dev/rfcomm0,accuracy=1%}. What somebody does not ask for by one of these
 * methods is refused by {@link #requireAllUsed}. Each wrong word is an {@link IllegalArgumentException} of one sentence.
 */
public final class MeterWords {
    private static final double PERCENT = .01;

    private final String text;
    private final String kind;
    private final String place;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private MeterWords(String text, String kind, String place) {
        this.text = text;
        this.kind = kind;
        this.place = place;
    }

    /** Takes words apart; what they mean is not looked at. */
    public static MeterWords parse(String text) {
        String[] words = text.split(",", -1);
        String head = words[0].strip();
        int colon = head.indexOf(':');
        String rest = colon < 0 ? "" : head.substring(colon + 1);
        // sim:seed=3 is the same as sim,seed=3; a place may hold = too, but then it has a slash before it
        boolean pair = rest.matches("[a-z-]+=.*");
        MeterWords parsed = new MeterWords(text, colon < 0 ? head : head.substring(0, colon), pair ? "" : rest);
        if (pair) {
            parsed.add(rest);
        }
        for (int i = 1; i < words.length; i++) {
            parsed.add(words[i].strip());
        }
        return parsed;
    }

    private void add(String word) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("the meter \"" + text + "\" has \"" + word + "\" where NAME=VALUE belongs");
        }
        if (values.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
            throw new IllegalArgumentException("the meter \"" + text + "\" says " + word.substring(0, equals) + " twice");
        }
    }

    /** What comes first, such as {@code ina226}. */
    public String kind() {
        return kind;
    }

    /** What stands behind the colon; empty when there is none. */
    public String place() {
        return place;
    }

    /**
     * The same where there must be one.
     *
     * @param form what to give, such as {@code um25c:/dev/rfcomm0}
     */
    public String requirePlace(String form) {
        if (place.isEmpty()) {
            throw new IllegalArgumentException("the meter \"" + text + "\" does not say where; give " + form);
        }
        return place;
    }

    /** Whether a value is given. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A value as it stands. */
    public String word(String name, String otherwise) {
        used.add(name);
        return values.getOrDefault(name, otherwise);
    }

    /** A number with a point, such as {@code 5.0}; {@code 1%} is a hundredth. */
    public double number(String name, double otherwise) {
        String value = word(name, null);
        if (value == null) {
            return otherwise;
        }
        try {
            boolean percent = value.endsWith("%");
            double number = Double.parseDouble(percent ? value.substring(0, value.length() - 1) : value);
            if (Double.isFinite(number)) {
                return percent ? number * PERCENT : number;
            }
        } catch (NumberFormatException e) {
            throw noNumber(name, value);
        }
        throw noNumber(name, value);
    }

    /** The same, which must be above 0. */
    public double positive(String name, double otherwise) {
        double number = number(name, otherwise);
        if (values.containsKey(name) && !(number > 0)) {
            throw new IllegalArgumentException("the meter \"" + text + "\" needs a " + name + " above 0");
        }
        return number;
    }

    /** A whole number, decimal or hexadecimal after {@code 0x}. */
    public int whole(String name, int otherwise) {
        String value = word(name, null);
        try {
            return value == null ? otherwise : Integer.decode(value);
        } catch (NumberFormatException e) {
            throw noNumber(name, value);
        }
    }

    private IllegalArgumentException noNumber(String name, String value) {
        return new IllegalArgumentException("the meter \"" + text + "\" has no number in " + name + "=" + value);
    }

    /** @throws IllegalArgumentException when a name is given that nobody asked for, such as a misspelt one */
    public void requireAllUsed() {
        for (String name : values.keySet()) {
            if (!used.contains(name)) {
                throw new IllegalArgumentException("the meter " + kind + " knows no \"" + name + "\"; it knows "
                        + String.join(", ", used.stream().sorted().toList()));
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
