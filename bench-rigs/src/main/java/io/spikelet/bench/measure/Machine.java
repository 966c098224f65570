package io.spikelet.bench.measure;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where and how something was measured.
 *
 * @param processor as the system names it
 * @param cores that this process may use
 * @param system name and architecture
 * @param java vendor and version
 * @param flags of this JVM, as given
 */
public record Machine(String processor, int cores, String system, String java, List<String> flags)
        implements Serializable {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    public Machine {
        flags = List.copyOf(flags);
    }

    /** This process. */
    public static Machine here() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    private static String processorName() {
        try {
            // A kernel's file, small and in ASCII; arm64 kernels name no model there.
            return Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unnamed " + System.getProperty("os.arch"));
        } catch (IOException absent) {
            return "unnamed " + System.getProperty("os.arch");
        }
    }

    public String sentence() {
        return processor + ", " + cores + " cores, " + system + "; " + java + " " + String.join(" ", flags);
    }
}
