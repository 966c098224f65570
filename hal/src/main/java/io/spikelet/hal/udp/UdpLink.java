package io.spikelet.hal.udp;

import io.spikelet.hal.LinkUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Messages to one UDP port and back; what others send is not received. One thread. */
public final class UdpLink implements Closeable {
    private final String name;
    private final DatagramChannel channel;
    private final Selector readable;
    private final ByteBuffer buffer = ByteBuffer.allocate(UdpPort.MAX_BYTES);

    private UdpLink(String name, DatagramChannel channel, Selector readable) {
        this.name = name;
        this.channel = channel;
        this.readable = readable;
    }

    /**
     * Readies a way to a port; nothing is sent yet, so whether anybody listens there shows later.
     *
     * @throws LinkUnavailableException when there is no such host
     */
    public static UdpLink open(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new LinkUnavailableException("no host of the name " + host + "; check it or give an address");
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(address);
            channel.configureBlocking(false);
            Selector readable = Selector.open();
            channel.register(readable, SelectionKey.OP_READ);
            return new UdpLink(
                    "udp:" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port, channel, readable);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Sends a message of at most {@link UdpPort#MAX_BYTES}; it may be lost on the way. */
    public void send(byte[] message) throws IOException {
        try {
            channel.write(ByteBuffer.wrap(message));
        } catch (PortUnreachableException nobody) {
            throw nobodyListens(nobody);
        }
    }

    /**
     * The next message, waiting at most {@code timeoutMillis} (positive) for it; null when none came.
     *
     * @throws IOException when the other machine said that nobody listens there
     */
    public byte[] receive(int timeoutMillis) throws IOException {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("timeoutMillis must be positive: " + timeoutMillis);
        }
        try {
            int length = channel.read(buffer.clear());
            if (length <= 0) {
                readable.select(timeoutMillis);
                readable.selectedKeys().clear();
                length = channel.read(buffer.clear());
            }
            if (length <= 0) {
                return null;
            }
            byte[] message = new byte[length];
            buffer.flip().get(message);
            return message;
        } catch (PortUnreachableException nobody) {
            throw nobodyListens(nobody);
        }
    }

    private IOException nobodyListens(PortUnreachableException cause) {
        return new IOException("nothing listens at " + name, cause);
    }

    /** What a person calls it, such as {@code udp:10.0.0.7:1337}. */
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        readable.close();
        channel.close();
    }
}
