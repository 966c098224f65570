package io.spikelet.host.fleet.verb;

import io.spikelet.host.broker.BrokerCommand;
import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.cli.Json;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.collect.CollectorCounts;
import io.spikelet.host.fleet.collect.CollectorOptions;
import io.spikelet.host.fleet.dashboard.DashboardServer;
import io.spikelet.host.fleet.dashboard.FleetSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet collect}: collects what boards tell, until Ctrl-C. */
@Command(
        name = "collect",
        description = "Collect what boards tell by Sparkplug, and keep it; until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  spikelet collect --broker mqtt://broker.local --store fleet.db --dashboard",
            "  spikelet collect --embedded --dashboard",
            "  spikelet collect --broker mqtt://broker.local --group north --store postgresql://fleet@db.local/fleet"
        })
final class CollectCommand implements Callable<Integer> {
    private static final String USUAL_EMBEDDED = "127.0.0.1:1883";

    @Mixin
    private BrokerOption broker;

    @Option(
            names = "--embedded",
            arity = "0..1",
            fallbackValue = USUAL_EMBEDDED,
            paramLabel = "HOST:PORT",
            description = "Run the broker that comes along in this process (" + USUAL_EMBEDDED
                    + "); other machines reach it at another address and with --users.")
    private String embedded;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description =
                    "Who may use the embedded broker, one NAME:PASSWORD a line; everybody on this machine without it.")
    private Path users;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "Where readings are kept: a file for SQLite, or postgresql://[USER[:PASSWORD]@]HOST/DATABASE;"
                    + " nowhere without it.")
    private String store;

    @Option(
            names = "--keep",
            defaultValue = "30",
            paramLabel = "DAYS",
            description = "How long readings are kept (${DEFAULT-VALUE}).")
    private int keepDays;

    @Option(names = "--group", paramLabel = "GROUP", description = "Listen to this group only; may be repeated.")
    private List<String> groups = List.of();

    @Option(
            names = "--shard",
            defaultValue = "1/1",
            paramLabel = "I/N",
            description = "Take the I-th of N parts of the boards, which N collectors share.")
    private String shard;

    @Option(
            names = "--host-id",
            paramLabel = "NAME",
            description =
                    "The name under which the collector says that it is online; spikelet, and its part, by default.")
    private String hostId;

    @Option(
            names = "--reorder",
            defaultValue = "2000",
            paramLabel = "MS",
            description = "How long a message that comes early waits for those before it (${DEFAULT-VALUE} ms).")
    private int reorderMillis;

    @Option(names = "--dashboard", description = "Serve the page from this process.")
    private boolean dashboard;

    @Mixin
    private PageOption page;

    @Option(
            names = "--every",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "Say how it goes so often; 0 never (${DEFAULT-VALUE}).")
    private int every;

    @Option(names = "--seconds", paramLabel = "N", description = "End by itself after so long.")
    private long seconds;

    @Option(names = "--json", description = "At the end, print the counts as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    CollectCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (broker.isGiven() == (embedded != null)) {
            throw new IllegalArgumentException("name a broker, --broker mqtt://HOST, or run one, --embedded");
        }
        if (keepDays < 1) {
            throw new IllegalArgumentException("readings are kept for 1 day or more: --keep " + keepDays);
        }
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Optional<EmbeddedBroker> own = embedded == null ? Optional.empty() : Optional.of(startBroker());
        try {
            URI address =
                    own.isPresent() ? URI.create("mqtt://" + own.get().uri().getAuthority()) : broker.address();
            out.println("broker      " + address + (own.isPresent() ? "   (in this process)" : ""));
            CollectorOptions options = options(address, own);
            FleetProcess process =
                    FleetProcess.start(own, options, Optional.ofNullable(store), Duration.ofDays(keepDays));
            own = Optional.empty(); // the process closes it
            serve(process, out);
        } finally {
            if (own.isPresent()) {
                own.get().close();
            }
        }
        return 0;
    }

    private CollectorOptions options(URI address, Optional<EmbeddedBroker> own) throws IOException {
        int[] part = Shards.parse(shard);
        String name = hostId != null ? hostId : part[1] == 1 ? "spikelet" : "spikelet-" + part[0] + "-of-" + part[1];
        var connecting = broker.connecting(address);
        if (own.isPresent() && users != null) {
            Map.Entry<String, String> user =
                    BrokerCommand.readUsers(users).entrySet().iterator().next();
            connecting =
                    connecting.withCredentials(user.getKey(), user.getValue().toCharArray());
        }
        return CollectorOptions.of(connecting, name)
                .ofGroups(groups)
                .ofShard(part[0] - 1, part[1])
                .waiting(Duration.ofMillis(reorderMillis));
    }

    private EmbeddedBroker startBroker() throws IOException {
        URI place = URI.create("mqtt://" + embedded);
        if (place.getHost() == null || place.getPort() < 0) {
            throw new IllegalArgumentException(
                    "\"" + embedded + "\" is no address to listen on; write " + USUAL_EMBEDDED);
        }
        Map<String, String> passwords = users == null ? Map.of() : BrokerCommand.readUsers(users);
        boolean local = place.getHost().equals("localhost") || place.getHost().startsWith("127.");
        if (passwords.isEmpty() && !local) {
            throw new IllegalArgumentException("the broker would be open to the network at " + embedded
                    + ": say who may use it, --users FILE with a NAME:PASSWORD a line");
        }
        return EmbeddedBroker.start(
                new BrokerOptions(place.getHost(), place.getPort(), passwords, passwords.isEmpty(), Optional.empty()));
    }

    private void serve(FleetProcess process, PrintWriter out) throws IOException, InterruptedException {
        Optional<DashboardServer> server = Optional.empty();
        UntilStopped end = new UntilStopped();
        try {
            server = dashboard ? Optional.of(page.start(process.source(), out)) : Optional.empty();
            out.println("store       " + (store == null ? "none: nothing is kept" : StoreName.of(store)));
            out.println("Ctrl-C stops it.");
            out.flush();
            long started = System.nanoTime();
            long before = 0;
            int period = every > 0 ? every : 10;
            while (!end.within(left(started, period))) {
                if (isOver(started)) {
                    break;
                }
                long messages = process.collector().counts().messages();
                if (every > 0) {
                    say(process, (messages - before) / (double) period, out);
                }
                before = messages;
            }
        } finally {
            server.ifPresent(DashboardServer::close);
            process.close();
            end.done();
        }
        say(process, out);
    }

    private Duration left(long started, int period) {
        long nanos = TimeUnit.SECONDS.toNanos(period);
        return Duration.ofNanos(
                seconds == 0
                        ? nanos
                        : Math.max(
                                0, Math.min(nanos, started + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime())));
    }

    private boolean isOver(long started) {
        return seconds > 0 && System.nanoTime() - started >= TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void say(FleetProcess process, double rate, PrintWriter out) {
        CollectorCounts counts = process.collector().counts();
        FleetSource.Keeping keeping = process.keeping();
        int online = 0;
        for (Board board : process.fleet().boards()) {
            online += board.state() == BoardState.ONLINE ? 1 : 0;
        }
        out.printf(
                "%s  %d of %d boards online, %.0f messages/s, missing %d, stored %d, dropped %d%s%n",
                LocalTime.now().truncatedTo(ChronoUnit.SECONDS),
                online,
                process.fleet().boards().size(),
                rate,
                counts.missing(),
                keeping.stored(),
                keeping.dropped() + counts.inboxDropped(),
                counts.connected() ? "" : "; no broker");
        out.flush();
    }

    private void say(FleetProcess process, PrintWriter out) {
        CollectorCounts counts = process.collector().counts();
        FleetSource.Keeping keeping = process.keeping();
        if (!json) {
            out.printf(
                    "collected   %d messages of %d boards, missing %d, stored %d readings, dropped %d%n",
                    counts.messages(),
                    process.fleet().boards().size(),
                    counts.missing(),
                    keeping.stored(),
                    keeping.dropped() + counts.inboxDropped());
            return;
        }
        spec.commandLine().getOut().println(Json.object(fields -> {
            fields.writeNumberField("boards", process.fleet().boards().size());
            fields.writeNumberField("messages", counts.messages());
            fields.writeNumberField("births", counts.births());
            fields.writeNumberField("deaths", counts.deaths());
            fields.writeNumberField("historical", counts.historical());
            fields.writeNumberField("missing", counts.missing());
            fields.writeNumberField("rebirths", counts.rebirths());
            fields.writeNumberField("malformed", counts.malformed());
            fields.writeNumberField("unknown", counts.unknown());
            fields.writeNumberField("repeated", counts.repeated());
            fields.writeNumberField("inboxDropped", counts.inboxDropped());
            fields.writeNumberField("refused", counts.refused());
            fields.writeNumberField("connections", counts.connections());
            fields.writeNumberField("stored", keeping.stored());
            fields.writeNumberField("dropped", keeping.dropped());
        }));
    }
}
