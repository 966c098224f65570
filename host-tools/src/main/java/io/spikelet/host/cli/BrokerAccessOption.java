package io.spikelet.host.cli;

import io.spikelet.host.link.LinkSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to be let in by an MQTT broker, and whom to trust: the options that all verbs which meet one share. */
public final class BrokerAccessOption {
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

    /** For picocli. */
    public BrokerAccessOption() {
        // Options are set by picocli.
    }

    /** What was given, as links take it. */
    public LinkSettings settings() {
        return new LinkSettings(
                Optional.ofNullable(user),
                Optional.ofNullable(passwordFile),
                Optional.ofNullable(ca),
                Optional.ofNullable(certificate),
                Optional.ofNullable(key));
    }
}
