package io.spikelet.hal.tcp;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Waits for processes that connect. */
public final class TcpListener implements Closeable {
    private final ServerSocketChannel channel;
    private final Selector acceptable;

    private TcpListener(ServerSocketChannel channel, Selector acceptable) {
        this.channel = channel;
        this.acceptable = acceptable;
    }

    /**
     * Listens.
     *
     * @param host the own address to listen on; {@code 127.0.0.1} lets in this machine alone
     * @param port 1..65535, or 0 for any that is free
     * @throws IOException when the port is taken
     */
    public static TcpListener open(String host, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(host, port));
            channel.configureBlocking(false);
            Selector acceptable = Selector.open();
            channel.register(acceptable, SelectionKey.OP_ACCEPT);
            return new TcpListener(channel, acceptable);
        } catch (BindException taken) {
            channel.close();
            throw new IOException("cannot listen on " + host + ":" + port + "; choose another port", taken);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** The port it listens on. */
    public int port() {
        return channel.socket().getLocalPort();
    }

    /** The next connection, waiting at most {@code timeoutMillis} (positive); null when none came. */
    public TcpLink accept(int timeoutMillis) throws IOException {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("timeoutMillis must be positive: " + timeoutMillis);
        }
        acceptable.select(timeoutMillis);
        acceptable.selectedKeys().clear();
        SocketChannel accepted = channel.accept();
        return accepted == null ? null : TcpLink.over("tcp:" + accepted.getRemoteAddress(), accepted);
    }

    @Override
    public void close() throws IOException {
        acceptable.close();
        channel.close();
    }
}
