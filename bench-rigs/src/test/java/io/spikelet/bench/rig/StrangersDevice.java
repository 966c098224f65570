package io.spikelet.bench.rig;

import io.spikelet.hal.Clock;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.host.link.Target;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bench-rigs/golden/dut.py} in a process of its own: a device that shares no code with us. */
final class StrangersDevice implements Closeable {
    static final int CLASSES = 4;

    private final Process process;
    private final String path;

    private StrangersDevice(Process process, String path) {
        this.process = process;
        this.path = path;
    }

    /** Whether a test can have one. */
    static boolean canRun() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) || Files.isExecutable(Path.of("/usr/local/bin/python3"));
    }

    static StrangersDevice start(String... more) throws IOException {
        Path script = Path.of(System.getProperty("spikelet.home", ".."), "bench-rigs/golden/dut.py");
        List<String> command = new ArrayList<>(List.of("python3", script.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new StrangersDevice(process, process.inputReader().readLine());
    }

    String path() {
        return path;
    }

    Dut open() throws IOException {
        return new Dut(line(5_000));
    }

    /** @param lineMillis how long it may be silent */
    DutLine line(int lineMillis) throws IOException {
        return new DutLine(
                () -> SerialLink.open(path, Target.DEFAULT_BAUD),
                Clock.system(),
                new DutLine.Waits(lineMillis, lineMillis));
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
