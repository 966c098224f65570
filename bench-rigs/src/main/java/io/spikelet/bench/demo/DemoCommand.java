package io.spikelet.bench.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet demo}: the whole journey on this machine. */
@Command(
        name = "demo",
        description = "Play the whole journey on this machine: import, quantise, sign, flash, infer, learn, report.",
        footer = {
            "",
            "A board runs in a process of its own, behind a serial cable (two pseudo-terminals) and an MQTT broker.",
            "Exit code 1 when board and host disagree in any output spike, when integers cost more than half a point,",
            "or when learning does not win back half of what the changed sensor cost.",
            "",
            "Example:",
            "  spikelet demo --out my-demo"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int LEAST_SAMPLES = 100;
    private static final int MOST_SAMPLES = 500;

    @Option(
            names = "--out",
            defaultValue = "spikelet-demo",
            paramLabel = "FOLDER",
            description = "Takes keys, images, logs and the report (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--samples",
            defaultValue = "500",
            paramLabel = "N",
            description = "Test scans to run, 100 or more (default: all ${DEFAULT-VALUE}).")
    private int samples;

    @Option(names = "--json", description = "Print the final figures as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    DemoCommand() {}

    @Override
    public Integer call() throws Exception {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("the demo needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        if (samples < LEAST_SAMPLES || samples > MOST_SAMPLES) {
            throw new IllegalArgumentException("--samples must be " + LEAST_SAMPLES + ".." + MOST_SAMPLES
                    + ", the test scans there are and as few as still tell something: " + samples);
        }
        DemoFolder.requireOurs(folder);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Steps steps = new Steps(json ? err : out, err);
        JourneyResult result = new Journey(Path.of(home), folder.toAbsolutePath(), samples, steps).run();
        Path report = folder.resolve("report.html");
        DemoReport.write(report, result);
        out.println(json ? JourneyJson.of(result, report) : JourneyTable.of(result, report));
        for (String failure : result.failures()) {
            err.println("spikelet: " + failure);
        }
        return result.failures().isEmpty() ? 0 : 1;
    }
}
