package io.spikelet.bench.board;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code spikelet-device} in a process of its own, with its own data folder and log. */
public final class BoardProcess implements Closeable {
    private static final int READY_SECONDS = 30;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final Path log;
    private final Thread lastResort;
    private volatile boolean ready;

    private BoardProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        // Ctrl-C and SIGTERM end this program without close(): no board is left behind then.
        lastResort = new Thread(process::destroyForcibly, "board-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * The folder of the board's own jars, as the build leaves it.
     *
     * @param home the root of the repository
     */
    public static Path library(Path home) throws IOException {
        Path library = home.resolve("device-runtime/target/dist/lib");
        if (!Files.isDirectory(library)) {
            throw new IOException("the board's program is not built: " + library + " is missing; run 'mvn package'");
        }
        return library;
    }

    /** The command line that runs the board's main with some arguments, as the launcher does. */
    static List<String> command(Path library, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules",
                "com.fazecast.jSerialComm,org.eclipse.paho.client.mqttv3",
                "--enable-native-access=io.spikelet.hal,com.fazecast.jSerialComm",
                "-p",
                library.toString(),
                "-m",
                "io.spikelet.device/io.spikelet.device.SpikeletDevice"));
        command.addAll(arguments);
        return command;
    }

    /** Gives a new board its name and the key that it trusts. */
    public static void provision(Path home, Path data, String name, Path publicKey) throws IOException {
        Path log = Files.createTempFile("provision", ".log");
        Process process = new ProcessBuilder(command(
                        library(home),
                        List.of("provision", "--data", data.toString(), "--name", name, "--key", publicKey.toString())))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = await(process, READY_SECONDS);
        String said = Files.readString(log);
        Files.delete(log);
        if (exit != 0) {
            throw new IOException("the board could not be provisioned: " + said.strip());
        }
    }

    /**
     * Starts a board and waits until it serves.
     *
     * @param log takes what the board logs, added to what is there
     * @param links such as {@code --serial PATH}
     */
    public static BoardProcess start(Path home, Path data, Path log, List<String> links) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--end-with-input", "--data", data.toString()));
        arguments.addAll(links);
        Process process = new ProcessBuilder(command(library(home), arguments))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BoardProcess board = new BoardProcess(process, log);
        board.awaitReady();
        return board;
    }

    private void awaitReady() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Thread watchdog = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(READY_SECONDS, TimeUnit.SECONDS) && !ready) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready")) {
                ready = true;
                watchdog.interrupt();
                return;
            }
        }
        throw new IOException("the board did not get ready; its log is " + log);
    }

    /** Pulls the plug: SIGKILL, no last word. */
    public void kill() throws IOException {
        process.destroyForcibly();
        await(process, STOP_SECONDS);
        forget();
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException programEnds) {
            ready = false; // the hook runs then, and finds a process that has ended
        }
    }

    /** Asks it to stop, as systemd does, and waits. */
    @Override
    public void close() throws IOException {
        process.destroy();
        await(process, STOP_SECONDS);
        forget();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    private static int await(Process process, int seconds) throws IOException {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the board's process did not end within " + seconds + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the board's process ended", e);
        }
    }
}
