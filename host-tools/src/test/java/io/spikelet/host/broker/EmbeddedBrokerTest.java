package io.spikelet.host.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final String BIRTH = "spBv1.0/spikelet/NBIRTH/board-1";

    private static EmbeddedBroker broker;

    private record Received(String topic, String text, boolean retained) {}

    private static final class Client implements AutoCloseable {
        final MqttClient mqtt;
        final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

        Client(EmbeddedBroker to, String name, MqttConnectOptions options) throws MqttException {
            mqtt = new MqttClient(to.uri().toString(), name, new MemoryPersistence());
            mqtt.setTimeToWait(20_000);
            mqtt.connect(options);
        }

        void subscribe(String filter) throws MqttException {
            mqtt.subscribe(
                    filter,
                    1,
                    (topic, message) -> received.add(
                            new Received(topic, new String(message.getPayload(), UTF_8), message.isRetained())));
        }

        void publish(String topic, String text, boolean retained) throws MqttException {
            mqtt.publish(topic, text.getBytes(UTF_8), 1, retained);
        }

        Received next() throws InterruptedException {
            Received message = received.poll(20, SECONDS);
            assertNotNull(message, "no message came");
            return message;
        }

        @Override
        public void close() throws MqttException {
            if (mqtt.isConnected()) {
                mqtt.disconnect();
            }
            mqtt.close();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        broker = EmbeddedBroker.start(
                BrokerOptions.forUser("board-1", "a secret").withUser("host", "another"));
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
    }

    private static MqttConnectOptions as(String user, String password) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(user);
        options.setPassword(password.toCharArray());
        options.setMaxInflight(2000);
        return options;
    }

    private static Client board(String name) throws MqttException {
        return new Client(broker, name, as("board-1", "a secret"));
    }

    private static Client host(String name) throws MqttException {
        return new Client(broker, name, as("host", "another"));
    }

    @Test
    void shouldCarrySparkplugTopicsUnchanged() throws Exception {
        try (Client board = board("b1");
                Client host = host("h1")) {
            host.subscribe("spBv1.0/#");
            board.publish(BIRTH, "born", false);
            assertEquals(new Received(BIRTH, "born", false), host.next());
        }
    }

    @Test
    void shouldMatchOneLevelWithPlusAndKeepDotsApart() throws Exception {
        try (Client board = board("b2");
                Client host = host("h2")) {
            host.subscribe("smp.v1/+/response");
            board.publish("smp/v1/b/response", "other", false);
            board.publish("smp.v1/b/c/response", "too deep", false);
            board.publish("smp.v1/b.2/response", "mine", false);
            assertEquals(new Received("smp.v1/b.2/response", "mine", false), host.next());
            assertNull(host.received.poll(50, MILLISECONDS));
        }
    }

    @Test
    void shouldKeepTheOrderOfAThousandAcknowledgedMessages() throws Exception {
        try (Client board = board("b3");
                Client host = host("h3")) {
            host.subscribe("order/+");
            for (int i = 0; i < 1000; i++) {
                board.publish("order/board-1", Integer.toString(i), false);
            }
            for (int i = 0; i < 1000; i++) {
                assertEquals(Integer.toString(i), host.next().text());
            }
        }
    }

    @Test
    void shouldGiveTheRetainedMessageToALateSubscriber() throws Exception {
        try (Client board = board("b4");
                Client host = host("h4")) {
            board.publish("spBv1.0/STATE/host.1", "first", true);
            board.publish("spBv1.0/STATE/host.1", "{\"online\":true}", true);
            host.subscribe("spBv1.0/STATE/+");
            assertEquals(new Received("spBv1.0/STATE/host.1", "{\"online\":true}", true), host.next());
        }
    }

    @Test
    void shouldDeliverTheWillOfAClientWhoseCableIsCut() throws Exception {
        try (Client host = host("h5")) {
            host.subscribe("will/#");
            try (Socket dying = new Socket(broker.uri().getHost(), broker.uri().getPort())) {
                dying.setSoLinger(true, 0);
                OutputStream out = dying.getOutputStream();
                out.write(connectWithWill("b5", "will/b5", "gone", "board-1", "a secret"));
                assertEquals(0x20, dying.getInputStream().read());
                assertEquals(2, dying.getInputStream().read());
                dying.getInputStream().read();
                assertEquals(0, dying.getInputStream().read());
            }
            assertEquals(new Received("will/b5", "gone", false), host.next());
        }
    }

    /** A CONNECT of MQTT 3.1.1 (chapter 3.1), written out so that the socket can be cut without a DISCONNECT. */
    private static byte[] connectWithWill(String client, String topic, String text, String user, String password) {
        byte[][] fields = {
            client.getBytes(UTF_8),
            topic.getBytes(UTF_8),
            text.getBytes(UTF_8),
            user.getBytes(UTF_8),
            password.getBytes(UTF_8)
        };
        int length = 10;
        for (byte[] field : fields) {
            length += 2 + field.length;
        }
        assertTrue(length < 128, "one length byte");
        var packet = java.nio.ByteBuffer.allocate(2 + length);
        packet.put((byte) 0x10).put((byte) length);
        packet.putShort((short) 4).put("MQTT".getBytes(UTF_8)).put((byte) 4);
        packet.put((byte) (0x80 | 0x40 | 0x08 | 0x04 | 0x02)).putShort((short) 60);
        for (byte[] field : fields) {
            packet.putShort((short) field.length).put(field);
        }
        return packet.array();
    }

    @Test
    void shouldRefuseAWrongPasswordAnUnknownUserAndNoUser() {
        assertRefused(as("board-1", "wrong"));
        assertRefused(as("stranger", "a secret"));
        assertRefused(new MqttConnectOptions());
    }

    private static void assertRefused(MqttConnectOptions options) {
        MqttException refused = assertThrows(MqttException.class, () -> new Client(broker, "refused", options).close());
        int code = refused.getReasonCode();
        assertTrue(code == 4 || code == 5, "CONNACK 4 (bad user or password) or 5 (not authorised), was " + code);
    }

    @Test
    void shouldShowNothingOfItsOwnToASubscriberOfEverything() throws Exception {
        try (Client host = host("h6");
                Client board = board("b6")) {
            host.subscribe("#");
            board.publish("end/of/test", "end", false);
            for (Received message = host.next(); !message.topic().equals("end/of/test"); message = host.next()) {
                assertTrue(message.topic().startsWith("spBv1.0/"), message.topic());
            }
        }
    }

    @Test
    void shouldLetAnonymousClientsInWhenAskedFor() throws Exception {
        try (EmbeddedBroker open = EmbeddedBroker.start(BrokerOptions.open());
                Client client = new Client(open, "anyone", new MqttConnectOptions())) {
            assertTrue(client.mqtt.isConnected());
        }
    }

    @Test
    void shouldSayWhichPortIsTaken() {
        int taken = broker.uri().getPort();
        BrokerOptions options = BrokerOptions.open().listeningOn("127.0.0.1", taken);
        IOException failure = assertThrows(IOException.class, () -> EmbeddedBroker.start(options));
        assertTrue(failure.getMessage().contains("127.0.0.1:" + taken), failure.getMessage());
    }

    @Test
    void shouldKeepRetainedMessagesInItsDataFolder(@TempDir Path folder) throws Exception {
        BrokerOptions options = BrokerOptions.forUser("u", "p").keepingDataIn(folder.resolve("broker"));
        try (EmbeddedBroker first = EmbeddedBroker.start(options);
                Client client = new Client(first, "c", as("u", "p"))) {
            client.publish("state/a.b", "kept", true);
        }
        try (EmbeddedBroker second = EmbeddedBroker.start(options);
                Client client = new Client(second, "c", as("u", "p"))) {
            client.subscribe("state/#");
            assertEquals(new Received("state/a.b", "kept", true), client.next());
        }
    }

    @Test
    void shouldWriteNothingToDiskUnlessAsked() throws Exception {
        try (EmbeddedBroker open = EmbeddedBroker.start(BrokerOptions.open());
                Client client = new Client(open, "writer", new MqttConnectOptions())) {
            client.publish("state", "kept", true);
        }
        assertFalse(Files.exists(Path.of("data")), "the broker left a data folder");
    }

    @Test
    void shouldRefuseOptionsThatLetNobodyInAndKeepPasswordsOutOfText() {
        assertThrows(IllegalArgumentException.class, () -> BrokerOptions.forUser("u", ""));
        assertThrows(IllegalArgumentException.class, () -> BrokerOptions.open().listeningOn("127.0.0.1", 65_536));
        assertFalse(BrokerOptions.forUser("u", "hidden").toString().contains("hidden"));
    }
}
