package io.spikelet.hal.instrument;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A multimeter that speaks SCPI, over TCP port 5025 or a serial line, in the board's supply: Keithley's DMM6500,
 * DMM7510 and kin through their reading buffer and its relative time stamps, others reading by reading. Volts are
 * those that its user declared.
 *
 * <p>A reading out of range or without a number is counted as broken. When it digitises, a gap between time stamps of
 * more than one and a half intervals is that many lost samples. Every setting is followed by a look into the queue of
 * errors, and so is a second without a reading; what stands there is told.
 *
 * <p>Commands: Keithley, Model DMM6500 Reference Manual, DMM6500-901-01, chapter 6.
 */
public final class ScpiMeter extends InstrumentMeter {
    /** Where instruments listen. */
    public static final int PORT = 5025;

    private static final int MOST_UNUSED = 1 << 16;
    private static final int QUIET_MILLIS = 100;
    private static final int DRAIN_MILLIS = 2000;
    /** Readings that its buffer holds. */
    private static final int POINTS = 100_000;
    /** Readings fetched at once: some 20 KiB of text. */
    private static final int CHUNK = 500;

    private static final int MOST_READINGS = 268_000_000;
    private static final String BUFFER = "\"defbuffer1\"";
    /** What SCPI sends for a reading out of range; no number is 9.91e37. */
    private static final double OVERFLOW = 9.9e37;

    private static final double GAP = 1.5;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Of the 3 A range and those below, a year after calibration, rounded up. */
    private static final double GAIN = 0.001;

    private static final double OFFSET_OF_RANGE = 0.0002;
    private static final double STEP_OF_RANGE = 1e-5;
    private static final double LARGEST_AMPS = 3;
    private static final double CLOCK_PPM = 50;

    private final ScpiSetup setup;
    private final ScpiDialogue dialogue;
    private final String name;
    private final double perSecond;
    private String[] readings = new String[0];
    private int used;
    private long fetched;
    private long beginNanos;
    private double lastSeconds;

    private ScpiMeter(InstrumentLine line, ScpiSetup setup, ScpiDialogue dialogue, String name, double perSecond) {
        super(line);
        this.setup = setup;
        this.dialogue = dialogue;
        this.name = name;
        this.perSecond = perSecond;
    }

    /**
     * Asks the instrument for its name, resets it and sets it. The link is closed when this fails.
     *
     * @throws IOException when nothing answers, or it refuses a setting
     */
    public static ScpiMeter open(ByteLink link, ScpiSetup setup) throws IOException {
        InstrumentLine line = new InstrumentLine(link, MOST_UNUSED);
        try {
            line.drain(0, DRAIN_MILLIS);
            ScpiDialogue dialogue = new ScpiDialogue(line);
            String name = dialogue.name();
            dialogue.tell("*RST");
            dialogue.tell("*CLS");
            double perSecond =
                    setup.way() == ScpiSetup.Way.DIGITISED ? digitise(dialogue, setup) : integrate(dialogue, setup);
            if (setup.way() != ScpiSetup.Way.POLLED) {
                dialogue.tell(":TRAC:POIN " + POINTS + "," + BUFFER);
                dialogue.tell(":TRAC:FILL:MODE CONT," + BUFFER);
            }
            dialogue.check("set to measure current");
            return new ScpiMeter(line, setup, dialogue, name, perSecond);
        } catch (IOException failed) {
            line.close();
            throw failed;
        }
    }

    private static double digitise(ScpiDialogue dialogue, ScpiSetup setup) throws IOException {
        dialogue.tell(":SENS:DIG:FUNC \"CURR\"");
        dialogue.tell(":SENS:DIG:CURR:RANG " + setup.rangeAmps());
        dialogue.tell(":SENS:DIG:CURR:SRAT " + setup.hertz());
        dialogue.tell(":SENS:DIG:CURR:APER AUTO");
        return setup.hertz();
    }

