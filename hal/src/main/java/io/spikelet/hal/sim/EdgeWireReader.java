package io.spikelet.hal.sim;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The reading end of an {@link EdgeWire}: what a simulated meter's digital input sees. It never waits. A wire that is not
 * there yet, or whose board starts anew, is looked for again at each {@link #next}. One thread.
 */
public final class EdgeWireReader implements Closeable {
    private static final int RECORDS = 512;

    private final UnixDomainSocketAddress address;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(RECORDS * EdgeWire.RECORD_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);

    /** Null while the wire is not there. */
    private SocketChannel channel;

    private long nanos;
    private boolean high;
    private long droppedBefore;
    private long droppedNow;

    /** @param path the wire's socket; it need not be there yet */
    public EdgeWireReader(Path path) {
        address = UnixDomainSocketAddress.of(path);
    }

    /**
     * Takes the next edge, if there is one; {@link #nanos} and {@link #isHigh} then tell of it. {@link #isHigh} can also
     * change without an edge, when the wire is found: a level is no edge.
     */
    public boolean next() {
        try {
            while (fill()) {
                int at = buffer.position();
                buffer.position(at + EdgeWire.RECORD_BYTES);
                int flags = buffer.getInt(at + EdgeWire.FLAGS_OFFSET);
                nanos = buffer.getLong(at + EdgeWire.NANOS_OFFSET);
                droppedNow = Integer.toUnsignedLong(buffer.getInt(at + EdgeWire.DROPPED_OFFSET));
                high = (flags & EdgeWire.FLAG_HIGH) != 0;
                if ((flags & EdgeWire.FLAG_FOUND) == 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            hangUp();
            return false;
        }
    }

    /** Whether a whole record is at hand. */
    private boolean fill() throws IOException {
        if (buffer.remaining() >= EdgeWire.RECORD_BYTES) {
            return true;
        }
        if (channel == null) {
            channel = SocketChannel.open(address);
            channel.configureBlocking(false);
        }
        buffer.compact();
        int count = channel.read(buffer);
        buffer.flip();
        if (count < 0) {
            hangUp();
            return false;
        }
        return buffer.remaining() >= EdgeWire.RECORD_BYTES;
    }

    private void hangUp() {
        droppedBefore += droppedNow;
        droppedNow = 0;
        high = false;
        buffer.limit(0).position(0);
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException nothingToSave) {
                // the wire is gone either way
            }
            channel = null;
        }
    }

    /** When the last edge was driven, by {@link System#nanoTime} of this machine. */
    public long nanos() {
        return nanos;
    }

    /** The level after the last edge, or as the wire was found; low while there is none. */
    public boolean isHigh() {
        return high;
    }

    /** Whether the wire is there, as far as the last {@link #next} saw. */
    public boolean isConnected() {
        return channel != null;
    }

    /** Edges that this reader lost because it came too seldom, as far as later edges told. */
    public long dropped() {
        return droppedBefore + droppedNow;
    }

    @Override
    public void close() {
        hangUp();
    }
}
