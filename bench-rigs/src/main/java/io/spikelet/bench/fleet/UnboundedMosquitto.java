package io.spikelet.bench.fleet;

import io.spikelet.bench.board.Mosquitto;
import io.spikelet.bench.measure.TemporaryFolder;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A mosquitto in a temporary folder of its own, with no bound on connections or queues. */
public final class UnboundedMosquitto implements Closeable {
    private static final List<String> SETTINGS = List.of(
            "allow_anonymous true",
            "max_connections -1",
            "max_queued_messages 0",
            "max_inflight_messages 0",
            "set_tcp_nodelay true",
            "persistence false",
            "log_type error",
            "log_type warning");

    private final Mosquitto broker;
    private final TemporaryFolder folder;

    private UnboundedMosquitto(Mosquitto broker, TemporaryFolder folder) {
        this.broker = broker;
        this.folder = folder;
    }

    /** Where mosquitto is, when it is installed. */
    public static Optional<Path> installed() {
        return Mosquitto.program("mosquitto");
    }

    /** Starts it on a free port and waits until it listens. */
    public static UnboundedMosquitto start() throws IOException, InterruptedException {
        return start(Mosquitto.freePort());
    }

    /** The same on a certain port. */
    public static UnboundedMosquitto start(int port) throws IOException, InterruptedException {
        Path program = installed()
                .orElseThrow(
                        () -> new IOException("mosquitto is not installed: apt install mosquitto, or name a broker"));
        TemporaryFolder folder = TemporaryFolder.create("mosquitto");
        return new UnboundedMosquitto(Mosquitto.start(program, folder.path(), port, SETTINGS), folder);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", broker.port());
    }

    /** How much processor time it took so far, in ms. */
    public long processorMillis() {
        return broker.processorMillis();
    }

    @Override
    public void close() throws IOException {
        broker.close();
        folder.close();
    }
}
