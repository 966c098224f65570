package io.spikelet.host.cli;

import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Target;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which board, and how to be let in: the options that all verbs which talk to a board share. */
final class BoardOption {
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "LINK",
            description = "The board: serial:PATH[@BAUD], udp:HOST[:PORT], tcp:HOST:PORT, mqtt:HOST[:PORT]/DEVICE or"
                    + " mqtts:HOST[:PORT]/DEVICE.")
    private String to;

    @Mixin
    private BrokerAccessOption access;

    BoardOption() {}

    Target target() {
        return Target.parse(to);
    }

    LinkSettings settings() {
        return access.settings();
    }

    /** Connects, and lets the board answer once, so that whoever waits for it sees that they do. */
    BoardClient open() throws IOException {
        BoardClient client = Links.open(target(), settings());
        Thread notice = Thread.ofVirtual().start(this::sayThatItTakesLong);
        try {
            client.params();
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        } finally {
            notice.interrupt();
        }
    }

    private void sayThatItTakesLong() {
        try {
            Thread.sleep(QUIET);
            command.commandLine().getErr().println("waiting for the board at " + to + " to answer…");
        } catch (InterruptedException answered) {
            Thread.currentThread().interrupt();
        }
    }
}
