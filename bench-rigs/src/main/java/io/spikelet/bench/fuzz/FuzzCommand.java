package io.spikelet.bench.fuzz;

import io.spikelet.bench.board.BoardProcess;
import io.spikelet.hal.ByteLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.udp.UdpLink;
import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.link.Target;
import io.spikelet.model.container.ImageKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench fuzz}: hostile bytes on each link of a board. */
@Command(
        name = "fuzz",
        description =
                "Send hostile bytes to a board, link by link, with honest requests in between, and tell what came of"
                        + " it.",
        footer = {
            "",
            "Without --to it starts a board of its own and goes through serial, TCP, UDP and MQTT. It fails when a"
                    + " link",
            "breaks or honest requests get no answer any more.",
            "",
            "Examples:",
            "  spikelet bench fuzz",
            "  spikelet bench fuzz --to serial:/dev/ttyACM0 --dut --bytes 1000000",
            "  spikelet bench fuzz --to udp:10.0.0.7 --frames 1000000"
        })
public final class FuzzCommand implements Callable<Integer> {
    private static final String NAME = "fuzzed";
    private static final String HERE = "127.0.0.1";
    private static final int CONNECT_MILLIS = 5_000;

    @Option(
            names = "--bytes",
            defaultValue = "10000000",
            paramLabel = "N",
            description = "At least so many on each link (default: ${DEFAULT-VALUE}).")
    private long bytes;

    @Option(
            names = "--frames",
            defaultValue = "0",
            paramLabel = "N",
            description = "And at least so many frames (default: ${DEFAULT-VALUE}).")
    private long frames;

    @Option(names = "--seed", defaultValue = "20260301", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--to",
            split = ",",
            paramLabel = "LINK",
            description = "A board that runs already, or several ways to it, separated by commas.")
    private List<String> to = new ArrayList<>();

    @Option(
            names = "--dut",
            description = "On serial lines also ask for the board's name as the MLPerf Tiny runner does (docs/dut.md).")
    private boolean runner;

    @Spec
    private CommandSpec spec;

    FuzzCommand() {}

    @Override
    public Integer call() throws Exception {
        if (bytes < 1 || frames < 0) {
            throw new IllegalArgumentException("--bytes must be 1 or more, --frames 0 or more");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%-28s %12s %10s %10s %9s %6s %12s %14s %14s %9s%n",
                "link",
                "bytes",
                "frames",
                "answers",
                "honest",
                "late",
                "back after",
                "memory before",
                "memory after",
                "took");
        if (!to.isEmpty()) {
            fuzz(to.stream().map(Target::parse).toList(), out);
            return 0;
        }
        Path home = home();
        Path folder = Files.createTempDirectory("fuzz");
        try (SerialCable cable = SerialCable.open();
                EmbeddedBroker broker =
                        EmbeddedBroker.start(BrokerOptions.open().listeningOn(HERE, 0))) {
            int udp = freeUdpPort();
            int tcp = freeTcpPort();
            Closeable board = start(
                    home,
                    folder,
                    List.of(
                            "--serial",
                            cable.left(),
                            "--udp",
                            Integer.toString(udp),
                            "--tcp",
                            Integer.toString(tcp),
                            "--mqtt",
                            "mqtt://" + HERE + ":" + broker.uri().getPort()));
            try (board) {
                fuzz(
                        List.of(
                                new Target.Serial(cable.right(), Target.DEFAULT_BAUD),
                                new Target.Tcp(HERE, tcp),
                                new Target.Udp(HERE, udp),
                                new Target.Mqtt(false, HERE, broker.uri().getPort(), NAME)),
                        out);
            }
        }
        out.println("data and log: " + folder);
        return 0;
    }

    private static Path home() throws IOException {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("fuzz needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        return Path.of(home);
    }

    private static BoardProcess start(Path home, Path folder, List<String> links) throws IOException {
        Path key = folder.resolve("fuzz.pub.pem");
        ImageKey.Private.generate().publicKey().write(key);
        Path data = folder.resolve("data");
        BoardProcess.provision(home, data, NAME, key);
        return BoardProcess.start(home, data, folder.resolve("board.log"), links);
    }

    private void fuzz(List<Target> targets, PrintWriter out) throws IOException {
        for (Target target : targets) {
            try (FuzzEnd end = open(target)) {
                FuzzResult result = new FuzzRun(end).run(bytes, frames);
                out.printf(
                        "%-28s %12d %10d %10d %9d %6d %9d µs %10d KiB %10d KiB %7d s%n",
                        target,
                        result.bytes(),
                        result.frames(),
                        result.answers(),
                        result.echoes(),
                        result.lostEchoes(),
                        result.backMicros(),
                        result.residentBefore() >> 10,
                        result.residentAfter() >> 10,
                        result.millis() / 1000);
                out.flush();
            }
        }
    }

    private FuzzEnd open(Target target) throws IOException {
        return switch (target) {
            case Target.Serial serial -> stream(SerialLink.open(serial.path(), serial.baud()), runner);
            case Target.Tcp tcp -> stream(TcpLink.connect(tcp.host(), tcp.port(), CONNECT_MILLIS), false);
            case Target.Udp udp -> new UdpEnd(UdpLink.open(udp.host(), udp.port()), seed);
            case Target.Mqtt mqtt -> {
                URI broker = URI.create((mqtt.tls() ? "mqtts://" : "mqtt://") + mqtt.host() + ":" + mqtt.port());
                MqttOptions options = MqttOptions.of(broker, "spikelet-fuzz-" + UUID.randomUUID());
                yield new MqttEnd(MqttLink.connect(options), mqtt.device(), seed);
            }
        };
    }

    private FuzzEnd stream(ByteLink link, boolean withRunner) {
        return new StreamEnd(link, seed, withRunner);
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
