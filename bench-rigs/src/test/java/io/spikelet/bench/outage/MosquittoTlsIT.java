package io.spikelet.bench.outage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.board.Mosquitto;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.Certificates;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Target;
import io.spikelet.telemetry.TelemetrySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A broker that lets in only those whose certificate it knows. */
class MosquittoTlsIT {
    private static final int MESSAGE_MILLIS = 30_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Certificates.Pair server;
    private Certificates.Pair known;
    private Mosquitto broker;

    @BeforeEach
    void startBroker() throws Exception {
        Optional<Path> program = Mosquitto.program("mosquitto");
        Assumptions.assumeTrue(program.isPresent(), "skipped: needs mosquitto, which the package mosquitto installs");
        server = Certificates.make(folder, "server");
        known = Certificates.make(folder, "known");
        broker = Mosquitto.start(
                program.get(),
                folder,
                List.of(
                        "cafile " + known.certificate(),
                        "certfile " + server.certificate(),
                        "keyfile " + server.key(),
                        "require_certificate true",
                        "allow_anonymous true"));
    }

    @AfterEach
    void stopBroker() throws IOException {
        if (broker != null) {
            broker.close();
        }
    }

    private MqttOptions options(String client) {
        return MqttOptions.of(URI.create("mqtts://localhost:" + broker.port()), client)
                .withCaFile(server.certificate());
    }

    @Test
    void shouldLetABoardAndAHostInWithTheirCertificates() throws Exception {
        Target.Mqtt target = (Target.Mqtt) Target.parse("mqtts:localhost:" + broker.port() + "/secured");
        LinkSettings settings = new LinkSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(server.certificate()),
                Optional.of(known.certificate()),
                Optional.of(known.key()));
        try (MqttLink host = MqttLink.connect(Links.options(target, settings))) {
            host.subscribe("spBv1.0/#", 1);
            try (LoadedBoard _ = LoadedBoard.start(
                    "secured",
                    folder.resolve("store"),
                    options("board").withClientCertificate(known.certificate(), known.key()),
                    100,
                    TelemetrySettings.DEFAULT)) {
                MessageLink.Message birth = host.poll(MESSAGE_MILLIS);
                assertNotNull(birth, "no birth came");
                assertTrue(birth.topic().endsWith("/NBIRTH/secured"), birth.topic());
            }
        }
    }

    @Test
    void shouldSayWhatIsWrongWithoutACertificateOrWithAStrangers() throws Exception {
        Certificates.Pair stranger = Certificates.make(folder, "stranger");
        for (MqttOptions options : List.of(
                options("board"), options("board").withClientCertificate(stranger.certificate(), stranger.key()))) {
            String said = assertThrows(
                            IOException.class, () -> MqttLink.connect(options).close())
                    .getMessage();
            assertTrue(said.contains("client certificate"), said);
        }
        String key = Files.readAllLines(stranger.key()).get(1);
        assertFalse(options("board").toString().contains(key));
        assertFalse(Files.readString(folder.resolve("mosquitto.log")).contains(key));
    }
}
