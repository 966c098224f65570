package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/**
 * An LPM01A's bytes, big endian, of which the first's upper half is never {@code f} in a sample:
 *
 * <pre>
 * | e:4 | m:12 |                                sample, m / 16^e
 * | f0 | f1 or f2 | text … | ff | ff |          error, or words
 * | f0 | f3 | ms:4 | buffer %:1 | ff | ff |     time stamp; the uppermost bit of ms is not of it
 * | f0 | f4, f5 or f6 | ff | ff |               end, overcurrent, supply switched off
 * | f0 | f7 | mV:2 | ff | ff |                  the supply's voltage
 * </pre>
 *
 * <p>Nothing marks a sample's first byte. So when the line loses one, samples are misread until a byte shows that
 * none can begin there, at the next time stamp at the latest; then reading fails, and the measurement with it. The
 * layout is ST's UM2269 as public tools read it (zissis-pap/x-nucleo-lpm01a-gui, {@code core/data_parser.py}).
 */
final class Lpm01aBinary extends Lpm01aStream {
    private static final int META = 0xf0;
    private static final int META_END = 0xff;
    private static final int ERROR = 0xf1;
    private static final int WORDS = 0xf2;
    private static final int TIME_STAMP = 0xf3;
    private static final int END = 0xf4;
    private static final int OVERCURRENT = 0xf5;
    private static final int POWER_DOWN = 0xf6;
    private static final int VOLTAGE = 0xf7;
    private static final int MOST_TEXT = 256;
    private static final int SAMPLE_BYTES = 2;
    private static final int HEAD_BYTES = 2;
    private static final int TAIL_BYTES = 2;
    private static final int STAMP_BYTES = 5;

    Lpm01aBinary(String name, Lpm01aSetup setup) {
        super(name, setup);
    }

    @Override
    void decode(InstrumentLine line, SampleBlock into) throws IOException {
        while (!into.isFull() && line.available() >= SAMPLE_BYTES) {
            int first = line.at(0);
            if (first < META) {
                int exponent = first >> 4;
                int mantissa = (first & 0xf) << 8 | line.at(1);
                sample(Math.scalb((double) mantissa, -4 * exponent), into);
                line.skip(SAMPLE_BYTES);
            } else if (first != META) {
                throw misread();
            } else if (!tookMeta(line, into)) {
                return;
            }
        }
    }

    /** False when it has not come whole. */
    private boolean tookMeta(InstrumentLine line, SampleBlock into) throws IOException {
        int kind = line.at(1);
        int length = switch (kind) {
            case TIME_STAMP -> STAMP_BYTES;
            case VOLTAGE -> 2;
            case END, OVERCURRENT, POWER_DOWN -> 0;
            case ERROR, WORDS -> textLength(line);
            default -> throw misread();
        };
        int whole = HEAD_BYTES + length + TAIL_BYTES;
        if (length < 0 || line.available() < whole) {
            return false;
        }
        if (line.at(whole - 2) != META_END || line.at(whole - 1) != META_END) {
            throw misread();
        }
        switch (kind) {
            case TIME_STAMP ->
                stamp((long) (line.at(2) & 0x7f) << 24 | line.at(3) << 16 | line.at(4) << 8 | line.at(5));
            case VOLTAGE -> setMillivolts(line.at(2) << 8 | line.at(3));
            case OVERCURRENT -> throw overcurrent();
            case POWER_DOWN -> throw failed("target power down");
            case END -> throw ended();
            case ERROR -> throw error(line, HEAD_BYTES, length);
            default -> said(line, HEAD_BYTES, length, into);
        }
        line.skip(whole);
        return true;
    }

    /** The length of the text before the end's two bytes; −1 when they have not come. */
    private int textLength(InstrumentLine line) throws IOException {
        for (int at = HEAD_BYTES; at + 1 < line.available(); at++) {
            if (line.at(at) == META_END && line.at(at + 1) == META_END) {
                return at - HEAD_BYTES;
            }
            if (at > MOST_TEXT) {
                throw misread();
            }
        }
        return -1;
    }
}
