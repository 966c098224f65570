package io.spikelet.host.fleet.verb;

import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;

/** Which broker, and how to be let in. */
final class BrokerOption {
    @Option(
            names = "--broker",
            paramLabel = "URL",
            description = "The broker: mqtt://HOST[:1883], or mqtts://HOST[:8883] for TLS.")
    private URI broker;

    @Option(names = "--user", paramLabel = "NAME", description = "User name for the broker.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password for the broker.")
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

    BrokerOption() {}

    boolean isGiven() {
        return broker != null;
    }

    URI address() {
        if (broker == null) {
            throw new IllegalArgumentException("name the broker: --broker mqtt://HOST");
        }
        return broker;
    }

    LinkSettings settings() {
        return new LinkSettings(
                Optional.ofNullable(user),
                Optional.ofNullable(passwordFile),
                Optional.ofNullable(ca),
                Optional.ofNullable(certificate),
                Optional.ofNullable(key));
    }

    /** How to connect to a broker, under a client id that nobody else has. */
    MqttOptions connecting(URI address) throws IOException {
        return Links.letIn(MqttOptions.of(address, "spikelet-" + UUID.randomUUID()), settings());
    }
}
