package io.spikelet.host.link;

import io.spikelet.hal.Clock;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.udp.UdpLink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Opens the way to a board. */
public final class Links {
    private static final int CONNECT_MILLIS = 5_000;

    private Links() {}

    /**
     * Opens the way that a person named.
     *
     * @throws IOException with one sentence when the link is not there or the broker refuses
     */
    public static BoardClient open(Target target, LinkSettings settings) throws IOException {
        return open(target, settings, Patience.USUAL);
    }

    /** The same with another patience. */
    public static BoardClient open(Target target, LinkSettings settings, Patience patience) throws IOException {
        Clock clock = Clock.system();
        SmpTransport transport = switch (target) {
            case Target.Serial serial ->
                new SerialTransport(() -> SerialLink.open(serial.path(), serial.baud()), clock);
            case Target.Udp udp -> new UdpTransport(() -> UdpLink.open(udp.host(), udp.port()));
            case Target.Tcp tcp ->
                new SerialTransport(() -> TcpLink.connect(tcp.host(), tcp.port(), CONNECT_MILLIS), clock);
            case Target.Mqtt mqtt -> {
                MqttOptions options = options(mqtt, settings);
                yield new MqttTransport(() -> MqttLink.connect(options), target.toString(), mqtt.device(), clock);
            }
        };
        return new BoardClient(new SmpClient(transport, clock, patience));
    }

    /**
     * How to connect to the broker of a target, as a client of a name that nobody else has.
     *
     * @throws IOException when the password cannot be read
     */
    public static MqttOptions options(Target.Mqtt mqtt, LinkSettings settings) throws IOException {
        String host = mqtt.host().indexOf(':') >= 0 ? "[" + mqtt.host() + "]" : mqtt.host();
        URI broker = URI.create((mqtt.tls() ? "mqtts://" : "mqtt://") + host + ":" + mqtt.port());
        return letIn(MqttOptions.of(broker, "spikelet-" + UUID.randomUUID()), settings);
    }

    /**
     * Adds what the settings show to a broker, and whom they trust.
     *
     * @throws IOException when the password cannot be read
     */
    public static MqttOptions letIn(MqttOptions broker, LinkSettings settings) throws IOException {
        MqttOptions options = broker;
        if (settings.user().isPresent()) {
            char[] password = password(settings.passwordFile().orElseThrow());
            options = options.withCredentials(settings.user().get(), password);
        }
        if (settings.caFile().isPresent()) {
            options = options.withCaFile(settings.caFile().get());
        }
        return settings.certificate().isPresent()
                ? options.withClientCertificate(
                        settings.certificate().get(), settings.key().orElseThrow())
                : options;
    }

    /**
     * The password in a file's first line.
     *
     * @throws IOException when there is no such file or the line is empty
     */
    public static char[] password(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || lines.getFirst().isBlank()) {
            throw new IOException(file + " holds no password in its first line");
        }
        return lines.getFirst().strip().toCharArray();
    }
}
