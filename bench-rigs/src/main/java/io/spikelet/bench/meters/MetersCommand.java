package io.spikelet.bench.meters;

import io.spikelet.bench.measure.Machine;
import io.spikelet.hal.meter.Meter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench meters}: whether fast instruments are kept up with. */
@Command(
        name = "meters",
        description = "Stream simulated instruments at true pace from a process of their own through a pseudo-terminal;"
                + " print what was decoded and lost, what part of a core reading took, and what memory.",
        footer = {
            "",
            "Exit code 1 when a sample was lost or damaged, or when reading allocates memory in the steady state.",
            "",
            "Example:",
            "  spikelet bench meters --seconds 600 --stream ppk2"
        })
public final class MetersCommand implements Callable<Integer> {
    /**
     * Samples that are taken, and dropped as the port says, between the last read and the instrument's stop: half a
     * second.
     */
    private static final int MOST_UNREAD = 50_000;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "N",
            description = "For each stream (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            split = ",",
            description = "One of them, or several; all without it.")
    private List<String> streams = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    MetersCommand() {}

    @Override
    public Integer call() throws Exception {
        if (seconds < 1) {
            throw new IllegalArgumentException("--seconds must be 1 or more: " + seconds);
        }
        List<StreamKind> kinds = streams.isEmpty()
                ? List.of(StreamKind.values())
                : streams.stream().map(StreamKind::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println("on " + Machine.here().sentence());
        out.println("stream         seconds     taken   decoded   lost broken unread    edges  cores  heap KiB "
                + " bytes/sample");
        boolean holds = true;
        for (StreamKind kind : kinds) {
            try (StreamProcess process = StreamProcess.start(kind)) {
                StreamResult result;
                try (Meter meter = kind.meter(process.path())) {
                    result = new StreamRun().run(meter, seconds);
                }
                StreamProcess.Truth truth = process.end();
                holds &= result.holds() && truth.lost() == 0 && truth.taken() - result.told() <= MOST_UNREAD;
                out.println(row(kind, truth, result));
            }
            out.flush();
        }
        return holds ? 0 : 1;
    }

    private static String row(StreamKind kind, StreamProcess.Truth truth, StreamResult result) {
        return String.format(
                Locale.ROOT,
                "%-13s %8.1f %9d %9d %6d %6d %6d %8d  %5.3f %9d  %12.4f",
                kind.word(),
                result.seconds(),
                truth.taken(),
                result.decoded(),
                result.lost(),
                result.broken(),
                truth.taken() - result.told(),
                result.edges(),
                result.cores(),
                result.heapKibibytes(),
                result.bytesPerSample());
    }
}
