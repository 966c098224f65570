package io.spikelet.hal.tinyodin;

import java.io.IOException;
import java.util.HexFormat;

/** A chip behind the line protocol of docs/tinyodin.md. */
public final class LinePort implements SpiPort, EventPort {
    /** Events of one {@code aer} line. */
    static final int MOST_EVENTS = 256;
    /** Spikes of one answer to {@code out}. */
    static final int MOST_SPIKES = 256;

    private static final String OK = "ok";
    private static final HexFormat HEX = HexFormat.of();

    private final Lines lines;
    private final long[] came = new long[MOST_SPIKES];
    private int cameAt;
    private int cameEnd;

    public LinePort(Lines lines) {
        this.lines = lines;
    }

    @Override
    public void transfer(byte[] send, byte[] receive, int length) throws IOException {
        if (length < 1 || length > MOST_BYTES) {
            throw new IllegalArgumentException("a transfer has 1.." + MOST_BYTES + " bytes: " + length);
        }
        String answer = ask("spi " + HEX.formatHex(send, 0, length));
        byte[] got;
        try {
            got = HEX.parseHex(answer.strip());
        } catch (IllegalArgumentException notHex) {
            throw strange("spi", answer, notHex);
        }
        if (got.length != length) {
            throw strange("spi", answer, null);
        }
        System.arraycopy(got, 0, receive, 0, length);
    }

    @Override
    public int offer(int[] events, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int some = Math.min(MOST_EVENTS, count - done);
            StringBuilder request = new StringBuilder("aer");
            for (int at = 0; at < some; at++) {
                request.append(' ').append(events[offset + done + at]);
            }
            String answer = ask(request.toString());
            int acknowledged = (int) number("aer", answer.strip(), some);
            done += acknowledged;
            if (acknowledged < some) {
                return done;
            }
        }
        return done;
    }

    @Override
    public int take(long[] spikes) throws IOException {
        if (cameAt == cameEnd) {
            ask();
        }
        int count = Math.min(spikes.length, cameEnd - cameAt);
        System.arraycopy(came, cameAt, spikes, 0, count);
        cameAt += count;
        return count;
    }

    private void ask() throws IOException {
        String answer = ask("out");
        String[] words = answer.strip().split(" ", MOST_SPIKES + 2);
        int count = (int) number("out", words[0], MOST_SPIKES);
        if (words.length != count + 1) {
            throw strange("out", answer, null);
        }
        for (int at = 0; at < count; at++) {
            String spike = words[at + 1];
            int colon = spike.indexOf(':');
            if (colon < 0) {
                throw strange("out", answer, null);
            }
            long cycle = number("out", spike.substring(0, colon), Long.MAX_VALUE >> 8);
            came[at] = cycle << 8 | number("out", spike.substring(colon + 1), 0xff);
        }
        cameAt = 0;
        cameEnd = count;
    }

    @Override
    public boolean idle() throws IOException {
        return number("idle", ask("idle").strip(), 1) == 1;
    }

    @Override
    public void reset() throws IOException {
        ask("reset");
        cameAt = cameEnd;
    }

    /** What follows {@code ok}. */
    private String ask(String request) throws IOException {
        String answer = lines.ask(request);
        if (answer.equals(OK)) {
            return "";
        }
        if (!answer.startsWith("ok ")) {
            String command = request.split(" ", 2)[0];
            if (answer.startsWith("err ")) {
                throw new IOException(name() + " refuses " + command + ": " + shown(answer.substring("err ".length())));
            }
            throw strange(command, answer, null);
        }
        return answer.substring("ok ".length());
    }

    private long number(String command, String word, long most) throws IOException {
        try {
            long value = Long.parseLong(word);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            throw strange(command, word, notOne);
        }
        throw strange(command, word, null);
    }

    private IOException strange(String command, String answer, Exception cause) {
        return new IOException(
                name() + " answers " + command + " with something that is no answer to it: " + shown(answer), cause);
    }

    /** So much of foreign text that it shows what is wrong. */
    static String shown(String text) {
        String printable = text.replaceAll("[^ -~]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
    }

    @Override
    public String name() {
        return lines.name();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
