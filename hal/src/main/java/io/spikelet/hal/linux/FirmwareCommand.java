package io.spikelet.hal.linux;

import io.spikelet.hal.board.HardwareUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code vcgencmd}, the tool that asks a Raspberry Pi's firmware. */
public final class FirmwareCommand {
    /** Found on the path. */
    public static final Path TOOL = Path.of("vcgencmd");

    private static final long PATIENCE_SECONDS = 5;

    private final Path tool;

    /** @param tool {@link #TOOL}, or where else it lies */
    public FirmwareCommand(Path tool) {
        this.tool = tool;
    }

    /**
     * Runs it with one word.
     *
     * @return what it printed
     * @throws HardwareUnavailableException when there is no such tool here
     * @throws IOException when it failed or took too long; its first line says why
     */
    public String ask(String word) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(tool.toString(), word)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            throw new HardwareUnavailableException(
                    "cannot run " + tool
                            + ", which only a Raspberry Pi has (Debian: libraspberrypi-bin or raspi-utils)",
                    absent);
        }
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(tool + " " + word + " does not end");
            }
            if (process.exitValue() != 0 || text.startsWith("error")) {
                throw new IOException(tool + " " + word + " failed: "
                        + text.lines().findFirst().orElse("it said nothing")
                        + "; this user may need the group video");
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + tool + " ran");
        } finally {
            process.destroy();
        }
    }
}