    private static double integrate(ScpiDialogue dialogue, ScpiSetup setup) throws IOException {
        dialogue.tell(":SENS:FUNC \"CURR\"");
        dialogue.tell(setup.rangeAmps() > 0 ? ":SENS:CURR:RANG " + setup.rangeAmps() : ":SENS:CURR:RANG:AUTO ON");
        dialogue.tell(":SENS:CURR:NPLC " + setup.nplc());
        if (setup.way() == ScpiSetup.Way.POLLED) {
            return 50 / setup.nplc();
        }
        dialogue.tell(":SENS:CURR:AZER OFF");
        return dialogue.whole(":SYST:LFR?") / setup.nplc();
    }

    @Override
    public MeterTraits traits() {
        double range = setup.rangeAmps() > 0 ? setup.rangeAmps() : LARGEST_AMPS;
        return new MeterTraits(
                "scpi",
                name + " at " + line.name() + ", in a supply of " + setup.volts() + " V",
                perSecond,
                setup.way() != ScpiSetup.Way.POLLED,
                new MeterAccuracy(GAIN, OFFSET_OF_RANGE * range * setup.volts(), STEP_OF_RANGE * range * setup.volts()),
                CLOCK_PPM,
                0,
                range);
    }

    @Override
    void begin() throws IOException {
        readings = new String[0];
        used = 0;
        fetched = 0;
        lastSeconds = Double.NaN;
        beginNanos = System.nanoTime();
        if (setup.way() != ScpiSetup.Way.POLLED) {
            dialogue.tell(":TRAC:CLE " + BUFFER);
            dialogue.tell(":TRIG:LOAD \"SimpleLoop\"," + MOST_READINGS + ",0," + BUFFER);
            dialogue.tell(":INIT");
            dialogue.check("started");
        }
    }

    @Override
    boolean fetch(int waitMillis) throws IOException {
        if (setup.way() == ScpiSetup.Way.POLLED) {
            String question = ":READ?";
            String answer = dialogue.ask(question);
            readings = new String[] {"" + (System.nanoTime() - beginNanos) / NANOS_PER_SECOND, answer.split(",")[0]};
            used = 0;
            return true;
        }
        long deadline = InstrumentLine.deadline(waitMillis);
        while (true) {
            long end = dialogue.whole(":TRAC:ACT:END? " + BUFFER);
            long waiting = Math.floorMod(end - fetched, POINTS);
            if (waiting > 0) {
                ask(Math.min(waiting, CHUNK));
                return true;
            }
            if (InstrumentLine.left(deadline) == 0) {
                if (waitMillis > 0) {
                    dialogue.check("read");
                }
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void ask(long most) throws IOException {
        long first = fetched % POINTS + 1;
        long last = Math.min(first + most - 1, POINTS);
        String question = ":TRAC:DATA? " + first + "," + last + "," + BUFFER + ",REL,READ";
        String answer = dialogue.ask(question);
        readings = answer.split(",");
        used = 0;
        if (readings.length != 2 * (last - first + 1)) {
            throw dialogue.noNumber(question, answer);
        }
        fetched += last - first + 1;
    }

    @Override
    void decode(SampleBlock into) throws IOException {
        while (used < readings.length && !into.isFull()) {
            double seconds = number(readings[used]);
            double amps = number(readings[used + 1]);
            used += 2;
            if (setup.way() == ScpiSetup.Way.DIGITISED && (seconds - lastSeconds) * perSecond > GAP) {
                into.addLost(Math.round((seconds - lastSeconds) * perSecond) - 1);
            }
            boolean falls = seconds < lastSeconds; // a line of its buffer that was written while it was read
            lastSeconds = falls ? lastSeconds : seconds;
            if (falls || Math.abs(amps) >= OVERFLOW) {
                into.addBroken();
            } else {
                into.add(Math.round(seconds * NANOS_PER_SECOND), setup.volts(), amps);
            }
        }
    }

    private double number(String text) throws IOException {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            throw dialogue.noNumber("for its readings", text);
        }
        throw dialogue.noNumber("for its readings", text);
    }

    @Override
    void end() throws IOException {
        if (setup.way() != ScpiSetup.Way.POLLED) {
            dialogue.tell(":ABOR");
            line.drain(QUIET_MILLIS, DRAIN_MILLIS);
        }
    }

    @Override
    void release() {
        // its front panel is never locked
    }
}
