package io.spikelet.bench.board;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Eclipse Mosquitto as a process of its own, for one user, on a free port of this machine. */
final class Mosquitto implements Closeable {
    private static final int START_ATTEMPTS = 200;
    private static final int ATTEMPT_MILLIS = 50;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final int port;

    private Mosquitto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program of this name, also where administrators have theirs; empty when it is not installed. */
    static Optional<Path> program(String name) {
        List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
        folders.add("/usr/sbin");
        folders.add("/usr/local/sbin");
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder takes configuration, password file and log */
    static Mosquitto start(Path program, Path passwordProgram, Path folder, String user, String password)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path users = folder.resolve("users");
        run(List.of(passwordProgram.toString(), "-b", "-c", users.toString(), user, password));
        List<String> settings = new ArrayList<>(
                List.of("listener " + port + " 127.0.0.1", "allow_anonymous false", "password_file " + users));
        // Started by root it would become the user "mosquitto", who may not read the file.
        settings.add("user " + System.getProperty("user.name"));
        Path configuration = Files.write(folder.resolve("mosquitto.conf"), settings);
        Process process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        Mosquitto broker = new Mosquitto(process, port);
        broker.awaitListening(folder);
        return broker;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed: " + said);
        }
    }

    private void awaitListening(Path folder) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < START_ATTEMPTS && process.isAlive(); attempt++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                Thread.sleep(ATTEMPT_MILLIS);
            }
        }
        close();
        throw new IOException("mosquitto did not start: " + Files.readString(folder.resolve("mosquitto.log")));
    }

    int port() {
        return port;
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
    }
}
