package io.spikelet.host.fleet.verb;

import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.dashboard.DashboardServer;
import io.spikelet.host.fleet.dashboard.FleetSource;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import io.spikelet.host.fleet.store.StoreWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet dashboard}: the page over a store that collectors write, until Ctrl-C. */
@Command(
        name = "dashboard",
        description = "Serve the fleet's page from a store that 'spikelet collect' writes; until Ctrl-C.",
        footer = {
            "",
            "The page shows every board, live; /metrics is for Prometheus. It only reads.",
            "",
            "Example:",
            "  spikelet dashboard --store fleet.db --listen 127.0.0.1:8080"
        })
final class DashboardCommand implements Callable<Integer> {
    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    @Option(
            names = "--store",
            required = true,
            paramLabel = "STORE",
            description = "The store: a file, or postgresql://[USER[:PASSWORD]@]HOST/DATABASE.")
    private String store;

    @Mixin
    private PageOption page;

    @Option(names = "--seconds", paramLabel = "N", description = "End by itself after so long.")
    private long seconds;

    @Spec
    private CommandSpec spec;

    DashboardCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!store.contains("://") && !Files.exists(Path.of(store))) {
            throw new NoSuchFileException(
                    store, null, "it is not there yet; 'spikelet collect --store " + store + "' makes it");
        }
        PrintWriter out = spec.commandLine().getOut();
        UntilStopped end = new UntilStopped();
        Fleet fleet = new Fleet();
        try (FleetStore kept = JdbcFleetStore.open(store);
                StoreWatch watch = new StoreWatch(kept, fleet);
                DashboardServer _ = page.start(
                        new FleetSource(fleet, Optional.of(kept), Optional.empty(), Optional.empty(), watch::trouble),
                        out)) {
            out.println("Ctrl-C stops it.");
            out.flush();
            end.within(seconds > 0 ? Duration.ofSeconds(seconds) : FOR_EVER);
        } finally {
            end.done();
        }
        return 0;
    }
}
