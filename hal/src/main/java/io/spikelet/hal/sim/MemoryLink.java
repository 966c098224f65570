package io.spikelet.hal.sim;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A serial line in memory: what one end writes, the other reads. */
public final class MemoryLink implements ByteLink {
    private final String name;
    private final LinkedBlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
    private byte[] rest = new byte[0];
    private MemoryLink other;
    private volatile boolean closed;

    private MemoryLink(String name) {
        this.name = name;
    }

    /** The two ends of a new line. */
    public static MemoryLink[] pair() {
        MemoryLink left = new MemoryLink("memory:left");
        MemoryLink right = new MemoryLink("memory:right");
        left.other = right;
        right.other = left;
        return new MemoryLink[] {left, right};
    }

    @Override
    public int read(byte[] into, int timeoutMillis) throws IOException {
        if (closed) {
            throw new IOException(name + " is closed");
        }
        if (rest.length == 0) {
            byte[] next;
            try {
                next = incoming.poll(timeoutMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
            if (next == null) {
                if (other.closed) {
                    throw new IOException("the other end of " + name + " hung up");
                }
                return 0;
            }
            rest = next;
        }
        int count = Math.min(into.length, rest.length);
        System.arraycopy(rest, 0, into, 0, count);
        rest = Arrays.copyOfRange(rest, count, rest.length);
        return count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed || other.closed) {
            throw new IOException(name + " has nobody at the other end");
        }
        other.incoming.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        closed = true;
    }
}
