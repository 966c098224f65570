package io.spikelet.bench.agent;

import io.spikelet.hal.serial.SerialCable;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Inferences;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Patience;
import io.spikelet.host.link.Target;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed agent in a process of its own, at a serial cable, and a client at the other end. */
final class RunningAgent implements Closeable {
    private static final double NANOS_A_MILLI = 1e6;
    private static final Patience EMULATED = new Patience(30_000, 2, 100);
    private static final String RESIDENT = "VmRSS:";
    private static final int STOP_SECONDS = 30;

    private final SerialCable cable;
    private final Process process;
    private final long began;
    private BoardClient client;

    private RunningAgent(SerialCable cable, Process process, long began) {
        this.cable = cable;
        this.process = process;
        this.began = began;
    }

    /**
     * Starts it and waits until it says {@code ready}.
     *
     * @param data the board's folder
     * @param log takes what it logs
     * @param links besides the cable
     */
    static RunningAgent start(InstalledTree tree, Path data, Path log, List<String> links) throws IOException {
        SerialCable cable = SerialCable.open();
        List<String> words = new ArrayList<>(List.of("--data", data.toString(), "--serial", cable.left()));
        words.addAll(links);
        ProcessBuilder command = tree.command(words).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long began = System.nanoTime();
        RunningAgent agent = new RunningAgent(cable, command.start(), began);
        try {
            agent.awaitReady(log);
            agent.client = Links.open(Target.parse("serial:" + cable.right()), LinkSettings.NONE, EMULATED);
            return agent;
        } catch (IOException e) {
            agent.close();
            throw e;
        }
    }

    private void awaitReady(Path log) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready")) {
                return;
            }
        }
        throw new IOException("the installed agent ended before it was ready: "
                + Files.readString(log).strip());
    }

    /** Milliseconds since before the process was asked for. */
    double age() {
        return (System.nanoTime() - began) / NANOS_A_MILLI;
    }

    BoardClient client() {
        return client;
    }

    /** Sends samples over the cable. */
    Inferences infer(byte[] samples, int count) throws IOException {
        return client.infer(samples, count, null);
    }

    /** Bytes resident now. */
    long resident() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.substring(RESIDENT.length())
                                .replace("kB", "")
                                .strip())
                        * 1024;
            }
        }
        throw new IOException(status + " has no line " + RESIDENT + "; memory can be measured on Linux alone");
    }

    @Override
    public void close() throws IOException {
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            process.destroy();
            try {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            cable.close();
        }
    }
}
