package io.spikelet.bench.fuzz;

import io.spikelet.smp.SerialFrames;
import java.util.Arrays;
import java.util.Random;

/** Bytes that no honest client puts on a serial line: noise, text, hostile messages in true frames, and broken frames. */
final class HostileFrames {
    private static final int MAX_NOISE = 400;
    private static final int MAX_ENDLESS = 20_000;

    private final HostileMessages messages;
    private final Random random;

    HostileFrames(long seed) {
        messages = new HostileMessages(seed);
        random = new Random(~seed);
    }

    byte[] next() {
        return switch (random.nextInt(8)) {
            case 0 -> noise(random.nextInt(MAX_NOISE));
            case 1 -> text(random.nextInt(200) == 0 ? MAX_ENDLESS : random.nextInt(MAX_NOISE));
            case 2 -> flipped(frames());
            case 3 -> Arrays.copyOf(frames(), random.nextInt(100));
            case 4 -> withoutItsBeginning(frames());
            case 5 -> random.nextInt(200) == 0 ? endlessLine() : frames();
            default -> frames();
        };
    }

    private byte[] frames() {
        byte[] message = messages.next();
        return SerialFrames.encode(message.length == 0 ? new byte[1] : message);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] text(int length) {
        byte[] bytes = noise(length);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (' ' + (bytes[i] & 0x3F));
        }
        return bytes;
    }

    private byte[] flipped(byte[] frames) {
        int bit = random.nextInt(frames.length * 8);
        frames[bit >> 3] ^= (byte) (1 << (bit & 7));
        return frames;
    }

    private byte[] withoutItsBeginning(byte[] frames) {
        return Arrays.copyOfRange(frames, random.nextInt(frames.length), frames.length);
    }

    /** A frame's beginning and base64 that never ends. */
    private byte[] endlessLine() {
        byte[] line = new byte[MAX_ENDLESS];
        Arrays.fill(line, (byte) 'A');
        line[0] = 0x06;
        line[1] = 0x09;
        return line;
    }
}
