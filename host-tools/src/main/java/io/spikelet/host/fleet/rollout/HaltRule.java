package io.spikelet.host.fleet.rollout;

import io.spikelet.host.fleet.BoardFigure;
import io.spikelet.host.fleet.BoardRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a roll-out halts, as a person writes it: {@code accuracy<0.9}, {@code accuracy<before-0.05},
 * {@code latency>before*1.5}, {@code offline}, {@code offline>10%}, {@code failed>10%}.
 *
 * @param subject what is looked at
 * @param figure of {@link Subject#FIGURE}; empty otherwise
 * @param above whether more than the bound is an alarm, and not less
 * @param base how the bound follows from what the board told before the image
 * @param bound the number of the rule; a share 0..1 for boards
 * @param text as it was written
 */
public record HaltRule(
        Subject subject, Optional<BoardFigure> figure, boolean above, Base base, double bound, String text) {

    /** What a rule looks at. */
    public enum Subject {
        /** One figure of each board. */
        FIGURE,
        /** The share of the wave's boards that are not online with the image. */
        OFFLINE,
        /** The share of the wave's boards that did not take the image. */
        FAILED
    }

    /** What a bound is counted from. */
    public enum Base {
        NOTHING,
        BEFORE_PLUS,
        BEFORE_TIMES
    }

    private static final Pattern SHARE = Pattern.compile("(offline|failed)(>(\\d{1,3})%)?");
    private static final Pattern FIGURE =
            Pattern.compile("([a-z]+)([<>])(before([+*-]))?(-?\\d{1,12}(?:\\.\\d{1,12})?)");

    /** Any board that does not take the image, or does not come back with it. */
    public static final List<HaltRule> ALWAYS = List.of(parse("failed"), parse("offline"));

    /**
     * Reads rules joined by commas or bars. Those on failed and offline boards stand unless others take their place.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote them
     */
    public static List<HaltRule> parseAll(String texts) {
        List<HaltRule> rules = new ArrayList<>();
        Arrays.stream(texts.split("[,|]"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(text -> rules.add(parse(text)));
        for (HaltRule usual : ALWAYS) {
            if (rules.stream().noneMatch(rule -> rule.subject() == usual.subject())) {
                rules.addFirst(usual);
            }
        }
        return List.copyOf(rules);
    }

    private static HaltRule parse(String text) {
        Matcher share = SHARE.matcher(text);
        if (share.matches()) {
            double percent = share.group(3) == null ? 0 : Integer.parseInt(share.group(3));
            if (percent <= 100) {
                Subject subject = share.group(1).equals("offline") ? Subject.OFFLINE : Subject.FAILED;
                return new HaltRule(subject, Optional.empty(), true, Base.NOTHING, percent / 100, text);
            }
        }
        Matcher rule = FIGURE.matcher(text);
        Optional<BoardFigure> figure = rule.matches() ? BoardFigure.named(rule.group(1)) : Optional.empty();
        if (figure.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" is no rule to halt by; write accuracy<0.9,"
                    + " accuracy<before-0.05, latency>before*1.5, offline>10% or failed>10%; figures are "
                    + Arrays.stream(BoardFigure.values()).map(BoardFigure::word).toList());
        }
        double number = Double.parseDouble(rule.group(5));
        Base base =
                rule.group(4) == null ? Base.NOTHING : rule.group(4).equals("*") ? Base.BEFORE_TIMES : Base.BEFORE_PLUS;
        return new HaltRule(
                Subject.FIGURE,
                figure,
                rule.group(2).equals(">"),
                base,
                "-".equals(rule.group(4)) ? -number : number,
                text);
    }

    /** Whether the rule needs what a board told before the image. */
    boolean needsBefore() {
        return base != Base.NOTHING;
    }

    /**
     * Judges one board by a rule on a figure.
     *
     * @param before what the board told before the image; NaN when it told nothing
     * @return what is wrong, in a sentence; empty when nothing is, or nothing can be said yet
     */
    Optional<String> alarm(BoardRow now, double before) {
        double value = figure.orElseThrow().of(now);
        double limit = limit(before);
        boolean alarm = above ? value > limit : value < limit; // false for NaN
        return alarm
                ? Optional.of(now.id() + ": " + figure.get().word() + " is " + short4(value) + ", the rule " + text
                        + " halts " + (above ? "above " : "below ") + short4(limit))
                : Optional.empty();
    }

    /** Why the rule cannot be judged of a board; empty when it can. */
    Optional<String> unknown(BoardRow now, double before) {
        if (Double.isNaN(figure.orElseThrow().of(now))) {
            return Optional.of(
                    now.id() + " tells no " + figure.get().word() + ", so the rule " + text + " cannot be judged");
        }
        return Double.isNaN(limit(before))
                ? Optional.of(now.id() + " told no " + figure.get().word() + " before, so the rule " + text
                        + " cannot be judged")
                : Optional.empty();
    }

    private double limit(double before) {
        return switch (base) {
            case NOTHING -> bound;
            case BEFORE_PLUS -> before + bound;
            case BEFORE_TIMES -> before * bound;
        };
    }

    private static String short4(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
