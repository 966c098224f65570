package io.spikelet.host.fleet.verb;

import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.cli.BrokerAccessOption;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker, and how to be let in. */
final class BrokerOption {
    @Option(
            names = "--broker",
            paramLabel = "URL",
            description = "The broker: mqtt://HOST[:1883], or mqtts://HOST[:8883] for TLS.")
    private URI broker;

    @Mixin
    private BrokerAccessOption access;

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
        return access.settings();
    }

    /** How to connect to a broker, under a client id that nobody else has. */
    MqttOptions connecting(URI address) throws IOException {
        return Links.letIn(MqttOptions.of(address, "spikelet-" + UUID.randomUUID()), settings());
    }
}
