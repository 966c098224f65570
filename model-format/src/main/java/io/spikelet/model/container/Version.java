package io.spikelet.model.container;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a model as MCUboot's header holds it. Ordered by major, minor, revision, then build.
 *
 * @param major 0..255
 * @param minor 0..255
 * @param revision 0..65535
 * @param build 0..4294967295
 */
public record Version(int major, int minor, int revision, long build) implements Comparable<Version> {
    private static final int MAX_U8 = 0xFF;
    private static final int MAX_U16 = 0xFFFF;
    private static final long MAX_U32 = 0xFFFF_FFFFL;

    /** What only people need; a board that reads an image at its start does without. */
    private static final class Grammar {
        /** imgtool's (scripts/imgtool/version.py), with the digits bounded. */
        private static final Pattern TEXT = Pattern.compile(
                "(0|[1-9]\\d{0,9})(?:\\.(0|[1-9]\\d{0,9})(?:\\.(0|[1-9]\\d{0,9})(?:\\+(0|[1-9]\\d{0,9}))?)?)?");
    }

    public Version {
        if (major < 0
                || major > MAX_U8
                || minor < 0
                || minor > MAX_U8
                || revision < 0
                || revision > MAX_U16
                || build < 0
                || build > MAX_U32) {
            throw new IllegalArgumentException("a version is 0..255.0..255.0..65535+0..4294967295: version="
                    + text(major, minor, revision, build));
        }
    }

    /**
     * Reads {@code MAJOR[.MINOR[.REVISION[+BUILD]]]}; what is left out is 0.
     *
     * @throws IllegalArgumentException when the text is no version
     */
    public static Version parse(String text) {
        Matcher matcher = Grammar.TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a version reads MAJOR.MINOR.REVISION+BUILD, the later parts optional: version=" + text);
        }
        return new Version(
                (int) Math.min(number(matcher.group(1)), Integer.MAX_VALUE),
                (int) Math.min(number(matcher.group(2)), Integer.MAX_VALUE),
                (int) Math.min(number(matcher.group(3)), Integer.MAX_VALUE),
                number(matcher.group(4)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    @Override
    public int compareTo(Version other) {
        int order = Long.compare(number(), other.number());
        return order != 0 ? order : Long.compare(build, other.build);
    }

    /** Major, minor and revision in the order of their weight. */
    private long number() {
        return ((long) major << Byte.SIZE | minor) << Short.SIZE | revision;
    }

    @Override
    public String toString() {
        return text(major, minor, revision, build);
    }

    private static String text(int major, int minor, int revision, long build) {
        return major + "." + minor + "." + revision + "+" + build;
    }
}
