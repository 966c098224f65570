package io.spikelet.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.board.Mosquitto;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.cli.Spikelet;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.collect.Collector;
import io.spikelet.host.fleet.collect.CollectorOptions;
import io.spikelet.host.fleet.collect.Keeper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real boards of two groups, and a collector for each. */
class BoardGroupsIT {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    @TempDir
    private Path folder;

    private Process device(String... arguments) throws IOException {
        return DeviceProcess.start(folder.resolve("boards.log"), arguments);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static void spikelet(String... arguments) {
        StringWriter out = new StringWriter();
        assertEquals(0, Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(out, true)), out::toString);
    }

    private static Collector collector(URI broker, String group, Fleet fleet) {
        MqttOptions client = MqttOptions.of(broker, "collector-" + group);
        return new Collector(CollectorOptions.of(client, "host-" + group).ofGroups(List.of(group)), fleet, Keeper.NONE);
    }

    private void awaitOnline(Fleet fleet) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (fleet.boards().stream().noneMatch(board -> board.state() == BoardState.ONLINE)) {
            assertTrue(System.nanoTime() - deadline < 0, Files.readString(folder.resolve("boards.log")));
            Thread.sleep(20);
        }
    }

    @Test
    void shouldShowEachBoardToTheCollectorOfItsGroupAlone() throws Exception {
        Optional<Path> program = Mosquitto.program("mosquitto");
        Assumptions.assumeTrue(program.isPresent(), "skipped: needs mosquitto, which the package mosquitto installs");
        Fleet north = new Fleet();
        Fleet south = new Fleet();
        Process one = null;
        Process two = null;
        try (Mosquitto broker = Mosquitto.start(program.get(), folder, List.of("allow_anonymous true"))) {
            String url = "mqtt://127.0.0.1:" + broker.port();
            try (Collector _ = collector(URI.create(url), "north", north);
                    Collector _ = collector(URI.create(url), "south", south)) {
                two = device("--data", at("two"), "--name", "two", "--group", "south", "--mqtt", url);
                spikelet("keygen", at("team"));
                spikelet(
                        "provision",
                        "one",
                        "--group",
                        "north",
                        "--trust",
                        at("team.pub.pem"),
                        "--broker",
                        url,
                        "-o",
                        at("one.zip"));
                assertEquals(
                        0,
                        device("provision", "--data", at("one"), "--from", at("one.zip"))
                                .waitFor());
                one = device("--data", at("one"));
                awaitOnline(north);
                awaitOnline(south);
            }
            assertEquals(List.of(new BoardId("north", "one")), ids(north));
            assertEquals(List.of(new BoardId("south", "two")), ids(south));
        } finally {
            for (Process board : new Process[] {one, two}) {
                if (board != null) {
                    board.destroyForcibly().waitFor();
                }
            }
        }
    }

    private static List<BoardId> ids(Fleet fleet) {
        return fleet.boards().stream().map(Board::id).toList();
    }
}
