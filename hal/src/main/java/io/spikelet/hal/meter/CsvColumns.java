package io.spikelet.hal.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which column of a recording is what, told by its header: a quantity and its unit, as {@code time_ms}, {@code Time (ms)},
 * {@code timestamp[ms]} or {@code ms}; digital columns are {@code d0} to {@code d7}, or {@code D0-D7} with eight digits in
 * one column, the first for input 0. Columns of other names are left alone.
 *
 * @param time which column
 * @param nanosDecimals time in nanoseconds is its number times ten to this
 * @param power column of power, −1 for none
 * @param powerUnit W
 * @param voltage column, −1 for none
 * @param voltageUnit V
 * @param current column, −1 for none
 * @param currentUnit A
 * @param digital column of each input, −1 for none
 * @param allDigital column of eight digits, −1 for none
 * @param count how many columns the header names
 */
record CsvColumns(
        int time,
        int nanosDecimals,
        int power,
        double powerUnit,
        int voltage,
        double voltageUnit,
        int current,
        double currentUnit,
        List<Integer> digital,
        int allDigital,
        int count) {

    private static final int INPUTS = 8;
    private static final Pattern HEADING = Pattern.compile(
            "(?<quantity>[a-z][a-z ]*?|d[0-7])[ _]*(?:[\\[(_ ]\\s*(?<unit>[num\u00b5\u03bc]?[swva])\\s*[\\])]?)?");
    private static final Map<String, String> QUANTITIES = Map.ofEntries(
            Map.entry("time", "s"),
            Map.entry("timestamp", "s"),
            Map.entry("t", "s"),
            Map.entry("power", "w"),
            Map.entry("p", "w"),
            Map.entry("voltage", "v"),
            Map.entry("volt", "v"),
            Map.entry("u", "v"),
            Map.entry("current", "a"),
            Map.entry("i", "a"));
    private static final Map<String, String> UNITS_AS_WORDS = Map.of(
            "seconds", "s", "milliseconds", "ms", "microseconds", "us", "nanoseconds", "ns", "watts", "w", "volts", "v",
            "amps", "a", "amperes", "a");

    /** @throws IllegalArgumentException with one sentence about what the header lacks */
    static CsvColumns of(List<String> header) {
        int time = -1;
        int power = -1;
        int voltage = -1;
        int current = -1;
        int allDigital = -1;
        int[] exponents = new int[header.size()];
        List<Integer> digital = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            digital.add(-1);
        }
        for (int i = 0; i < header.size(); i++) {
            String heading = header.get(i).strip().toLowerCase(Locale.ROOT);
            if (heading.matches("d[0-7]")) {
                digital.set(heading.charAt(1) - '0', i);
                continue;
            }
            if (heading.equals("d0-d7")) {
                allDigital = i;
                continue;
            }
            String unit = unit(heading, header.get(i).strip());
            if (unit.isEmpty()) {
                continue;
            }
            exponents[i] = exponent(unit);
            switch (unit.charAt(unit.length() - 1)) {
                case 's' -> time = once(time, i, header);
                case 'w' -> power = once(power, i, header);
                case 'v' -> voltage = once(voltage, i, header);
                default -> current = once(current, i, header);
            }
        }
        if (time < 0) {
            throw new IllegalArgumentException("no column of time; name one time_s, time_ms, time_us or time_ns");
        }
        if (power < 0 && current < 0) {
            throw new IllegalArgumentException(
                    "no column of power or current; name one power_w, or two voltage_v and current_a (also mw, uw, mv, ma, ua, na)");
        }
        return new CsvColumns(
                time,
                exponents[time] + 9,
                power,
                power < 0 ? 1 : Math.pow(10, exponents[power]),
                voltage,
                voltage < 0 ? 1 : Math.pow(10, exponents[voltage]),
                current,
                current < 0 ? 1 : Math.pow(10, exponents[current]),
                List.copyOf(digital),
                allDigital,
                header.size());
    }

    private static int once(int before, int now, List<String> header) {
        if (before >= 0) {
            throw new IllegalArgumentException("the columns \"" + header.get(before).strip() + "\" and \""
                    + header.get(now).strip() + "\" are the same quantity; rename one of them");
        }
        return now;
    }

    /** A unit in lower case, such as {@code ma}; empty for a column that is left alone. */
    private static String unit(String heading, String shown) {
        String word = UNITS_AS_WORDS.get(heading);
        if (word != null) {
            return word;
        }
        if (heading.matches("[num\u00b5\u03bc]?[swva]")) {
            return heading;
        }
        Matcher matcher = HEADING.matcher(heading);
        if (!matcher.matches() || !QUANTITIES.containsKey(matcher.group("quantity"))) {
            return "";
        }
        String kind = QUANTITIES.get(matcher.group("quantity"));
        String unit = matcher.group("unit");
        if (unit == null || !unit.endsWith(kind)) {
            throw new IllegalArgumentException("the column \"" + shown + "\" does not say its unit; name it as "
                    + matcher.group("quantity") + "_m" + kind);
        }
        return unit;
    }

    private static int exponent(String unit) {
        if (unit.length() == 1) {
            return 0;
        }
        return switch (unit.charAt(0)) {
            case 'm' -> -3;
            case 'n' -> -9;
            default -> -6;
        };
    }

    /** Whether any digital column is there. */
    boolean hasDigital() {
        return allDigital >= 0 || digital.stream().anyMatch(column -> column >= 0);
    }
}
