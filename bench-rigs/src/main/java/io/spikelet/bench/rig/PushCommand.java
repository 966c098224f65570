package io.spikelet.bench.rig;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet rig push}: a run's figures go into the fleet's store. */
@Command(
        name = "push",
        description = {
            "Put the figures of runs into the fleet's store, as readings Rig/… of a board, for its page and its"
                    + " exports.",
            "",
            "A run that is there already changes nothing. Power that was simulated is left out."
        },
        footer = {
            "",
            "Examples:",
            "  spikelet rig push results/2026-11-28T034628Z-rig --store fleet.db",
            "  spikelet rig push results/2026-11-28T034628Z-rig --store postgresql://fleet@db.local/fleet --board"
                    + " spikelet/greenhouse-3"
        })
final class PushCommand implements Callable<Integer> {
    private static final String GROUP = "bench";

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folders of runs.")
    private List<Path> folders;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "STORE",
            description = "A file for SQLite, or postgresql://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE.")
    private String store;

    @Option(
            names = "--board",
            paramLabel = "GROUP/NAME",
            description = "Whose readings they are (default: bench and the device's name).")
    private String board;

    @Spec
    private CommandSpec spec;

    PushCommand() {}

    @Override
    public Integer call() throws Exception {
        List<KeptRun> runs = new ArrayList<>();
        for (Path folder : folders) {
            runs.add(KeptRun.read(folder));
        }
        int left = 0;
        try (JdbcFleetStore fleet = JdbcFleetStore.open(store)) {
            for (KeptRun run : runs) {
                BoardId id = board == null ? new BoardId(GROUP, level(run.device())) : BoardId.parse(board);
                FleetFigures figures = new FleetFigures(run, id);
                if (figures.count() == 0) {
                    spec.commandLine()
                            .getErr()
                            .println("spikelet: " + run.name()
                                    + " holds no figure to keep: none was measured, or all were refused or simulated");
                    left++;
                    continue;
                }
                // What a collector knows of a board, or a later run, stays its present.
                boolean known = fleet.boardsChangedSince(0).stream()
                        .anyMatch(snapshot -> snapshot.id().equals(id)
                                && (!id.group().equals(GROUP)
                                        || snapshot.seen() > run.started().toEpochMilli()));
                fleet.write(figures.batch(known));
                spec.commandLine()
                        .getOut()
                        .println(run.name() + ": " + figures.count() + " readings of " + id + " in " + fleet.name());
            }
        }
        return left == 0 ? 0 : 1;
    }

    /** A device may call itself anything; a name in the fleet is one level of a topic. */
    private static String level(String device) {
        String level = device.replaceAll("[/+#\\p{Cntrl}]", "-");
        return level.isEmpty() ? "device" : level;
    }
}
