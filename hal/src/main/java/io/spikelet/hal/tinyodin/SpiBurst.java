package io.spikelet.hal.tinyodin;

import java.io.IOException;
import java.util.Arrays;

/** Transactions that go over the bus one after the other. */
final class SpiBurst {
    private final byte[] send = new byte[SpiPort.MOST_BYTES];
    private final byte[] receive = new byte[SpiPort.MOST_BYTES];
    private long[] codes = new long[64];
    private byte[] answers = new byte[64];
    private int size;

    SpiBurst add(long code) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, 2 * size);
            answers = Arrays.copyOf(answers, 2 * size);
        }
        codes[size++] = code;
        return this;
    }

    int size() {
        return size;
    }

    void run(SpiPort port) throws IOException {
        int most = SpiPort.MOST_BYTES / SpiCode.BYTES;
        for (int done = 0; done < size; done += most) {
            int count = Math.min(most, size - done);
            for (int at = 0; at < count; at++) {
                for (int b = 0; b < SpiCode.BYTES; b++) {
                    send[at * SpiCode.BYTES + b] = (byte) (codes[done + at] >> 8 * (SpiCode.BYTES - 1 - b));
                }
            }
            port.transfer(send, receive, count * SpiCode.BYTES);
            for (int at = 0; at < count; at++) {
                answers[done + at] = receive[at * SpiCode.BYTES + SpiCode.BYTES - 1];
            }
        }
    }

    /** The last byte that came while transaction {@code at} went out: what a read gives. */
    int answer(int at) {
        return answers[at] & 0xff;
    }
}
