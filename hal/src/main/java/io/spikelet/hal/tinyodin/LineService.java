package io.spikelet.hal.tinyodin;

import java.io.IOException;
import java.util.HexFormat;

/** The answering side of the line protocol, for a chip at two ports. Never throws for what a line says. */
public final class LineService implements Lines {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST_EVENT = 0x3ff;

    private final SpiPort spi;
    private final EventPort events;

    public LineService(SpiPort spi, EventPort events) {
        this.spi = spi;
        this.events = events;
    }

    /** The answer to one line: {@code ok …}, or {@code err} and a sentence. */
    @Override
    public String ask(String request) {
        if (request.length() > MOST_CHARACTERS) {
            return "err a line has at most " + MOST_CHARACTERS + " characters";
        }
        int blank = request.indexOf(' ');
        String command = blank < 0 ? request : request.substring(0, blank);
        String rest = blank < 0 ? "" : request.substring(blank + 1);
        try {
            return switch (command) {
                case "spi" -> spi(rest);
                case "aer" -> aer(rest);
                case "out" -> rest.isEmpty() ? out() : "err out stands alone";
                case "idle" -> rest.isEmpty() ? "ok " + (events.idle() ? 1 : 0) : "err idle stands alone";
                case "reset" -> rest.isEmpty() ? reset() : "err reset stands alone";
                default -> "err no such command: " + LinePort.shown(command) + "; there are spi, aer, out, idle, reset";
            };
        } catch (IOException failed) {
            return "err " + LinePort.shown(String.valueOf(failed.getMessage()));
        }
    }

    private String spi(String hex) throws IOException {
        int length = hex.length() / 2;
        if (length < 1 || length > SpiPort.MOST_BYTES || hex.length() % 2 != 0) {
            return "err spi takes 1 to " + SpiPort.MOST_BYTES + " bytes, two hexadecimal digits each";
        }
        byte[] send;
        try {
            send = HEX.parseHex(hex);
        } catch (IllegalArgumentException notHex) {
            return "err spi takes hexadecimal digits";
        }
        byte[] receive = new byte[length];
        spi.transfer(send, receive, length);
        return "ok " + HEX.formatHex(receive);
    }

    private String aer(String rest) throws IOException {
        String[] words = rest.split(" ", LinePort.MOST_EVENTS + 1);
        if (words.length > LinePort.MOST_EVENTS) {
            return "err aer takes 1 to " + LinePort.MOST_EVENTS + " events";
        }
        int[] sent = new int[words.length];
        for (int at = 0; at < sent.length; at++) {
            try {
                sent[at] = Integer.parseInt(words[at]);
            } catch (NumberFormatException notOne) {
                return "err an event is a number of 0 to " + MOST_EVENT + ": " + LinePort.shown(words[at]);
            }
            if (sent[at] < 0 || sent[at] > MOST_EVENT) {
                return "err an event is a number of 0 to " + MOST_EVENT + ": " + sent[at];
            }
        }
        return "ok " + events.offer(sent, 0, sent.length);
    }

    private String out() throws IOException {
        long[] spikes = new long[LinePort.MOST_SPIKES];
        int count = events.take(spikes);
        StringBuilder answer = new StringBuilder("ok ").append(count);
        for (int at = 0; at < count; at++) {
            answer.append(' ').append(spikes[at] >>> 8).append(':').append(spikes[at] & 0xff);
        }
        return answer.toString();
    }

    private String reset() throws IOException {
        events.reset();
        return "ok";
    }

    @Override
    public String name() {
        return events.name();
    }

    @Override
    public void close() throws IOException {
        try (spi;
                events) {
            // both, whatever the first says
        }
    }
}
