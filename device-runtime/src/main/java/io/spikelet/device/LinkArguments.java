package io.spikelet.device;

import io.spikelet.hal.LinkUnavailableException;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.tcp.TcpListener;
import io.spikelet.hal.udp.UdpPort;
import io.spikelet.smp.SmpServer;
import io.spikelet.telemetry.DeadBands;
import io.spikelet.telemetry.TelemetrySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The links that a command line asks for. */
final class LinkArguments {
    private static final Pattern SERIAL = Pattern.compile("(?<path>.+?)(@(?<baud>[1-9]\\d{0,7}))?");
    private static final int DEFAULT_BAUD = 115_200;
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,9})([KMG]?)");

    private static final String CERTIFICATE = "--mqtt-certificate";
    private static final String CERTIFICATE_KEY = "--mqtt-certificate-key";

    /** How the broker that {@code --mqtt} names is reached; provisioning says it itself. */
    private static final List<String> CONNECTION_OPTIONS =
            List.of("--mqtt-user", "--mqtt-password-file", "--mqtt-ca", CERTIFICATE, CERTIFICATE_KEY);

    /** What is told to any broker. */
    private static final List<String> TELEMETRY_OPTIONS =
            List.of("--primary-host", "--dead-bands", "--telemetry-store", "--replay-rate", "--in-doubt");

    /** What goes with a broker alone. */
    static final List<String> BROKER_OPTIONS = Stream.of(CONNECTION_OPTIONS, TELEMETRY_OPTIONS)
            .flatMap(List::stream)
            .toList();

    private final CommandLine line;
    private final String device;
    private final BrokerFolder provisioned;

    /** @param provisioned what provisioning said of the broker; counts where the line says nothing of one */
    LinkArguments(CommandLine line, String device, BrokerFolder provisioned) {
        this.line = line;
        this.device = device;
        this.provisioned = provisioned;
    }

    /** Lets the agent serve them; at least one is needed. */
    void addTo(Agent agent) throws BadUseException, IOException {
        Optional<String> serial = line.value("--serial");
        Optional<String> udp = line.value("--udp");
        Optional<String> tcp = line.value("--tcp");
        Optional<String> broker = line.value("--mqtt");
        boolean asProvisioned = broker.isEmpty() && provisioned.url().isPresent();
        if (asProvisioned) {
            broker = provisioned.url();
        }
        if (serial.isEmpty() && udp.isEmpty() && tcp.isEmpty() && broker.isEmpty()) {
            throw new BadUseException(
                    "a board needs a link: give --serial PATH, --udp PORT, --tcp PORT or --mqtt URL; see --help");
        }
        if (serial.isPresent()) {
            addSerial(agent, serial.get());
        }
        if (udp.isPresent()) {
            OwnAddress own = OwnAddress.parse("--udp", udp.get());
            own.warnOfOthers("udp");
            agent.serveUdp("udp:" + own, () -> UdpPort.open(own.host(), own.port(), SmpServer.BUFFER_BYTES + 1));
        }
        if (tcp.isPresent()) {
            OwnAddress own = OwnAddress.parse("--tcp", tcp.get());
            own.warnOfOthers("tcp");
            agent.serveTcp("tcp:" + own, () -> TcpListener.open(own.host(), own.port()));
        }
        if (broker.isPresent()) {
            agent.tell(telemetry());
            addBroker(agent, asProvisioned ? provisioned(broker.get()) : options(broker.get()));
        }
        for (String option : broker.isPresent() ? CONNECTION_OPTIONS : BROKER_OPTIONS) {
            if (line.value("--mqtt").isEmpty() && line.value(option).isPresent()) {
                throw new BadUseException(option + " needs --mqtt URL");
            }
        }
    }

    private static void addSerial(Agent agent, String text) throws BadUseException {
        Matcher matcher = SERIAL.matcher(text);
        if (!matcher.matches()) {
            throw new BadUseException("--serial takes PATH or PATH@BAUD, not \"" + text + "\"");
        }
        String path = matcher.group("path");
        int baud = matcher.group("baud") == null ? DEFAULT_BAUD : Integer.parseInt(matcher.group("baud"));
        agent.serveSerial("serial:" + path, () -> SerialLink.open(path, baud));
    }

    private void addBroker(Agent agent, MqttOptions options) {
        String name = (options.tls() ? "mqtts:" : "mqtt:") + options.host() + ":" + options.port();
        agent.serveMqtt(name, will -> connect(options, will));
    }

    /** The client id names the board, so that a broker drops the connection of a board that was unplugged. */
    private MqttOptions options(String text) throws BadUseException, IOException {
        try {
            MqttOptions options = MqttOptions.of(URI.create(text), "spikelet-board-" + device);
            Optional<String> user = line.value("--mqtt-user");
            Optional<String> passwordFile = line.value("--mqtt-password-file");
            if (user.isPresent() != passwordFile.isPresent()) {
                throw new BadUseException("--mqtt-user and --mqtt-password-file go together");
            }
            if (user.isPresent()) {
                options = options.withCredentials(user.get(), password(Path.of(passwordFile.get())));
            }
            Optional<String> authority = line.value("--mqtt-ca");
            if (authority.isPresent()) {
                options = options.withCaFile(existing(Path.of(authority.get())));
            }
            return withCertificate(options);
        } catch (IllegalArgumentException e) {
            throw new BadUseException("--mqtt: " + e.getMessage());
        }
    }

    private MqttOptions provisioned(String url) throws BadUseException, IOException {
        try {
            MqttOptions options = MqttOptions.of(URI.create(url), "spikelet-board-" + device);
            Optional<Path> password = provisioned.file(BrokerFolder.PASSWORD);
            if (provisioned.user().isPresent() && password.isPresent()) {
                options = options.withCredentials(provisioned.user().get(), password(password.get()));
            }
            Optional<Path> authority = provisioned.file(BrokerFolder.AUTHORITY);
            if (authority.isPresent()) {
                options = options.withCaFile(authority.get());
            }
            Optional<Path> certificate = provisioned.file(BrokerFolder.CERTIFICATE);
            Optional<Path> key = provisioned.file(BrokerFolder.CERTIFICATE_KEY);
            return certificate.isPresent() && key.isPresent()
                    ? options.withClientCertificate(certificate.get(), key.get())
                    : options;
        } catch (IllegalArgumentException e) {
            throw new BadUseException("what was provisioned of the broker: " + e.getMessage());
        }
    }

    private MqttOptions withCertificate(MqttOptions options) throws BadUseException {
        Optional<String> certificate = line.value(CERTIFICATE);
        Optional<String> key = line.value(CERTIFICATE_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new BadUseException(CERTIFICATE + " and " + CERTIFICATE_KEY + " go together");
        }
        return certificate.isEmpty()
                ? options
                : options.withClientCertificate(
                        existing(Path.of(certificate.get())), existing(Path.of(key.orElseThrow())));
    }

    private TelemetrySettings telemetry() throws BadUseException {
        TelemetrySettings usual = TelemetrySettings.DEFAULT;
        try {
            return new TelemetrySettings(
                    line.value("--primary-host"),
                    line.value("--dead-bands").map(DeadBands::parse).orElse(usual.deadBands()),
                    line.value("--telemetry-store").map(LinkArguments::bytes).orElse(usual.storeBytes()),
                    line.value("--replay-rate").map(LinkArguments::number).orElse(usual.replayPerSecond()),
                    line.value("--in-doubt").map(LinkArguments::leavesOut).orElse(usual.leaveOutDoubtful()));
        } catch (IllegalArgumentException e) {
            throw new BadUseException(e.getMessage());
        }
    }

    private static long bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--telemetry-store takes bytes, such as 512K or 4M, not \"" + text + "\"");
        }
        int shift = switch (matcher.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("--replay-rate takes records a second, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static boolean leavesOut(String text) {
        return switch (text) {
            case "send" -> false;
            case "skip" -> true;
            default -> throw new IllegalArgumentException("--in-doubt is send or skip, not \"" + text + "\"");
        };
    }

    private static char[] password(Path file) throws BadUseException, IOException {
        List<String> lines = Files.readAllLines(existing(file));
        if (lines.isEmpty() || lines.getFirst().isBlank()) {
            throw new BadUseException(file + " holds no password in its first line");
        }
        return lines.getFirst().strip().toCharArray();
    }

    private static Path existing(Path file) throws BadUseException {
        if (!Files.isRegularFile(file)) {
            throw new BadUseException("there is no file " + file);
        }
        return file;
    }

    private static MessageLink connect(MqttOptions options, Will will) throws IOException {
        try {
            return MqttLink.connect(options.withWill(will));
        } catch (NoClassDefFoundError missing) {
            throw new LinkUnavailableException(
                    "cannot talk MQTT: org.eclipse.paho.client.mqttv3-1.2.5.jar is not on the module path; add it",
                    missing);
        }
    }
}
