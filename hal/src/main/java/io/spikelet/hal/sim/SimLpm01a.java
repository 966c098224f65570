package io.spikelet.hal.sim;

import io.spikelet.hal.ByteLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * An LPM01A at the far end of a wire: acknowledges its commands, and from {@code start} to {@code stop} sends samples
 * as text or bytes, a time stamp every second, and D7's falling edges. These it counts, and calls {@code ris} whatever
 * edge was asked for, as the published MLPerf Tiny runner expects. What its wire has not taken for 250 ms is lost.
 */
public final class SimLpm01a implements SimInstrument {
    private static final Set<String> SET = Set.of(
            "htc",
            "hrc",
            "lcd",
            "trigsrc",
            "trigdelay",
            "eventsrc",
            "acqtime",
            "acqmode",
            "pwr",
            "pwrend",
            "output",
            "format",
            "volt",
            "freq");
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int LEAST_MANTISSA = 1000;
    private static final int MOST_MANTISSA = 9999;
    private static final int MOST_BINARY = 0xfff;
    private static final int MOST_EXPONENT = 14;

    private final ByteLink link;
    private final SimCurrent current;
    private final WireFaults faults;
    private final PatientWire wire;
    private final byte[] incoming = new byte[256];
    private final StringBuilder command = new StringBuilder();
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
    private boolean binary;
    private boolean energy;
    private int hertz = 100;
    private double volts = 3.3;
    private boolean samples;
    private long startNanos;
    private long sample;
    private long nextStamp;
    private long lost;
    private boolean pinWasHigh;
    private long events;

    public SimLpm01a(ByteLink link, SimCurrent current, WireFaults faults) {
        this.link = link;
        wire = new PatientWire(link);
        this.current = current;
        this.faults = faults;
    }

    @Override
    public int doWork(long nowNanos) throws IOException {
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
        return samples ? work + send(nowNanos) : work;
    }

    private void obey(String words, long nowNanos) throws IOException {
        String[] word = words.split(" ");
        String value = word.length > 1 ? word[1] : "";
        switch (word[0]) {
            case "start" -> {
                samples = true;
                startNanos = nowNanos;
                sample = 0;
                nextStamp = 0;
                lost = 0;
                events = 0;
                pinWasHigh = (current.inputs(0) & 1) != 0;
            }
            case "stop" -> {
                samples = false;
                say("end\r\nPowerShield > Acquisition completed\r\n");
                return;
            }
            case "output" -> energy = value.equals("energy");
            case "format" -> binary = value.equals("bin_hexa");
            case "volt" -> volts = Integer.parseInt(value.substring(0, value.length() - 1)) / 1000.0;
            case "freq" ->
                hertz = value.endsWith("k")
                        ? 1000 * Integer.parseInt(value.substring(0, value.length() - 1))
                        : Integer.parseInt(value);
            default -> {
                if (!SET.contains(word[0])) {
                    say("PowerShield > error " + word[0] + "\r\n");
                    return;
                }
            }
        }
        say("PowerShield > ack " + words + "\r\n");
    }

    private void say(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        link.write(bytes, 0, bytes.length);
    }

    private int send(long nowNanos) throws IOException {
        long due = faults.clock(nowNanos - startNanos) * hertz / NANOS_PER_SECOND;
        int done = 0;
        for (; sample < due; sample++) {
            if (faults.hangsUp(sample)) {
                flush();
                close();
                throw new IOException("the wire was pulled");
            }
            if (faults.isOvercurrent(sample)) {
                put(binary ? new byte[] {(byte) 0xf0, (byte) 0xf5, -1, -1} : bytes("error: overcurrent\r\nend\r\n"));
                flush();
                samples = false;
                return done;
            }
            if (sample >= nextStamp) {
                stamp();
                nextStamp = sample + hertz;
            }
            put(faults.noiseBefore(sample));
            if (faults.loses(sample)) {
                lost++;
            } else {
                putSample();
                done++;
            }
        }
        flush();
        return done;
    }

    private void stamp() {
        long millis = sample * MILLIS_PER_SECOND / hertz;
        if (binary) {
            put(new byte[] {
                (byte) 0xf0,
                (byte) 0xf3,
                (byte) (millis >> 24),
                (byte) (millis >> 16),
                (byte) (millis >> 8),
                (byte) millis,
                0,
                -1,
                -1
            });
        } else {
            put(bytes("TimeStamp: " + digits(millis / MILLIS_PER_SECOND, 3) + "s "
                    + digits(millis % MILLIS_PER_SECOND, 3) + "ms, buff 00%\r\n"));
        }
    }

    private void putSample() {
        long period = NANOS_PER_SECOND / hertz;
        long at = faults.trueTime(sample * period);
        boolean high = (current.inputs(at) & 1) != 0;
        if (pinWasHigh && !high) {
            String event = "event " + digits(events++, 2) + " ris";
            put(binary ? framed(event) : bytes(event + "\r\n"));
        }
        pinWasHigh = high;
        double amps = current.amps(at);
        double value = energy ? amps * volts / hertz : amps;
        byte[] whole = binary ? binary(value) : bytes(faults.hasNoNumber(sample) ? "nan\r\n" : text(value));
        outgoing.write(whole, 0, whole.length - faults.dropped(sample));
    }

    private static byte[] framed(String words) {
        byte[] text = bytes(words);
        byte[] framed = new byte[text.length + 4];
        framed[0] = (byte) 0xf0;
        framed[1] = (byte) 0xf2;
        System.arraycopy(text, 0, framed, 2, text.length);
        framed[framed.length - 2] = -1;
        framed[framed.length - 1] = -1;
        return framed;
    }

    private static String text(double value) {
        double mantissa = value;
        int exponent = 0;
        while (exponent < 99 && mantissa * 10 <= MOST_MANTISSA && mantissa < LEAST_MANTISSA) {
            mantissa = value * Math.pow(10, ++exponent);
        }
        return digits(Math.round(mantissa), 4) + "-" + digits(exponent, 2) + "\r\n";
    }

    private static byte[] binary(double value) {
        double mantissa = value;
        int exponent = 0;
        while (exponent < MOST_EXPONENT && mantissa * 16 <= MOST_BINARY) {
            mantissa *= 16;
            exponent++;
        }
        int rounded = (int) Math.round(mantissa);
        return new byte[] {(byte) (exponent << 4 | rounded >> 8), (byte) rounded};
    }

    private static String digits(long value, int width) {
        String digits = "" + value;
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void put(byte[] bytes) {
        outgoing.write(bytes, 0, bytes.length);
    }

    private void flush() throws IOException {
        long skip = wire.write(outgoing.toByteArray(), outgoing.size(), hertz);
        outgoing.reset();
        sample += skip;
        lost += skip;
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
