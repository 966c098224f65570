package io.spikelet.bench.board;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Eclipse Mosquitto as a process of its own, on a free port of this machine; it can be killed and started again. */
public final class Mosquitto implements Closeable {
    private static final int START_ATTEMPTS = 400;
    private static final int ATTEMPT_MILLIS = 25;
    private static final int STOP_SECONDS = 10;

    private final Path program;
    private final Path folder;
    private final int port;
    private final Thread lastResort;
    private volatile Process process;

    private Mosquitto(Path program, Path folder, int port) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        // Ctrl-C and SIGTERM end this program without close(): no broker is left behind then.
        lastResort = new Thread(() -> process.destroyForcibly(), "mosquitto-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** The program of this name, also where administrators have theirs; empty when it is not installed. */
    public static Optional<Path> program(String name) {
        List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
        folders.add("/usr/sbin");
        folders.add("/usr/local/sbin");
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts a broker.
     *
     * @param folder takes configuration and log
     * @param settings lines of its configuration after {@code listener}, such as {@code allow_anonymous true}
     */
    public static Mosquitto start(Path program, Path folder, List<String> settings)
            throws IOException, InterruptedException {
        return start(program, folder, freePort(), settings);
    }

    /** A port of this machine that nobody listens on just now. */
    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** The same on a certain port. */
    public static Mosquitto start(Path program, Path folder, int port, List<String> settings)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of("listener " + port + " 127.0.0.1"));
        lines.addAll(settings);
        // Started by root it would become the user "mosquitto", who may not read our files.
        lines.add("user " + System.getProperty("user.name"));
        Files.write(folder.resolve("mosquitto.conf"), lines);
        Mosquitto broker = new Mosquitto(program, folder, port);
        broker.startAgain();
        return broker;
    }

    /** The lines for a broker with one user. */
    public static List<String> forUser(Path passwordProgram, Path folder, String user, String password)
            throws IOException, InterruptedException {
        Path users = folder.resolve("users");
        run(List.of(passwordProgram.toString(), "-b", "-c", users.toString(), user, password));
        return List.of("allow_anonymous false", "password_file " + users);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed: " + said);
        }
    }

    /** Starts it on the same port, after {@link #kill}. */
    public void startAgain() throws IOException, InterruptedException {
        Path log = folder.resolve("mosquitto.log");
        process = new ProcessBuilder(
                        program.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        for (int attempt = 0; attempt < START_ATTEMPTS && process.isAlive(); attempt++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                Thread.sleep(ATTEMPT_MILLIS);
            }
        }
        close();
        throw new IOException("mosquitto did not start: " + Files.readString(log));
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    }

    public int port() {
        return port;
    }

    /** How much processor time it took so far, in ms. */
    public long processorMillis() {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException programEnds) {
            process.destroyForcibly(); // the hook runs then, and finds a process that has ended
        }
    }
}
