package io.spikelet.bench.agent;

import io.spikelet.bench.measure.TemporaryFolder;
import io.spikelet.host.cli.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spikelet bench agent}: what the agent costs as a package installs it. */
@Command(
        name = "agent",
        description =
                "Measure the agent as its package installs it, with the demo's model: from the start of the process to"
                        + " the first inference with and without the cache of classes, resident memory after many"
                        + " inferences over MQTT, and size on disk.",
        footer = {
            "",
            "Exit code 1 when an answer is not the host's, more than 64 MB are resident, or more than 60 MB are"
                    + " installed.",
            "Linux.",
            "",
            "Examples:",
            "  build/package.sh && spikelet bench agent",
            "  spikelet bench agent --root / --start full",
            "  spikelet bench agent --root target/package/arm64/root \\",
            "      --emulator 'qemu-aarch64-static -L target/aarch64/root'"
        })
public final class AgentCommand implements Callable<Integer> {
    @Option(
            names = "--root",
            paramLabel = "FOLDER",
            description = "Where the package is unpacked, or / where it is installed (default: what build/package.sh"
                    + " leaves of this machine's package).")
    private Path root;

    @Option(
            names = "--start",
            defaultValue = "quick",
            paramLabel = "KIND",
            description = "quick or full, as SPIKELET_START (default: ${DEFAULT-VALUE}).")
    private String start;

    @Option(
            names = "--starts",
            defaultValue = "7",
            paramLabel = "N",
            description = "Of each kind (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--inferences",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Before memory is read (default: ${DEFAULT-VALUE}).")
    private int inferences;

    @Option(
            names = "--emulator",
            defaultValue = "",
            paramLabel = "WORDS",
            description = "Program, with its options, that runs a Java of another processor.")
    private String emulator;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    AgentCommand() {}

    @Override
    public Integer call() throws Exception {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("agent needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        if (starts < 1 || inferences < 1 || !List.of("quick", "full").contains(start)) {
            throw new ParameterException(
                    spec.commandLine(), "--starts and --inferences must be 1 or more, and --start quick or full");
        }
        Path from = root == null ? Path.of(home, "target/package", debianArchitecture(), "root") : root;
        List<String> words =
                emulator.isBlank() ? List.of() : Arrays.asList(emulator.strip().split("\\s+"));
        try (TemporaryFolder folder = TemporaryFolder.create("spikelet-agent")) {
            InstalledTree tree = InstalledTree.copy(from, folder.path().resolve("home"), start, words);
            ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "starting the agent");
            AgentFigures figures = new AgentRun(tree, Path.of(home, "bench-rigs/zoo"), folder.path())
                    .run(
                            starts,
                            inferences,
                            "installation " + from + ", start " + start
                                    + (words.isEmpty() ? "" : ", under " + emulator.strip()),
                            !words.isEmpty(),
                            progress::at);
            progress.done();
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? figures.json() + "\n" : figures.text());
            out.flush();
            return figures.holds() ? 0 : 1;
        }
    }

    private static String debianArchitecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
