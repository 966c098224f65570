package io.spikelet.hal.sim;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;

/**
 * A multimeter that speaks SCPI at the far end of a wire, as a DMM6500 does: settings, a reading buffer that wraps
 * around, relative time stamps, {@code :READ?}, and a queue of errors in which what it does not know ends up.
 */
public final class SimScpi implements SimInstrument {
    private static final Set<String> SETTINGS = Set.of(
            "*RST",
            ":SENS:FUNC",
            ":SENS:CURR:RANG",
            ":SENS:CURR:RANG:AUTO",
            ":SENS:CURR:AZER",
            ":SENS:DIG:FUNC",
            ":SENS:DIG:CURR:RANG",
            ":SENS:DIG:CURR:APER",
            ":TRAC:FILL:MODE",
            ":TRIG:LOAD");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MAINS_HERTZ = 50;
    private static final String NO_NUMBER = "9.910000E+37";
    private static final String OVERFLOW = "9.900000E+37";

    private final ByteLink link;
    private final SimCurrent current;
    private final WireFaults faults;
    private final byte[] incoming = new byte[512];
    private final StringBuilder command = new StringBuilder();
    private final ArrayDeque<String> errors = new ArrayDeque<>();
    private double perSecond = MAINS_HERTZ;
    private String[] buffer = new String[10];
    private long stored;
    private boolean samples;
    private long startNanos;
    private long sample;
    private long lost;

    public SimScpi(ByteLink link, SimCurrent current, WireFaults faults) {
        this.link = link;
        this.current = current;
        this.faults = faults;
    }

    @Override
    public int doWork(long nowNanos) throws IOException {
        if (samples) {
            sample(nowNanos);
        }
        int work = 0;
        for (int count = link.read(incoming, 0); count > 0; count = link.read(incoming, 0)) {
            for (int at = 0; at < count; at++) {
                if (incoming[at] == '\n') {
                    obey(command.toString().strip(), nowNanos);
                    command.setLength(0);
                } else {
                    command.append((char) incoming[at]);
                }
            }
            work += count;
        }
        return work;
    }

    private void sample(long nowNanos) throws IOException {
        long due = (long) (faults.clock(nowNanos - startNanos) * perSecond / NANOS_PER_SECOND);
        for (; sample < due; sample++) {
            if (faults.hangsUp(sample)) {
                close();
                throw new IOException("the wire was pulled");
            }
            if (faults.loses(sample)) {
                lost++;
                continue;
            }
            buffer[(int) (stored++ % buffer.length)] =
                    String.format(Locale.ROOT, "%.9f", sample / perSecond) + "," + reading();
        }
    }

    private String reading() {
        if (faults.hasNoNumber(sample)) {
            return NO_NUMBER;
        }
        if (faults.isOvercurrent(sample)) {
            return OVERFLOW;
        }
        long at = faults.trueTime(Math.round(sample / perSecond * NANOS_PER_SECOND));
        return String.format(Locale.ROOT, "%.7E", current.amps(at));
    }

    private void obey(String words, long nowNanos) throws IOException {
        int blank = words.indexOf(' ');
        String head = blank < 0 ? words : words.substring(0, blank);
        String rest = blank < 0 ? "" : words.substring(blank + 1);
        switch (head) {
            case "*IDN?" -> say("KEITHLEY INSTRUMENTS,MODEL DMM6500,04345678,1.7.12b");
            case "*CLS" -> errors.clear();
            case ":SYST:LFR?" -> say("" + MAINS_HERTZ);
            case ":SYST:ERR?" -> say(errors.isEmpty() ? "0,\"No error;0;0 0\"" : errors.poll());
            case ":SENS:CURR:NPLC" -> perSecond = MAINS_HERTZ / Double.parseDouble(rest);
            case ":SENS:DIG:CURR:SRAT" -> perSecond = Double.parseDouble(rest);
            case ":TRAC:POIN" -> buffer = new String[Integer.parseInt(rest.split(",")[0])];
            case ":TRAC:CLE" -> stored = 0;
            case ":INIT" -> {
                samples = true;
                startNanos = nowNanos;
                sample = 0;
                lost = 0;
            }
            case ":ABOR" -> samples = false;
            case ":TRAC:ACT:END?" -> say("" + (stored == 0 ? 0 : (stored - 1) % buffer.length + 1));
            case ":TRAC:DATA?" -> say(data(rest.split(",")));
            case ":READ?" -> {
                say(reading());
                sample++;
            }
            default -> {
                if (!SETTINGS.contains(head)) {
                    errors.add("-113,\"Undefined header;1;" + head + "\"");
                }
            }
        }
    }

    private String data(String[] from) {
        int first = Integer.parseInt(from[0]);
        int last = Integer.parseInt(from[1]);
        StringBuilder data = new StringBuilder();
        for (int at = first; at <= last; at++) {
            byte[] noise = faults.noiseBefore(at - 1);
            data.append(new String(noise, StandardCharsets.ISO_8859_1));
            data.append(at == first ? "" : ",").append(buffer[at - 1]);
        }
        return data.toString();
    }

    private void say(String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.ISO_8859_1);
        link.write(bytes, 0, bytes.length);
    }

    @Override
    public long taken() {
        return sample;
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
