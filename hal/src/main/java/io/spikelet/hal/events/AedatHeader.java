package io.spikelet.hal.events;

import java.io.IOException;
import java.util.Locale;

/**
 * The text lines of an AEDAT file: {@code #!AER-DATx.y}, then lines that begin with {@code #}.
 *
 * @param version such as {@code 2.0}
 * @param chip the sensor that the header names, in lower case; {@code dvs128} when it names none
 */
record AedatHeader(String version, String chip) {
    static final String MAGIC = "#!AER-DAT";

    private static final int MAX_LINES = 1 << 16;
    private static final String END_OF_3 = "#!END-HEADER";
    private static final String END_OF_2 = "#End Of ASCII Header";
    private static final String FORMAT = "#Format:";
    private static final String CHIP_OF_2 = "# AEChip:";
    private static final String CHIP_OF_3 = "#Source ";

    /** Reads a feed that starts with {@link #MAGIC} up to its first byte of events. */
    static AedatHeader read(ByteFeed bytes) throws IOException {
        String version = bytes.line().substring(MAGIC.length()).strip();
        String chip = "dvs128";
        for (int lines = 0; bytes.nextIs('#'); lines++) {
            long start = bytes.offset();
            if (lines == MAX_LINES) {
                throw bytes.malformed(start, "has more than " + MAX_LINES + " header lines");
            }
            String line = bytes.line();
            if (line.startsWith(CHIP_OF_2) || line.startsWith(CHIP_OF_3)) {
                chip = line.substring(line.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
            } else if (line.startsWith(FORMAT)
                    && !line.substring(FORMAT.length()).strip().equals("RAW")) {
                throw bytes.malformed(
                        start,
                        "has packets in the format" + line.substring(FORMAT.length())
                                + ", this reader knows RAW; convert it first");
            } else if (line.startsWith(END_OF_3) || line.startsWith(END_OF_2)) {
                break;
            }
        }
        return new AedatHeader(version, chip);
    }

    /** The source of the events that follow. */
    static EventSource open(ByteFeed bytes) throws IOException {
        AedatHeader header = read(bytes);
        return switch (header.version) {
            case "2.0" -> Aedat2Events.after(header, bytes);
            case "3.1" -> Aedat3Events.after(header, bytes);
            default ->
                throw bytes.malformed(
                        MAGIC.length(),
                        "is AEDAT " + header.version + ", this reader knows 2.0 and 3.1; convert it first");
        };
    }
}
