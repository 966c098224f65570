package io.spikelet.hal.udp;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A port on which datagrams arrive from anybody, and from which answers go back to their senders. What comes faster than
 * it is received waits in the kernel's buffer, and is lost when that is full. One thread.
 */
public final class UdpPort implements Closeable {

    /** The most bytes that a datagram over IPv4 carries. */
    public static final int MAX_BYTES = 65_507;

    /** A message and who sent it. */
    public record Datagram(byte[] message, SocketAddress sender) {}

    private final DatagramChannel channel;
    private final Selector readable;
    private final ByteBuffer buffer;

    private UdpPort(DatagramChannel channel, Selector readable, int maxBytes) {
        this.channel = channel;
        this.readable = readable;
        buffer = ByteBuffer.allocate(maxBytes);
    }

    /**
     * Listens.
     *
     * @param host the own address to listen on; {@code 127.0.0.1} lets in this machine alone
     * @param port 1..65535, or 0 for any that is free
     * @param maxBytes of a message, 1..{@link #MAX_BYTES}; a longer one arrives cut to this length
     * @throws IOException when the port is taken or the address is not this machine's
     */
    public static UdpPort open(String host, int port, int maxBytes) throws IOException {
        if (maxBytes < 1 || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("maxBytes must be 1.." + MAX_BYTES + ": maxBytes=" + maxBytes);
        }
        InetSocketAddress own = new InetSocketAddress(host, port);
        if (own.isUnresolved()) {
            throw new IOException("no address of the name " + host + " on this machine; give one that it has");
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(own);
            channel.configureBlocking(false);
            Selector readable = Selector.open();
            channel.register(readable, SelectionKey.OP_READ);
            return new UdpPort(channel, readable, maxBytes);
        } catch (BindException taken) {
            channel.close();
            throw new IOException("cannot listen on " + host + ":" + port + "; choose another port or address", taken);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** The port it listens on. */
    public int port() {
        return channel.socket().getLocalPort();
    }

    /** The next message, waiting at most {@code timeoutMillis} (positive) for it; null when none came. */
    public Datagram receive(int timeoutMillis) throws IOException {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("timeoutMillis must be positive: " + timeoutMillis);
        }
        SocketAddress sender = channel.receive(buffer.clear());
        if (sender == null) {
            readable.select(timeoutMillis);
            readable.selectedKeys().clear();
            sender = channel.receive(buffer.clear());
        }
        if (sender == null) {
            return null;
        }
        byte[] message = new byte[buffer.flip().remaining()];
        buffer.get(message);
        return new Datagram(message, sender);
    }

    /** Sends a message; it is dropped, as on the way, when the kernel's buffer is full. */
    public void send(byte[] message, SocketAddress receiver) throws IOException {
        channel.send(ByteBuffer.wrap(message), receiver);
    }

    @Override
    public void close() throws IOException {
        readable.close();
        channel.close();
    }
}
