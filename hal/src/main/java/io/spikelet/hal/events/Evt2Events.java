package io.spikelet.hal.events;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prophesee EVT 2.0 ({@code .raw}): text lines that begin with {@code %}, then words of 32 bits, little endian.
 *
 * <pre>
 *  31     28 27     22 21    11 10     0
 *  | 0 or 1 | µs 6    | x 11   | y 11   |   change; 1 is brighter
 *  | 8      | time high 28              |   µs = high · 64 + the change's 6 bits; runs over after 2^34 µs
 *  | a, e, f| trigger, other, continued |   passed over
 * </pre>
 *
 * Changes before the first word of time have none, and are passed over. A time that falls by more than half its range
 * has run over. The header says the encoding ({@code evt 2.0} or {@code format EVT2}) and, if it does, the geometry
 * ({@code geometry WxH} or {@code width=W;height=H}); else the geometry is all that 11 bits can say, 2048 x 2048.
 */
final class Evt2Events extends RecordedEvents {
    private static final int ADDRESSABLE = 2048;
    private static final int MAX_HEADER_LINES = 1000;
    private static final Pattern ENCODING = Pattern.compile("evt (\\d+\\.\\d+)|format (evt[\\d.]+).*");
    private static final Pattern GEOMETRY =
            Pattern.compile("geometry (\\d{1,5})x(\\d{1,5})|.*width=(\\d{1,5});height=(\\d{1,5}).*");
    private static final long HIGH_RANGE = 1L << 28;

    private long high = -1;
    private long turns;

    private Evt2Events(ByteFeed bytes, int width, int height) {
        super(bytes, width, height);
    }

    /** Reads the header of a feed that starts with {@code %}. */
    static EventSource open(ByteFeed bytes) throws IOException {
        String encoding = null;
        int width = ADDRESSABLE;
        int height = ADDRESSABLE;
        for (int lines = 0; bytes.nextIs('%'); lines++) {
            long start = bytes.offset();
            if (lines == MAX_HEADER_LINES) {
                throw bytes.malformed(start, "has more than " + MAX_HEADER_LINES + " header lines");
            }
            String line = bytes.line().substring(1).strip().toLowerCase(Locale.ROOT);
            Matcher named = ENCODING.matcher(line);
            if (named.matches()) {
                encoding = named.group(1) != null ? "evt" + named.group(1) : named.group(2);
            }
            Matcher sized = GEOMETRY.matcher(line);
            if (sized.matches()) {
                int first = sized.group(1) != null ? 1 : 3;
                width = Integer.parseInt(sized.group(first));
                height = Integer.parseInt(sized.group(first + 1));
                if (width < 1 || width > ADDRESSABLE || height < 1 || height > ADDRESSABLE) {
                    throw bytes.malformed(
                            start,
                            "has a sensor of " + width + " x " + height + " pixels, which EVT 2.0 cannot address; the"
                                    + " header is damaged");
                }
            }
            if (line.equals("end")) {
                break;
            }
        }
        if (encoding == null) {
            throw bytes.malformed(
                    0, "has a % header that names no encoding; give a Prophesee RAW file with 'evt 2.0' in its header");
        }
        if (!encoding.equals("evt2") && !encoding.equals("evt2.0")) {
            throw bytes.malformed(0, "is encoded as " + encoding + ", this reader knows EVT 2.0; convert it first");
        }
        return new Evt2Events(bytes, width, height);
    }

    @Override
    boolean decode(EventBuffer into) throws IOException {
        long start = bytes.offset();
        int lowest = bytes.next();
        if (lowest < 0) {
            return false;
        }
        int word =
                lowest | bytes.require("a word") << 8 | bytes.require("a word") << 16 | bytes.require("a word") << 24;
        int type = word >>> 28;
        switch (type) {
            case 0x0, 0x1 -> {
                if (high >= 0) {
                    long micros = (turns * HIGH_RANGE + high) << 6 | word >>> 22 & 0x3f;
                    add(into, micros, word >>> 11 & 0x7ff, word & 0x7ff, type, start);
                }
            }
            case 0x8 -> {
                long next = word & HIGH_RANGE - 1;
                if (high - next > HIGH_RANGE / 2) {
                    turns++;
                }
                high = next;
            }
            case 0xa, 0xe, 0xf -> {
                // A trigger, a vendor's extension, a continuation: no change of a pixel.
            }
            default ->
                throw bytes.malformed(
                        start,
                        "a word has type " + type + ", which EVT 2.0 does not have; the bytes are damaged or of another"
                                + " format");
        }
        return true;
    }
}
