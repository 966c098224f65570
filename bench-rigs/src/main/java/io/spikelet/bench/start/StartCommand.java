package io.spikelet.bench.start;

import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.TemporaryFolder;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.cli.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench start}: what a fresh JVM costs until its first result, beside ONNX Runtime's. */
@Command(
        name = "start",
        description = {
            "Time fresh JVMs from the start of the process to the first result, and their peak memory.",
            "",
            "Ours loads a model image as a board does; the peer loads the same shapes in int8. Each is started plainly"
                    + " and with what makes its start quick; class caches are made beforehand in a temporary folder."
                    + " Linux."
        },
        footer = {
            "",
            "Exit code 1 with --check when a limit does not hold.",
            "",
            "Examples:",
            "  spikelet bench start",
            "  spikelet bench start --workload W1 --repeats 31 --flag -XX:TieredStopAtLevel=1"
        })
public final class StartCommand implements Callable<Integer> {
    @Option(
            names = "--workload",
            split = ",",
            defaultValue = "W1,W2",
            paramLabel = "NAME",
            description = "Which (default: ${DEFAULT-VALUE}).")
    private List<Workload> workloads;

    @Option(
            names = "--repeats",
            defaultValue = "11",
            paramLabel = "N",
            description = "Starts of each kind (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--flag", paramLabel = "FLAG", description = "A further flag for our JVMs; may be repeated.")
    private List<String> extra = List.of();

    @Option(names = "--check", description = "End with exit code 1 when a limit does not hold.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public StartCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        if (repeats < 1) {
            throw new IllegalArgumentException("--repeats must be 1 or more: " + repeats);
        }
        List<StartRow> rows = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create("spikelet-start")) {
            for (Workload workload : workloads) {
                rows.addAll(measure(workload, folder.path()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        Machine machine = Machine.here();
        out.println(json ? StartJson.of(machine, repeats, rows) : StartTable.of(machine, repeats, rows));
        return check && StartLimit.judge(rows).stream().anyMatch(limit -> !limit.holds()) ? 1 : 0;
    }

    /** Every way of starting has its turn in every round. */
    private List<StartRow> measure(Workload workload, Path folder) throws IOException {
        List<Starter> starters = StartPlan.of(workload, folder, extra);
        List<List<StartTrial>> trials = new ArrayList<>();
        starters.forEach(starter -> trials.add(new ArrayList<>()));
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "starting " + workload);
        for (int round = 0; round < repeats; round++) {
            for (int k = 0; k < starters.size(); k++) {
                trials.get(k).add(starters.get(k).run());
                progress.at((long) round * starters.size() + k + 1, (long) repeats * starters.size());
            }
        }
        progress.done();
        List<StartRow> rows = new ArrayList<>();
        for (int k = 0; k < starters.size(); k++) {
            rows.add(StartRow.of(workload, starters.get(k), trials.get(k)));
        }
        return rows;
    }
}
