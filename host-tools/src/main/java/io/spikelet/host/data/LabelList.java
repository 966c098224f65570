package io.spikelet.host.data;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list beside numbered recordings: a line for each, its number and its label; lines that begin with {@code #} and
 * empty lines say nothing.
 *
 * @param labels by number, one or more
 */
record LabelList(SortedMap<Integer, Byte> labels) {
    /** The longest list. */
    static final int MAX_BYTES = 1 << 24;

    private static final Pattern ROW = Pattern.compile("(\\d{1,9})[\\s,]+(\\d{1,3})");

    /** @param name what a person calls the list */
    static LabelList parse(String name, byte[] text) throws SampleFileException {
        SortedMap<Integer, Byte> labels = new TreeMap<>();
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher row = ROW.matcher(line);
            int label = row.matches() ? Integer.parseInt(row.group(2)) : 256;
            if (label > 255) {
                throw new SampleFileException(name + ": line " + (i + 1) + " is '"
                        + line.substring(0, Math.min(40, line.length())).replaceAll("[^ -~]", "?")
                        + "'; write a recording's number and its label, 0..255");
            }
            if (labels.put(Integer.valueOf(row.group(1)), (byte) label) != null) {
                throw new SampleFileException(name + ": line " + (i + 1) + " names recording " + row.group(1)
                        + " again; keep one line of it");
            }
        }
        if (labels.isEmpty()) {
            throw new SampleFileException(name + ": names no recording; write a number and a label on each line");
        }
        return new LabelList(labels);
    }

    /** The largest label and one. */
    int classes() {
        return 1
                + labels.values().stream().mapToInt(label -> label & 0xff).max().orElse(0);
    }
}
