package io.spikelet.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has ever held. */
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LINE = "VmHWM:";

    private PeakMemory() {}

    /** KiB resident at most so far, as Linux counts them; −1 elsewhere. */
    public static long kibibytes() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(LINE)) {
                    return Long.parseLong(
                            line.substring(LINE.length()).replace("kB", "").strip());
                }
            }
            return -1;
        } catch (IOException notLinux) {
            return -1;
        }
    }
}
