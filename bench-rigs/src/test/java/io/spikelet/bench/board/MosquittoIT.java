package io.spikelet.bench.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardStatus;
import io.spikelet.host.link.Flasher;
import io.spikelet.host.link.Inferences;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Target;
import io.spikelet.model.container.ModelImage;
import io.spikelet.telemetry.TelemetryMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A board at a broker that others made. */
class MosquittoIT {
    private static final String USER = "lab";
    private static final String PASSWORD = "a password of the test";
    private static final int SAMPLES = 20;
    private static final int MESSAGES_AT_MOST = 100;
    private static final int MESSAGE_MILLIS = 30_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void shouldServeThroughMosquittoAndBeDeclaredDeadWhenItIsKilled() throws Exception {
        Optional<Path> program = Mosquitto.program("mosquitto");
        Optional<Path> passwordProgram = Mosquitto.program("mosquitto_passwd");
        Assumptions.assumeTrue(
                program.isPresent() && passwordProgram.isPresent(),
                "skipped: needs mosquitto and mosquitto_passwd, which the package mosquitto installs");
        DigitsRig rig = DigitsRig.in(folder);
        Path passwordFile = Files.writeString(folder.resolve("password.txt"), PASSWORD + "\n");
        try (Mosquitto broker = Mosquitto.start(
                        program.get(), folder, Mosquitto.forUser(passwordProgram.get(), folder, USER, PASSWORD));
                MqttLink subscriber = subscriber(broker);
                BoardProcess board = rig.start(
                        "--mqtt",
                        "mqtt://127.0.0.1:" + broker.port(),
                        "--mqtt-user",
                        USER,
                        "--mqtt-password-file",
                        passwordFile.toString());
                BoardClient client = Links.open(
                        Target.parse("mqtt:127.0.0.1:" + broker.port() + "/" + DigitsRig.NAME),
                        new LinkSettings(Optional.of(USER), Optional.of(passwordFile), Optional.empty()))) {
            Object born = entry(await(subscriber, "NBIRTH"), "bdSeq");
            flashAndInfer(rig, client);
            board.kill();
            assertEquals(born, entry(await(subscriber, "NDEATH"), "bdSeq"));
        }
    }

    private static MqttLink subscriber(Mosquitto broker) throws IOException {
        MqttLink link = MqttLink.connect(MqttOptions.of(URI.create("mqtt://127.0.0.1:" + broker.port()), "subscriber")
                .withCredentials(USER, PASSWORD.toCharArray()));
        link.subscribe("spBv1.0/#", 1);
        return link;
    }

    private static void flashAndInfer(DigitsRig rig, BoardClient client) throws Exception {
        ModelImage image = rig.signed("1.0.0", 0);
        new Flasher(client).flash(image, (_, _) -> {});
        BoardStatus status = client.status();
        assertEquals(DigitsRig.NAME, status.name());
        assertTrue(status.serving());
        assertArrayEquals(image.digest(), status.hash());

        SampleSet samples = rig.samples().first(SAMPLES);
        Inferences answers = client.infer(samples.samples(), SAMPLES, samples.labels());
        Classifier classifier = Classifier.load(rig.network(0));
        Inference expected = Inference.forNetwork(classifier.network());
        for (int i = 0; i < SAMPLES; i++) {
            classifier.infer(samples.samples(), samples.offset(i), expected);
            assertEquals(expected.predicted(), answers.classes()[i], "sample " + i);
            assertArrayEquals(expected.outputSpikes(), answers.spikeBits()[i], "sample " + i);
        }
    }

    /** The next message of this type from the board. */
    private static TelemetryMessage await(MqttLink subscriber, String type) throws Exception {
        for (int count = 0; count < MESSAGES_AT_MOST; count++) {
            MessageLink.Message message = subscriber.poll(MESSAGE_MILLIS);
            assertNotNull(message, "no " + type + " came");
            if (message.topic().equals("spBv1.0/spikelet/" + type + "/" + DigitsRig.NAME)) {
                return TelemetryMessage.decode(message.payload());
            }
        }
        throw new AssertionError("no " + type + " among " + MESSAGES_AT_MOST + " messages");
    }

    private static Object entry(TelemetryMessage message, String name) {
        return message.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " in " + message))
                .value();
    }
}
