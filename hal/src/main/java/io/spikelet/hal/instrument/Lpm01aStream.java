package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/**
 * What both formats of an LPM01A's stream have in common: the count of samples, which is their time, and what it says
 * between them. Its time stamps, in whole milliseconds of its clock, stand among the samples; where one is more than
 * a millisecond ahead of the count, samples were lost.
 */
abstract class Lpm01aStream {
    /** As in {@code TimeStamp: 001s 000ms, buff 00%}, in whatever case. */
    private static final String TIME_STAMP = "timestamp:";
    /**
     * As in {@code event 07 ris}: a count, and a word that is {@code ris} for falling edges too, which are the only ones
     * that it was told to watch (published MLPerf Tiny runner, power_manager_lpm.py).
     */
    private static final String EVENT = "event ";

    private static final String RISES = "ris";
    private static final String FALLS = "fal";
    private static final int MOST_DIGITS = 7;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MILLIS_PER_SECOND = 1000;
    private static final String PROMPT = "PowerShield > ";
    /** D7, the one input that it watches. */
    private static final int INPUT = 0;

    private final String name;
    private final boolean energy;
    private final int hertz;
    private double volts;
    private long taken;
    private long firstStamped = -1;
    private long pendingLost;
    private boolean inSummary;

    Lpm01aStream(String name, Lpm01aSetup setup) {
        this.name = name;
        energy = setup.energy();
        hertz = setup.hertz();
        volts = setup.millivolts() / 1000.0;
    }

    /** Takes what is whole, as long as the block has room. */
    abstract void decode(InstrumentLine line, SampleBlock into) throws IOException;

    final void setMillivolts(int millivolts) {
        volts = millivolts / 1000.0;
    }

    /** A reading: joules since the one before, or amperes. */
    final void sample(double value, SampleBlock into) {
        taken++;
        double watts = energy ? value * hertz : value * volts;
        into.add(nanos(), watts, volts, energy ? watts / volts : value);
        into.addLost(pendingLost);
        pendingLost = 0;
    }

    final void broken(SampleBlock into) {
        taken++;
        into.addBroken();
    }

    private long nanos() {
        return taken * (NANOS_PER_SECOND / hertz);
    }

    final void stamp(long millis) {
        if (firstStamped < 0) {
            firstStamped = taken - millis * hertz / MILLIS_PER_SECOND;
            return;
        }
        long missing = firstStamped + millis * hertz / MILLIS_PER_SECOND - taken;
        if (missing * MILLIS_PER_SECOND > hertz) {
            taken += missing;
            pendingLost += missing;
        }
    }

    /** What it says between samples: an edge, a time stamp, an end. Of anything else, a reading was damaged. */
    final void said(InstrumentLine line, int from, int length, SampleBlock into) throws IOException {
        // The two that come all the time are read where they lie, so that a stream of them allocates nothing.
        if (inSummary || !(stamped(line, from, length) || edge(line, from, length, into))) {
            said(text(line, from, length), into);
        }
    }

    private boolean stamped(InstrumentLine line, int from, int length) {
        if (!begins(line, from, length, TIME_STAMP)) {
            return false;
        }
        int end = from + length;
        int at = afterBlanks(line, from + TIME_STAMP.length(), end);
        int seconds = digits(line, at, end);
        int millisAt = afterBlanks(line, at + seconds + 1, end);
        int millis = digits(line, millisAt, end);
        if (seconds == 0 || millis == 0 || line.at(at + seconds) != 's' || !begins(line, millisAt + millis, 2, "ms")) {
            return false;
        }
        stamp(number(line, at, seconds) * MILLIS_PER_SECOND + number(line, millisAt, millis));
        return true;
    }

    private boolean edge(InstrumentLine line, int from, int length, SampleBlock into) {
        if (!begins(line, from, length, EVENT)) {
            return false;
        }
        int end = from + length;
        int at = from + EVENT.length() + digits(line, from + EVENT.length(), end) + 1;
        if (begins(line, at, end - at, RISES) || begins(line, at, end - at, FALLS)) {
            into.addEdge(nanos(), INPUT, false);
            return true;
        }
        return false;
    }

    private static boolean begins(InstrumentLine line, int from, int length, String word) {
        if (length < word.length()) {
            return false;
        }
        for (int at = 0; at < word.length(); at++) {
            if (Character.toLowerCase(line.at(from + at)) != word.charAt(at)) {
                return false;
            }
        }
        return true;
    }

    private static int afterBlanks(InstrumentLine line, int from, int end) {
        int at = from;
        while (at < end && line.at(at) == ' ') {
            at++;
        }
        return at;
    }

    /** How many digits follow, up to a number that cannot overflow. */
    private static int digits(InstrumentLine line, int from, int end) {
        int count = 0;
        while (from + count < end
                && count < MOST_DIGITS
                && line.at(from + count) >= '0'
                && line.at(from + count) <= '9') {
            count++;
        }
        return count;
    }

    private static long number(InstrumentLine line, int from, int digits) {
        long value = 0;
        for (int at = from; at < from + digits; at++) {
            value = 10 * value + line.at(at) - '0';
        }
        return value;
    }

    private static String text(InstrumentLine line, int from, int length) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < from + length; at++) {
            text.append((char) line.at(at));
        }
        return text.toString();
    }

    private void said(String line, SampleBlock into) throws IOException {
        String words = line.startsWith(PROMPT) ? line.substring(PROMPT.length()).strip() : line.strip();
        if (inSummary || words.startsWith("summary")) {
            inSummary = !words.startsWith("summary end");
        } else if (words.startsWith("err")) {
            throw words.contains("overcurrent") ? overcurrent() : failed(words);
        } else if (words.equals("end") || words.contains("completed")) {
            throw ended();
        } else if (!words.isEmpty() && !words.startsWith("ack ")) {
            broken(into);
        }
    }

    /** The sentence for an error that came as words. */
    final IOException error(InstrumentLine line, int from, int length) {
        String words = text(line, from, length).strip();
        return words.contains("overcurrent") ? overcurrent() : failed(words);
    }

    final IOException overcurrent() {
        return new IOException("the board takes more than the 50 mA that the LPM01A at " + name
                + " bears, and was switched off; measure it with another meter, or make it take less");
    }

    final IOException ended() {
        return new IOException("the LPM01A at " + name + " ended its acquisition by itself; stop, and start again");
    }

    final IOException failed(String words) {
        return new IOException("the LPM01A at " + name + " says \"" + words + "\"; stop, close and open it anew");
    }

    final IOException misread() {
        return new IOException("the line of the LPM01A at " + name
                + " lost bytes: samples since its last time stamp may be wrong; measure again, with a shorter cable"
                + " or as text");
    }
}
