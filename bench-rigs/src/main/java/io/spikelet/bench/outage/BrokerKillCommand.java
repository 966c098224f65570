package io.spikelet.bench.outage;

import io.spikelet.bench.board.Mosquitto;
import io.spikelet.bench.outage.RecordLedger.Tally;
import io.spikelet.host.cli.Json;
import io.spikelet.telemetry.TelemetryMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench broker-kill}: kills a broker under load, and counts what arrives twice or never. */
@Command(
        name = "broker-kill",
        description =
                "Kill mosquitto with SIGKILL at seeded random moments while a board tells a host through it, and count"
                        + " the records that came twice, and those that never came and were not declared as dropped.",
        footer = {
            "",
            "Exit code 1 when a record came twice, is missing undeclared, or a rule of Sparkplug was broken.",
            "Needs the program mosquitto.",
            "",
            "Examples:",
            "  spikelet bench broker-kill --kills 20",
            "  spikelet bench broker-kill --host plain --interval-ms 5"
        })
public final class BrokerKillCommand implements Callable<Integer> {
    private enum Host {
        /** Answers a birth with the last record that it has, as docs/board.md says. */
        telling,
        /** Any Sparkplug host: it says nothing. */
        plain
    }

    @Option(
            names = "--kills",
            defaultValue = "20",
            paramLabel = "N",
            description = "How often (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            defaultValue = "20260301",
            paramLabel = "N",
            description = "Of the moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--interval-ms",
            defaultValue = "10",
            paramLabel = "N",
            description = "Between two records of the board (default: ${DEFAULT-VALUE}).")
    private long intervalMillis;

    @Option(
            names = "--host",
            defaultValue = "telling",
            paramLabel = "KIND",
            description = "telling: answers a birth with what it has; plain: as any Sparkplug host (default:"
                    + " ${DEFAULT-VALUE}).")
    private Host host;

    @Option(
            names = "--leave-out",
            description = "The board leaves out records that may or may not have arrived, and counts them as dropped.")
    private boolean leaveOut;

    @Option(names = "--each", description = "Print a line after each kill.")
    private boolean each;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public BrokerKillCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        if (kills < 1 || intervalMillis < 1) {
            throw new IllegalArgumentException(
                    "--kills and --interval-ms must be 1 or more: " + kills + ", " + intervalMillis);
        }
        Path mosquitto = Mosquitto.program("mosquitto")
                .orElseThrow(() -> new IOException("there is no program mosquitto; install the package mosquitto"));
        Path folder = Files.createTempDirectory("broker-kill");
        PrintWriter out = spec.commandLine().getOut();
        Tally tally = BrokerKill.run(
                mosquitto,
                folder,
                new BrokerKill.Plan(
                        kills, seed, intervalMillis, host == Host.telling, leaveOut, TelemetryMessage::decode),
                line -> {
                    if (each) {
                        out.println(line);
                        out.flush();
                    }
                });
        out.println(json ? asJson(tally) : asText(tally, folder));
        return tally.duplicates() == 0
                        && tally.undeclared() == 0
                        && tally.violations().isEmpty()
                ? 0
                : 1;
    }

    private String asText(Tally tally, Path folder) {
        return "kills             " + kills + " of mosquitto, SIGKILL; the host is " + host
                + "\nrecords made      " + tally.made()
                + "\nrecords heard     " + tally.heard() + ", of them " + tally.historical() + " historical"
                + "\nduplicates        " + tally.duplicates()
                + "\nmissing           " + tally.missing() + ", declared dropped " + tally.declared()
                + "\nundeclared gaps   " + tally.undeclared()
                + "\nout of order      " + tally.outOfOrder()
                + "\nbirths            " + tally.births()
                + "\nrules broken      " + (tally.violations().isEmpty() ? "none" : tally.violations())
                + "\ndata and log      " + folder;
    }

    private String asJson(Tally tally) {
        return Json.object(fields -> {
            fields.writeNumberField("kills", kills);
            fields.writeStringField("host", host.toString());
            fields.writeNumberField("made", tally.made());
            fields.writeNumberField("heard", tally.heard());
            fields.writeNumberField("historical", tally.historical());
            fields.writeNumberField("duplicates", tally.duplicates());
            fields.writeNumberField("missing", tally.missing());
            fields.writeNumberField("declared", tally.declared());
            fields.writeNumberField("undeclared", tally.undeclared());
            fields.writeNumberField("out_of_order", tally.outOfOrder());
            fields.writeNumberField("births", tally.births());
            fields.writeArrayFieldStart("rules_broken");
            for (String violation : tally.violations()) {
                fields.writeString(violation);
            }
            fields.writeEndArray();
        });
    }
}
