package io.spikelet.hal.tcp;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection as a {@link ByteLink}. Neither encrypted nor authenticated: for one machine or a network of one's
 * own. One thread may read while another writes.
 */
public final class TcpLink implements ByteLink {
    private static final long WRITE_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private ByteBuffer readInto = ByteBuffer.allocate(0);

    private TcpLink(String name, SocketChannel channel, Selector readable, Selector writable) {
        this.name = name;
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
    }

    /**
     * Connects to a listening process.
     *
     * @param timeoutMillis how long the other end may take to answer, positive
     * @throws LinkUnavailableException when there is no such host or nothing answers there
     */
    public static TcpLink connect(String host, int port, int timeoutMillis) throws IOException {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("timeoutMillis must be positive: " + timeoutMillis);
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        String name = "tcp:" + host + ":" + port;
        if (address.isUnresolved()) {
            throw new LinkUnavailableException("no host of the name " + host + "; check it or give an address");
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, timeoutMillis);
            return over(name, channel);
        } catch (IOException failed) {
            channel.close();
            throw new LinkUnavailableException(
                    "nothing answers at " + name + "; start the process that listens there", failed);
        }
    }

    /** Wraps a connected channel and closes it when closed, or when this fails. */
    static TcpLink over(String name, SocketChannel channel) throws IOException {
        Selector readable = null;
        Selector writable = null;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            readable = Selector.open();
            writable = Selector.open();
            channel.register(readable, SelectionKey.OP_READ);
            channel.register(writable, SelectionKey.OP_WRITE);
            return new TcpLink(name, channel, readable, writable);
        } catch (IOException failed) {
            closeAll(channel, readable, writable);
            throw failed;
        }
    }

    @Override
    public int read(byte[] into, int timeoutMillis) throws IOException {
        if (into.length == 0) {
            throw new IllegalArgumentException("into has no room: length 0");
        }
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeoutMillis must not be negative: " + timeoutMillis);
        }
        if (readInto.array() != into) {
            readInto = ByteBuffer.wrap(into);
        }
        readInto.clear();
        int count = receive();
        if (count == 0 && timeoutMillis > 0) {
            await(readable, timeoutMillis);
            count = receive();
        }
        return count;
    }

    private int receive() throws IOException {
        int count;
        try {
            count = channel.read(readInto);
        } catch (IOException failed) {
            throw gone(failed);
        }
        if (count < 0) {
            throw gone(null);
        }
        return count;
    }

    /** Writes all bytes; when the other end does not take them within 5 seconds the connection is closed. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        long deadline = System.nanoTime() + WRITE_DEADLINE_NANOS;
        while (left.hasRemaining()) {
            int count;
            try {
                count = channel.write(left);
            } catch (IOException failed) {
                throw gone(failed);
            }
            if (count == 0) {
                long waitMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (waitMillis <= 0) {
                    close();
                    throw new IOException(name + " took " + (length - left.remaining()) + " of " + length
                            + " bytes before the deadline; check that the other end reads, then connect again");
                }
                await(writable, waitMillis);
            }
        }
    }

    private void await(Selector selector, long timeoutMillis) throws IOException {
        try {
            selector.select(timeoutMillis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException closed) {
            throw gone(new IOException("closed meanwhile", closed));
        }
    }

    private IOException gone(IOException cause) {
        return new IOException("the other end of " + name + " is gone; connect again", cause);
    }

    private static void closeAll(SocketChannel channel, Selector readable, Selector writable) throws IOException {
        try {
            channel.close();
        } finally {
            for (Selector selector : new Selector[] {readable, writable}) {
                if (selector != null) {
                    selector.close();
                }
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        closeAll(channel, readable, writable);
    }
}
