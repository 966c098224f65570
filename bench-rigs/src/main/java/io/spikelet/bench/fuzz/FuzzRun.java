package io.spikelet.bench.fuzz;

import io.spikelet.model.MalformedDataException;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.NetworkCommands;
import io.spikelet.smp.OsGroup;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Hostile bytes on one link, with an honest echo every few frames: it shows that the board serves on, and that it has taken
 * in all before it.
 */
public final class FuzzRun {
    private static final int FRAMES_AN_ECHO = 24;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int TRIES = 10;

    private final FuzzEnd end;
    private int sequence;
    private long echoes;
    private long lostEchoes;

    public FuzzRun(FuzzEnd end) {
        this.end = end;
    }

    /**
     * Sends until both numbers are reached.
     *
     * @throws IOException when the link broke, or the board serves no more
     */
    public FuzzResult run(long bytes, long frames) throws IOException {
        long began = System.nanoTime();
        long residentBefore = resident();
        long sentBytes = 0;
        long sentFrames = 0;
        while (sentBytes < bytes || sentFrames < frames) {
            for (int i = 0; i < FRAMES_AN_ECHO; i++) {
                sentBytes += end.sendHostile();
                sentFrames++;
            }
            echo();
            end.askRunner();
        }
        sentBytes += end.sendHostile();
        long last = System.nanoTime();
        echo();
        long backNanos = System.nanoTime() - last;
        return new FuzzResult(
                end.name(),
                sentBytes,
                sentFrames + 1,
                end.answers(),
                echoes,
                lostEchoes,
                TimeUnit.NANOSECONDS.toMicros(backNanos),
                residentBefore,
                resident(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private void echo() throws IOException {
        String text = "honest " + echoes;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (text.equals(ask(SmpHeader.WRITE, OsGroup.ID, OsGroup.ECHO, Map.of("d", text))
                    .get("r"))) {
                echoes++;
                return;
            }
            // A hostile echo had the same sequence number.
        }
        throw new IOException(end.name() + " does not answer an echo of \"" + text + "\" with the same");
    }

    private long resident() throws IOException {
        Object bytes = ask(SmpHeader.READ, NetworkCommands.GROUP, NetworkCommands.HEALTH, Map.of())
                .get("resident");
        return bytes instanceof Long known ? known : 0;
    }

    private Map<String, Object> ask(int operation, int group, int command, Map<String, Object> fields)
            throws IOException {
        byte[] payload = Cbor.encode(fields);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            sequence = sequence + 1 & 0xFF;
            SmpHeader header =
                    new SmpHeader(SmpHeader.VERSION_2, operation, 0, payload.length, group, sequence, command);
            byte[] answer = end.ask(new SmpMessage(header, payload).toBytes(), PATIENCE_MILLIS);
            if (answer != null) {
                try {
                    return Cbor.decode(SmpMessage.parse(answer).payload());
                } catch (MalformedDataException e) {
                    throw new IOException(end.name() + " answered with what is no CBOR", e);
                }
            }
            lostEchoes++;
        }
        throw new IOException(end.name() + " serves no more: " + TRIES + " honest requests in a row got no answer");
    }

    /**
     * Whether {@code message} answers {@code request}, and not a hostile request that had the same numbers by chance: an
     * honest one never gets a refusal.
     */
    static boolean isAnswer(byte[] request, byte[] message) {
        return message.length > SmpHeader.BYTES
                && message[0] == request[0] + 1
                && Arrays.equals(message, 4, SmpHeader.BYTES, request, 4, SmpHeader.BYTES)
                && !isRefusal(message);
    }

    private static boolean isRefusal(byte[] message) {
        try {
            Map<String, Object> fields = Cbor.decode(SmpMessage.parse(message).payload());
            return fields.containsKey("rc") || fields.containsKey("err");
        } catch (MalformedDataException e) {
            return false;
        }
    }
}
