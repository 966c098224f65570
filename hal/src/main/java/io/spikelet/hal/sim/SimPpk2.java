package io.spikelet.hal.sim;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A Power Profiler Kit II at the far end of a wire: it answers the commands that start, stop and set it, tells its calibration, and
 * sends 100,000 words a second. What its wire has not taken for 250 ms is lost, as its counter then tells: so long do the
 * kit's own buffers, USB's and a system's hold, of which a pseudo-terminal has but 10 ms.
 */
public final class SimPpk2 implements SimInstrument {
    private static final long SAMPLE_NANOS = 10_000;
    private static final int WORD_BYTES = 4;
    private static final int BUFFERED_SAMPLES = 25_000;
    private static final int SENT_AT_ONCE = 1000;

    private static final int START = 0x06;
    private static final int STOP = 0x07;
    private static final int POWER = 0x0c;
    private static final int VOLTS = 0x0d;
    private static final int MODE = 0x11;
    private static final int METADATA = 0x19;

    private final ByteLink link;
    private final SimCurrent current;
    private final WireFaults faults;
    private final SimPpk2Converter converter = new SimPpk2Converter();
    private final byte[] incoming = new byte[256];
    private final byte[] outgoing = new byte[SENT_AT_ONCE * WORD_BYTES];
    private int command;
    private int argument;
    private int argumentsLeft;
    private int millivolts;
    private boolean powered;
    private boolean samples;
    private long startNanos;
    private long sample;
    private long lost;

    public SimPpk2(ByteLink link, SimCurrent current, WireFaults faults) {
        this.link = link;
        this.current = current;
        this.faults = faults;
    }

    @Override
    public int doWork(long nowNanos) throws IOException {
        int commands = 0;
        for (int count = link.read(incoming, 0); count > 0; count = link.read(incoming, 0)) {
            for (int at = 0; at < count; at++) {
                took(incoming[at] & 0xff, nowNanos);
            }
            commands += count;
        }
        return samples ? commands + send(nowNanos) : commands;
    }

    private void took(int value, long nowNanos) throws IOException {
        if (argumentsLeft == 0) {
            command = value;
            argument = 0;
            argumentsLeft = switch (value) {
                case VOLTS -> 2;
                case MODE, POWER -> 1;
                default -> 0;
            };
        } else {
            argument = argument << Byte.SIZE | value;
            argumentsLeft--;
        }
        if (argumentsLeft == 0) {
            obey(nowNanos);
        }
    }

    private void obey(long nowNanos) throws IOException {
        switch (command) {
            case METADATA -> {
                byte[] text = SimPpk2Converter.METADATA.getBytes(StandardCharsets.US_ASCII);
                link.write(text, 0, text.length);
            }
            case VOLTS -> millivolts = argument;
            case POWER -> powered = argument != 0;
            case START -> {
                samples = true;
                startNanos = nowNanos;
                sample = 0;
                lost = 0;
            }
            case STOP -> samples = false;
            default -> {
                // the kit says nothing to what it does not know
            }
        }
    }

    private int send(long nowNanos) throws IOException {
        long due = faults.clock(nowNanos - startNanos) / SAMPLE_NANOS;
        if (due - sample > BUFFERED_SAMPLES) {
            lost += due - BUFFERED_SAMPLES - sample;
            sample = due - BUFFERED_SAMPLES;
        }
        int length = 0;
        int done = 0;
        for (; sample < due; sample++) {
            if (faults.hangsUp(sample)) {
                link.write(outgoing, 0, length);
                close();
                throw new IOException("the wire was pulled");
            }
            byte[] noise = faults.noiseBefore(sample);
            if (noise.length > 0 || length == outgoing.length) {
                link.write(outgoing, 0, length);
                link.write(noise, 0, noise.length);
                length = 0;
            }
            if (!faults.loses(sample)) {
                length = put(length) - faults.dropped(sample);
                done++;
            } else {
                lost++;
            }
        }
        link.write(outgoing, 0, length);
        return done;
    }

    private int put(int length) {
        long at = faults.trueTime(sample * SAMPLE_NANOS);
        double amps = powered ? current.amps(at) : 0;
        int word = converter.word(amps, millivolts / 1000.0, sample, current.inputs(at));
        outgoing[length] = (byte) word;
        outgoing[length + 1] = (byte) (word >> 8);
        outgoing[length + 2] = (byte) (word >> 16);
        outgoing[length + 3] = (byte) (word >> 24);
        return length + WORD_BYTES;
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
