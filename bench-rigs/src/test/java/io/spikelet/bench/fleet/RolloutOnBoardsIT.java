package io.spikelet.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.cli.Spikelet;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.collect.CollectorOptions;
import io.spikelet.host.fleet.verb.FleetProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real boards, a real broker, and roll-outs as a person starts them. */
class RolloutOnBoardsIT {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int DEAD_SECONDS = 10;

    @TempDir
    private Path folder;

    private final List<Process> boards = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process board : boards) {
            board.destroyForcibly().waitFor(DEAD_SECONDS, TimeUnit.SECONDS);
        }
    }

    private record Said(int code, String out) {}

    private static Said spikelet(String... arguments) {
        StringWriter out = new StringWriter();
        int code = Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(out, true));
        return new Said(code, out.toString());
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private void image(String version) {
        Path zoo = Path.of(System.getProperty("spikelet.home"), "bench-rigs", "zoo");
        Said said = spikelet(
                "quantise", zoo.resolve("models/digits-conv.nir").toString(),
                "--data", zoo.resolve("data/digits.h5").toString(),
                "--steps", "4",
                "--key", at("team.pem"),
                "--model-version", version,
                "-o", at(version + ".img"));
        assertEquals(0, said.code(), said.out());
    }

    private Process device(String... arguments) throws IOException {
        return DeviceProcess.start(folder.resolve("boards.log"), arguments);
    }

    private void board(String name, String broker) throws Exception {
        assertEquals(
                0,
                device("provision", "--data", at(name), "--name", name, "--key", at("team.pub.pem"))
                        .waitFor());
        boards.add(device("--data", at(name), "--mqtt", broker));
    }

    private static void awaitOnline(FleetProcess process, int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (process.fleet().boards().stream()
                        .filter(board -> board.state() == BoardState.ONLINE)
                        .count()
                < count) {
            assertTrue(System.nanoTime() - deadline < 0, "the boards did not come online");
            Thread.sleep(50);
        }
    }

    private static List<String> versions(FleetProcess process) {
        return process.fleet().boards().stream()
                .map(Board::row)
                .map(row -> row.version())
                .toList();
    }

    @Test
    void shouldRollOutByWavesAndTakeBackWhatARuleHalts() throws Exception {
        assertEquals(0, spikelet("keygen", at("team")).code());
        image("1.0.0");
        image("1.0.1");
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.open())) {
            String address = "mqtt://" + broker.uri().getAuthority();
            CollectorOptions options = CollectorOptions.of(MqttOptions.of(URI.create(address), "collector"), "host");
            try (FleetProcess process =
                    FleetProcess.start(Optional.empty(), options, Optional.of(at("fleet.db")), Duration.ofDays(1))) {
                board("one", address);
                board("two", address);
                awaitOnline(process, 2);
                Thread.sleep(2_500); // until the store knows as well, by which the roll-out goes
                Said done = rollout(address, "1.0.0.img", "");
                assertEquals(0, done.code(), done.out());
                assertTrue(done.out().contains("done        2 of 2 boards have digits-conv 1.0.0"), done.out());
                Said halted = rollout(address, "1.0.1.img", "accuracy<0.5");
                assertEquals(1, halted.code(), halted.out());
                assertTrue(halted.out().contains("tells no accuracy"), halted.out());
                assertTrue(halted.out().contains("reverted 1"), halted.out());
                awaitOnline(process, 2);
                assertTrue(versions(process).stream().allMatch(version -> version.startsWith("1.0.0")));
                for (Process board : boards) {
                    board.destroy();
                    board.waitFor(DEAD_SECONDS, TimeUnit.SECONDS);
                }
            }
        }
    }

    private Said rollout(String broker, String image, String rules) {
        return spikelet(
                "rollout",
                at(image),
                "--broker",
                broker,
                "--store",
                at("fleet.db"),
                "--waves",
                "100%",
                "--soak",
                "6",
                "--halt-on",
                rules);
    }
}
