package io.spikelet.hal.sim;

import io.spikelet.hal.board.OutputPin;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The driven end of a line between two processes of one machine: a board's pin on one side, a simulated meter's digital
 * input on the other ({@link EdgeWireReader}). Each change of the level travels through a Unix domain socket with the time
 * at which it was driven, by {@link System#nanoTime}, which on Linux is CLOCK_MONOTONIC and so the same in both processes.
 *
 * <p>Whoever reads may come late, go and come back; a new reader takes the place of the one before. A reader that does not
 * keep up loses edges, which are counted: {@link #set} never waits for it.
 *
 * <pre>
 *  0        8         12      16
 *  | nanos  | dropped | flags |     little endian, one record per edge
 * </pre>
 *
 * {@code dropped} counts the edges that this reader lost so far. The first record that a reader gets is no edge; it tells
 * the level that it found ({@link #FLAG_FOUND}).
 */
public final class EdgeWire implements OutputPin {
    static final int NANOS_OFFSET = 0;
    static final int DROPPED_OFFSET = NANOS_OFFSET + Long.BYTES;
    static final int FLAGS_OFFSET = DROPPED_OFFSET + Integer.BYTES;
    static final int RECORD_BYTES = FLAGS_OFFSET + Integer.BYTES;

    static final int FLAG_HIGH = 1;
    static final int FLAG_FOUND = 2;

    private final Path path;
    private final ServerSocketChannel server;
    private final ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);

    /** Null while nobody reads. */
    private SocketChannel reader;

    private boolean high;
    private int droppedByReader;
    private long dropped;

    private EdgeWire(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    /**
     * Makes the socket, low.
     *
     * @param path where it shall lie; what a process that was killed left there is replaced
     * @throws IOException when another process drives the line there, or no socket can be made
     */
    public static EdgeWire open(Path path) throws IOException {
        removeLeftover(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "cannot make the socket " + path + ": " + e.getMessage()
                            + "; its folder must exist and its path be shorter than 100 bytes",
                    e);
        }
        EdgeWire wire = new EdgeWire(path, server);
        Thread.ofPlatform().daemon().name("edges at " + path).start(wire::welcome);
        return wire;
    }

    private static void removeLeftover(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new IOException(path + " is there already and is no socket; name another path");
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        } catch (SocketException nobody) {
            Files.deleteIfExists(path);
            return;
        }
        throw new IOException("another process drives the line at " + path + "; name another path");
    }

    /** Waits for readers, so that {@link #set} need not look for one. */
    private void welcome() {
        try {
            while (true) {
                SocketChannel next = server.accept();
                next.configureBlocking(false);
                take(next);
            }
        } catch (IOException closed) {
            hangUp();
        }
    }

    private synchronized void take(SocketChannel next) {
        hangUp();
        if (!server.isOpen()) {
            closeQuietly(next);
            return;
        }
        reader = next;
        droppedByReader = 0;
        record.limit(0).position(0);
        send(System.nanoTime(), FLAG_FOUND);
    }

    @Override
    public synchronized void set(boolean level) {
        if (level == high) {
            return;
        }
        high = level;
        send(System.nanoTime(), 0);
    }

    private void send(long nanos, int flag) {
        if (reader == null) {
            dropped++;
            return;
        }
        try {
            if (record.hasRemaining()) {
                reader.write(record); // the rest of a record that the socket took in part
            }
            if (record.hasRemaining()) {
                dropped++;
                droppedByReader++;
                return;
            }
            record.clear();
            record.putLong(NANOS_OFFSET, nanos)
                    .putInt(DROPPED_OFFSET, droppedByReader)
                    .putInt(FLAGS_OFFSET, flag | (high ? FLAG_HIGH : 0));
            if (reader.write(record) == 0) {
                record.limit(0).position(0);
                dropped++;
                droppedByReader++;
            }
        } catch (IOException gone) {
            dropped++;
            hangUp();
        }
    }

    private synchronized void hangUp() {
        if (reader != null) {
            closeQuietly(reader);
            reader = null;
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException nothingToSave) {
            // the reader is gone either way
        }
    }

    /** Edges that no reader got, since the wire was opened. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Whether somebody reads; one that went is noticed at the next edge. */
    public synchronized boolean isRead() {
        return reader != null;
    }

    @Override
    public String name() {
        return "sim:" + path;
    }

    @Override
    public void close() throws IOException {
        set(false);
        server.close();
        hangUp();
        Files.deleteIfExists(path);
    }
}
