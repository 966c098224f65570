package io.spikelet.bench.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A mosquitto of our own on a free port of this machine, with no bound on connections or queues. */
public final class MosquittoProcess implements Closeable {
    private static final int START_MILLIS = 5_000;

    private final Process process;
    private final int port;
    private final Path folder;

    private MosquittoProcess(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
        // Ctrl-C and SIGTERM end this program without close(): no broker is left behind then.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "mosquitto-last-resort"));
    }

    /** Where mosquitto is, when it is installed. */
    public static Optional<Path> installed() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on a free port and waits until it listens. */
    public static MosquittoProcess start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return start(port);
    }

    /** The same on a certain port. */
    public static MosquittoProcess start(int port) throws IOException, InterruptedException {
        Path program = installed()
                .orElseThrow(
                        () -> new IOException("mosquitto is not installed: apt install mosquitto, or name a broker"));
        Path folder = Files.createTempDirectory("mosquitto");
        Path settings = folder.resolve("mosquitto.conf");
        Files.write(
                settings,
                List.of(
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous true",
                        "max_connections -1",
                        "max_queued_messages 0",
                        "max_inflight_messages 0",
                        "set_tcp_nodelay true",
                        "persistence false",
                        "log_type error",
                        "log_type warning"));
        Process process = new ProcessBuilder(program.toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        MosquittoProcess broker = new MosquittoProcess(process, port, folder);
        broker.awaitListening();
        return broker;
    }

    private void awaitListening() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (true) {
            try (Socket probe = new Socket()) {
                probe.connect(address());
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    close();
                    throw new IOException("mosquitto did not come up on port " + port, notYet);
                }
                Thread.sleep(20);
            }
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** How much processor time it took so far, in ms. */
    public long processorMillis() {
        return process.info().totalCpuDuration().map(time -> time.toMillis()).orElse(0L);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(folder.resolve("log"));
        Files.deleteIfExists(folder.resolve("mosquitto.conf"));
        Files.deleteIfExists(folder);
    }
}
