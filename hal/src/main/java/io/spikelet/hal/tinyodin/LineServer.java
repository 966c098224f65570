package io.spikelet.hal.tinyodin;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.tcp.TcpListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Lets hosts talk to a chip over TCP, one after the other: a chip has one host. Closing it frees the port, not the chip. */
public final class LineServer implements Closeable {
    private static final int WAIT_MILLIS = 100;
    private static final long CLOSE_MILLIS = 5_000;

    private final TcpListener listener;
    private final LineService service;
    private final Thread thread;
    private volatile boolean closed;
    private volatile String lastFailure = "";

    private LineServer(TcpListener listener, LineService service) {
        this.listener = listener;
        this.service = service;
        this.thread = Thread.ofPlatform().daemon().name("tinyodin-lines").unstarted(this::serve);
    }

    /**
     * Listens.
     *
     * @param host the own address to listen on; {@code 127.0.0.1} lets in this machine alone
     * @param port 1..65535, or 0 for any that is free
     */
    public static LineServer open(String host, int port, LineService service) throws IOException {
        LineServer server = new LineServer(TcpListener.open(host, port), service);
        server.thread.start();
        return server;
    }

    public int port() {
        return listener.port();
    }

    /** Why the last connection ended; empty before one has. */
    public String lastFailure() {
        return lastFailure;
    }

    private void serve() {
        while (!closed) {
            try (ByteLink link = listener.accept(WAIT_MILLIS)) {
                if (link != null) {
                    serve(link);
                }
            } catch (IOException ended) {
                lastFailure = String.valueOf(ended.getMessage());
            }
        }
    }

    private void serve(ByteLink link) throws IOException {
        LineReader reader = new LineReader(link);
        while (!closed) {
            String request = reader.read(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS));
            if (request != null) {
                byte[] answer = (service.ask(request) + "\n").getBytes(StandardCharsets.US_ASCII);
                link.write(answer, 0, answer.length);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.close();
    }
}
