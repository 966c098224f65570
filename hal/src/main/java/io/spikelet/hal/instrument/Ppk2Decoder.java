package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/**
 * From a Power Profiler Kit II's stream to samples. A word is little endian:
 *
 * <pre>
 *  31      24 23     18 17 16    14 13        0
 * |  inputs  | counter |  | range  |  ADC / 4  |
 * </pre>
 *
 * <p>The counter goes up by one with each sample, so a jump in it tells how many were lost, to a multiple of 64. A word
 * whose counter does not follow, or whose range or inputs change, is believed only when the words behind it go on: so
 * bytes that the line dropped, added or altered make no edge and no sample, and their words are counted as broken.
 */
final class Ppk2Decoder {
    static final int WORD_BYTES = 4;
    static final long SAMPLE_NANOS = 10_000;

    private static final int ADC_MASK = 0x3fff;
    private static final int ADC_STEP = 4;
    private static final int RANGE_SHIFT = 14;
    private static final int RANGE_MASK = 7;
    private static final int COUNTER_SHIFT = 18;
    private static final int COUNTER_MASK = 63;
    private static final int INPUTS_SHIFT = 24;
    private static final int INPUTS = 8;
    /** How many words must follow one another before a change, or a new place in the stream, is believed. */
    private static final int RUN_WORDS = 4;
    /** More of the noise that a line makes than words behind it could be told apart from. */
    private static final int MOST_ADDED_WORDS = 8;

    private static final int MOST_SEARCHED = 1 << 16;

    private final Ppk2Calibration calibration;
    private final double volts;
    private final SpikeFilter filter = new SpikeFilter();
    private boolean begun;
    private boolean searching = true;
    private int searched;
    private int expected;
    private int range;
    private int inputs;
    private long sample;
    private long missed;

    Ppk2Decoder(Ppk2Calibration calibration, double volts) {
        this.calibration = calibration;
        this.volts = volts;
    }

    /**
     * Takes whole words as long as the block has room and those behind do not need to be seen first.
     *
     * @throws IOException when nothing in a long stretch is a stream of samples
     */
    void decode(InstrumentLine line, SampleBlock into) throws IOException {
        into.addLost(missed);
        missed = 0;
        while (!into.isFull() && line.available() >= WORD_BYTES) {
            if (searching && !found(line, into)) {
                return;
            }
            int word = word(line, 0);
            int nowRange = word >> RANGE_SHIFT & RANGE_MASK;
            int nowInputs = word >>> INPUTS_SHIFT;
            boolean changes = nowRange != range || nowInputs != inputs;
            if (changes && line.available() < RUN_WORDS * WORD_BYTES) {
                return;
            }
            if (counter(word) != expected || (changes && !runs(line))) {
                searching = true;
                searched = 0;
                continue;
            }
            if (!tookEdges(nowInputs, into) || into.isFull()) {
                return;
            }
            if (nowRange != range) {
                into.addRangeSwitch();
                range = nowRange;
            }
            double amps = calibration.amps(range, (word & ADC_MASK) * ADC_STEP, volts);
            into.add(sample * SAMPLE_NANOS, volts, filter.filtered(amps, range));
            line.skip(WORD_BYTES);
            sample++;
            expected = expected + 1 & COUNTER_MASK;
        }
    }

    /** Looks for the next place where words follow one another, and counts what is missing before it. */
    private boolean found(InstrumentLine line, SampleBlock into) throws IOException {
        while (line.available() >= RUN_WORDS * WORD_BYTES) {
            if (runs(line)) {
                searching = false;
                begin(line, into);
                return true;
            }
            line.skip(1);
            if (++searched > MOST_SEARCHED) {
                throw new IOException("in " + searched + " bytes from " + line.name() + " there are no samples of a"
                        + " Power Profiler Kit II; check that it is one, then stop, close and open anew");
            }
        }
        return false;
    }

    private void begin(InstrumentLine line, SampleBlock into) {
        int word = word(line, 0);
        if (begun) {
            int seen = searched / WORD_BYTES;
            int least = seen - Math.min(seen, MOST_ADDED_WORDS);
            int missing = least + (counter(word) - expected - least & COUNTER_MASK);
            int broken = Math.min(missing, (searched + WORD_BYTES - 1) / WORD_BYTES);
            for (int i = 0; i < broken; i++) {
                into.addBroken();
            }
            into.addLost(missing - broken);
            sample += missing;
        } else {
            begun = true;
            range = word >> RANGE_SHIFT & RANGE_MASK;
            inputs = word >>> INPUTS_SHIFT;
        }
        expected = counter(word);
        searched = 0;
    }

    /** Adds the edges of a word; false when they did not all fit, and those that did are not added again. */
    private boolean tookEdges(int nowInputs, SampleBlock into) {
        for (int changed = inputs ^ nowInputs; changed != 0; changed = inputs ^ nowInputs) {
            if (into.isFull()) {
                return false;
            }
            int input = Integer.numberOfTrailingZeros(changed);
            into.addEdge(sample * SAMPLE_NANOS, input, (nowInputs & 1 << input) != 0);
            inputs ^= 1 << input;
        }
        return true;
    }

    private static boolean runs(InstrumentLine line) {
        int counter = counter(word(line, 0));
        for (int i = 0; i < RUN_WORDS; i++) {
            int word = word(line, i * WORD_BYTES);
            if (counter(word) != (counter + i & COUNTER_MASK)
                    || (word >> RANGE_SHIFT & RANGE_MASK) >= Ppk2Calibration.RANGES) {
                return false;
            }
        }
        return true;
    }

    private static int counter(int word) {
        return word >> COUNTER_SHIFT & COUNTER_MASK;
    }

    private static int word(InstrumentLine line, int offset) {
        return line.at(offset) | line.at(offset + 1) << 8 | line.at(offset + 2) << 16 | line.at(offset + 3) << 24;
    }

    /** The time of the next sample. */
    long nextNanos() {
        return sample * SAMPLE_NANOS;
    }

    /** Tells that the stream lacks so much, which its counter cannot tell: a multiple of 64 samples. */
    void missed(long nanos) {
        long rounds = Math.round((double) nanos / SAMPLE_NANOS / (COUNTER_MASK + 1));
        missed += rounds * (COUNTER_MASK + 1);
        sample += rounds * (COUNTER_MASK + 1);
    }

    /** How many inputs a word carries. */
    static int inputs() {
        return INPUTS;
    }
}
