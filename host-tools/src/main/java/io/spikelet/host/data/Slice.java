package io.spikelet.host.data;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --split} names: a part, or some samples of it.
 *
 * @param part such as {@code train}
 * @param from the first sample
 * @param to behind the last sample; −1 for all that follow
 */
record Slice(String part, int from, int to) {
    private static final Pattern RANGE = Pattern.compile("(.+):(\\d{1,9})-(\\d{1,9})");

    static Slice of(String text) {
        Matcher range = RANGE.matcher(text);
        return range.matches()
                ? new Slice(range.group(1), Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
                : new Slice(text, 0, -1);
    }

    SampleSet of(SampleSet whole, Path file) throws SampleFileException {
        if (to < 0) {
            return whole;
        }
        if (from >= to || to > whole.count()) {
            throw new SampleFileException(file + ": '" + part + "' holds " + whole.count() + " samples, so " + from
                    + "-" + to + " names none or too many of them; give FROM-TO with FROM < TO <= " + whole.count());
        }
        return whole.range(from, to);
    }
}
