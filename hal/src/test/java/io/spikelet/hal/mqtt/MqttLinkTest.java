package io.spikelet.hal.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.BrokerRefusedException;
import io.spikelet.hal.LinkUnavailableException;
import io.spikelet.hal.MessageLink.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MqttLinkTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldGetBackWhatItPublished() throws Exception {
        byte[] large = new byte[200_000];
        new Random(3).nextBytes(large);
        try (ScriptedBroker broker = new ScriptedBroker();
                MqttLink link = MqttLink.connect(options(broker))) {
            assertTrue(link.isConnected());
            link.subscribe("a/#", 1);
            link.publish("a/b", HELLO, 1, false);
            link.publish("a/c", large, 0, false);
            expect("a/b", HELLO, link.poll(20_000));
            expect("a/c", large, link.poll(20_000));
            assertNull(link.poll(0));
            assertEquals(0, link.dropped());
        }
    }

    @Test
    void shouldConnectWithACleanSessionAndEverythingThatWasGiven() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker()) {
            MqttOptions options = options(broker)
                    .withCredentials("ada", "secret".toCharArray())
                    .withWill(new Will("a/gone", HELLO, 1, true))
                    .withTimes(Duration.ofSeconds(10), Duration.ofSeconds(77));
            MqttLink.connect(options).close();
            ScriptedBroker.Connect connect = broker.connects().getFirst();
            assertEquals(4, connect.protocolLevel());
            assertTrue(connect.cleanSession());
            assertEquals(0b1110_1110, connect.flags());
            assertEquals(77, connect.keepAlive());
            assertEquals(List.of("board-1", "a/gone", "hello", "ada", "secret"), connect.strings());
        }
    }

    @Test
    void shouldSayThatNoBrokerAnswers() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        MqttOptions options = MqttOptions.of(URI.create("mqtt://localhost:" + port), "board-1");
        LinkUnavailableException missing = assertThrows(
                LinkUnavailableException.class, () -> MqttLink.connect(options).close());
        assertEquals(
                "no MQTT broker answers at localhost:" + port + "; start it or give another address",
                missing.getMessage());
    }

    @Test
    void shouldSayThatNoBrokerAnswersWhenSomethingElseListensAndSaysNothing() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker().silent()) {
            MqttOptions options = options(broker).withTimes(Duration.ofMillis(300), Duration.ofSeconds(30));
            LinkUnavailableException missing = assertThrows(
                    LinkUnavailableException.class,
                    () -> MqttLink.connect(options).close());
            assertTrue(missing.getMessage().startsWith("no MQTT broker answers at"), missing.getMessage());
        }
    }

    @Test
    void shouldSayThatThePasswordIsWrongAndAskOnlyOnce() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker().answeringConnectWith(4)) {
            assertEquals(
                    "the broker at localhost:" + broker.port() + " refused board-1: wrong user name or password;"
                            + " give the right ones",
                    refusal(broker));
            assertEquals(1, broker.connects().size());
        }
    }

    @Test
    void shouldSayThatTheClientIsNotAuthorised() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker().answeringConnectWith(5)) {
            assertTrue(refusal(broker).contains("refused board-1: not authorised"));
        }
    }

    @Test
    void shouldSayThatTheSubscriptionIsRefused() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker().answeringSubscribeWith(0x80);
                MqttLink link = MqttLink.connect(options(broker))) {
            BrokerRefusedException refused =
                    assertThrows(BrokerRefusedException.class, () -> link.subscribe("secret/#", 1));
            assertTrue(refused.getMessage().contains("secret/#"), refused.getMessage());
            assertTrue(link.isConnected());
        }
    }

    @Test
    void shouldThrowWhenNoAcknowledgementComesInTime() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker().acknowledgingNothing();
                MqttLink link =
                        MqttLink.connect(options(broker).withTimes(Duration.ofSeconds(1), Duration.ofSeconds(30)))) {
            IOException late = assertThrows(IOException.class, () -> link.publish("a/b", HELLO, 1, false));
            assertTrue(late.getMessage().contains("did not acknowledge in time"), late.getMessage());
        }
    }

    @Test
    void shouldHandOutWhatItHasBeforeItSaysThatTheConnectionIsLost() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker();
                MqttLink link = MqttLink.connect(options(broker))) {
            link.subscribe("a/#", 0);
            broker.send("a/1", HELLO);
            broker.send("a/2", HELLO);
            expect("a/1", HELLO, link.poll(20_000));
            // The second has been received too before the connection goes: they come in order on one thread.
            link.publish("a/3", HELLO, 1, false);
            expect("a/2", HELLO, link.poll(20_000));
            broker.dropConnections();
            IOException lost = assertThrows(IOException.class, () -> {
                while (true) {
                    link.poll(20_000);
                }
            });
            assertEquals(
                    "the connection to the broker at localhost:" + broker.port() + " is lost; connect anew",
                    lost.getMessage());
            assertFalse(link.isConnected());
            assertThrows(IOException.class, () -> link.publish("a/b", HELLO, 1, false));
            assertThrows(IOException.class, () -> link.subscribe("a/b", 1));
        }
    }

    @Test
    void shouldSayGoodbyeOnClose() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker()) {
            MqttLink link = MqttLink.connect(options(broker));
            link.close();
            link.close();
            assertEquals(Optional.of(true), broker.goodbye());
            assertThrows(IOException.class, () -> link.poll(0));
            assertThrows(IOException.class, () -> link.publish("a/b", HELLO, 0, false));
        }
    }

    @Test
    void shouldGoWithoutGoodbyeOnAbort() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker()) {
            MqttLink link = MqttLink.connect(options(broker));
            link.abort();
            link.close();
            assertEquals(Optional.of(false), broker.goodbye());
        }
    }

    @Test
    void shouldRefuseValuesThatMeanNothing() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker();
                MqttLink link = MqttLink.connect(options(broker))) {
            assertThrows(IllegalArgumentException.class, () -> link.publish("a/+", HELLO, 1, false));
            assertThrows(IllegalArgumentException.class, () -> link.publish("a", HELLO, 3, false));
            assertThrows(IllegalArgumentException.class, () -> link.subscribe("a/#/b", 1));
            assertThrows(IllegalArgumentException.class, () -> link.poll(-1));
        }
    }

    private static String refusal(ScriptedBroker broker) {
        return assertThrows(
                        BrokerRefusedException.class,
                        () -> MqttLink.connect(options(broker)).close())
                .getMessage();
    }

    private static MqttOptions options(ScriptedBroker broker) {
        return MqttOptions.of(URI.create("mqtt://localhost:" + broker.port()), "board-1");
    }

    private static void expect(String topic, byte[] payload, Message message) {
        assertNotNull(message);
        assertEquals(topic, message.topic());
        assertArrayEquals(payload, message.payload());
    }
}
