package io.spikelet.host.cli;

import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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

    @Option(names = "--user", paramLabel = "NAME", description = "User name for the MQTT broker.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password for the MQTT broker.")
    private Path passwordFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the authorities that may vouch for an mqtts broker; the system's by default.")
    private Path ca;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM certificate to show to an mqtts broker that asks for one; goes with --certificate-key.")
    private Path certificate;

    @Option(
            names = "--certificate-key",
            paramLabel = "FILE",
            description = "Unencrypted PKCS #8 PEM key of --certificate.")
    private Path key;

    BoardOption() {}

    Target target() {
        return Target.parse(to);
    }

    LinkSettings settings() {
        return new LinkSettings(
                Optional.ofNullable(user),
                Optional.ofNullable(passwordFile),
                Optional.ofNullable(ca),
                Optional.ofNullable(certificate),
                Optional.ofNullable(key));
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
