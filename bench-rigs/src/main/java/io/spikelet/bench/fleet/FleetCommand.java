package io.spikelet.bench.fleet;

import io.spikelet.host.cli.Json;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench fleet}: many simulated boards, one collector, counted from end to end. */
@Command(
        name = "fleet",
        description =
                "Count from end to end what a collector keeps of many simulated boards, and how live its page is.",
        footer = {
            "",
            "Each board tells once a second: a count and four figures. At the end the store is asked for every count",
            "of every board. Exit code 1 when one is missing, a birth was asked for in vain, or the page is behind.",
            "",
            "Examples:",
            "  spikelet bench fleet --boards 5000 --seconds 600",
            "  spikelet bench fleet --boards 1000 --seconds 60 --broker embedded",
            "  spikelet bench fleet --boards 5000 --seconds 600 --store postgresql://fleet@127.0.0.1/bench"
        })
public final class FleetCommand implements Callable<Integer> {
    @Option(
            names = "--boards",
            defaultValue = "5000",
            paramLabel = "N",
            description = "Simulated boards (${DEFAULT-VALUE}).")
    private int boards;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "N",
            description = "How long each board tells, once a second (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--broker",
            defaultValue = "mosquitto",
            paramLabel = "BROKER",
            description = "mosquitto, started for this run; embedded, the one that comes along; or mqtt://HOST:PORT"
                    + " (${DEFAULT-VALUE}).")
    private String broker;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description =
                    "An empty store, file or postgresql://…; a SQLite file that is removed afterwards by default.")
    private String store;

    @Option(
            names = "--rows",
            defaultValue = "50",
            paramLabel = "N",
            description = "Rows that the browser looks at; 0 serves no page (${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For the command line's parser. */
    public FleetCommand() {}

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        FleetBench bench = new FleetBench(boards, seconds, broker, Optional.ofNullable(store), rows);
        FleetBenchResult result = bench.run(line -> {
            err.println(line);
            err.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(result));
        } else {
            say(result, out);
        }
        return result.holds() ? 0 : 1;
    }

    private static void say(FleetBenchResult result, PrintWriter out) {
        out.printf(
                "fleet       %d boards, %d s, a message a second each; %s, %s%n",
                result.boards(), result.seconds(), result.broker(), result.store());
        out.printf(
                "delivery    sent %d, in the store %d, lost %d (of %d boards)%n",
                result.delivery().sent(),
                result.delivery().stored(),
                result.delivery().lost(),
                result.delivery().boardsWithLoss());
        out.printf(
                "collector   %d messages, missing by sequence number %d, dropped %d, births asked for %d%n",
                result.counts().messages(),
                result.counts().missing(),
                result.dropped() + result.counts().inboxDropped(),
                result.rebirths());
        if (!result.ages().isEmpty()) {
            out.printf(
                    "page        from the board to the browser p50 %d ms, p95 %d ms, most %d ms, of %d values; longest"
                            + " silence %d ms%n",
                    result.age(0.5),
                    result.age(0.95),
                    result.age(1),
                    result.ages().size(),
                    result.silenceMillis());
        }
        out.printf("boards      at most %d ms behind their time-table%n", result.behindMillis());
        for (Map.Entry<String, Double> share : result.processorShares().entrySet()) {
            out.printf(Locale.ROOT, "processors  %.2f  %s%n", share.getValue(), share.getKey());
        }
        out.println(result.holds() ? "holds       yes" : "holds       no");
    }

    private static String asJson(FleetBenchResult result) {
        return Json.object(fields -> {
            fields.writeStringField("broker", result.broker());
            fields.writeStringField("store", result.store());
            fields.writeNumberField("boards", result.boards());
            fields.writeNumberField("seconds", result.seconds());
            fields.writeNumberField("sent", result.delivery().sent());
            fields.writeNumberField("stored", result.delivery().stored());
            fields.writeNumberField("lost", result.delivery().lost());
            fields.writeNumberField("missing", result.counts().missing());
            fields.writeNumberField(
                    "dropped", result.dropped() + result.counts().inboxDropped());
            fields.writeNumberField("rebirths", result.rebirths());
            fields.writeNumberField("pageP50Millis", result.age(0.5));
            fields.writeNumberField("pageP95Millis", result.age(0.95));
            fields.writeNumberField("pageMostMillis", result.age(1));
            fields.writeNumberField("longestSilenceMillis", result.silenceMillis());
            fields.writeNumberField("boardsBehindMillis", result.behindMillis());
            fields.writeObjectFieldStart("processors");
            for (Map.Entry<String, Double> share : result.processorShares().entrySet()) {
                fields.writeNumberField(share.getKey(), share.getValue());
            }
            fields.writeEndObject();
            fields.writeBooleanField("holds", result.holds());
        });
    }
}
