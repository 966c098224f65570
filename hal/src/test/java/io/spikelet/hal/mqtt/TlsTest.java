package io.spikelet.hal.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsTest {
    @TempDir
    static Path folder;

    private static Certificates.Pair server;
    private static Certificates.Pair board;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = Certificates.make(folder, "server");
        board = Certificates.make(folder, "board");
    }

    @Test
    void shouldConnectWhenTheCertificateIsTrustedAndNamesTheHost() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(socket(false));
                MqttLink link = MqttLink.connect(options(broker, "localhost").withCaFile(server.certificate()))) {
            link.publish("a/b", new byte[] {1, 2}, 1, false);
            assertArrayEquals(new byte[] {1, 2}, link.poll(20_000).payload());
        }
    }

    @Test
    void shouldRefuseABrokerWhoseCertificateIsNotTrusted() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(socket(false))) {
            String sentence = refusal(options(broker, "localhost"));
            assertTrue(sentence.startsWith("the certificate of the broker at localhost:"), sentence);
            assertTrue(sentence.contains("is not trusted"), sentence);
            assertEquals(List.of(), broker.connects());
        }
    }

    @Test
    void shouldRefuseABrokerWhoseCertificateNamesAnotherHost() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(socket(false))) {
            String sentence = refusal(options(broker, "127.0.0.1").withCaFile(server.certificate()));
            assertTrue(sentence.contains("127.0.0.1"), sentence);
            assertTrue(sentence.contains("the name in the certificate"), sentence);
            assertEquals(List.of(), broker.connects());
        }
    }

    @Test
    void shouldShowItsCertificateToABrokerThatAsksForOne() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(socket(true));
                MqttLink link = MqttLink.connect(options(broker, "localhost")
                        .withCaFile(server.certificate())
                        .withClientCertificate(board.certificate(), board.key()))) {
            assertTrue(link.isConnected());
        }
    }

    @Test
    void shouldFailAtABrokerThatAsksForACertificateWhenItHasNone() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(socket(true))) {
            refusal(options(broker, "localhost").withCaFile(server.certificate()));
            assertEquals(List.of(), broker.connects());
        }
    }

    @Test
    void shouldSayWhenTheCertificateFileHoldsNone() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.pem"), "");
        MqttOptions options =
                MqttOptions.of(URI.create("mqtts://localhost:1"), "board-1").withCaFile(file);
        assertEquals(file + " holds no certificate; give a PEM file", refusal(options));
    }

    @Test
    void shouldSayWhenTheCertificateFileIsMissing() {
        Path file = folder.resolve("missing.pem");
        MqttOptions options =
                MqttOptions.of(URI.create("mqtts://localhost:1"), "board-1").withCaFile(file);
        assertEquals("cannot read " + file + "; check the path and who may read it", refusal(options));
    }

    @Test
    void shouldNotRepeatAKeyThatItCannotRead() throws Exception {
        Path file = Certificates.pem(
                folder.resolve("broken.key"), "PRIVATE KEY", "very secret".getBytes(StandardCharsets.UTF_8));
        MqttOptions options = MqttOptions.of(URI.create("mqtts://localhost:1"), "board-1")
                .withClientCertificate(board.certificate(), file);
        assertEquals(file + " holds no readable EC key; give the key of the certificate", refusal(options));
    }

    private static String refusal(MqttOptions options) {
        return assertThrows(IOException.class, () -> MqttLink.connect(options).close())
                .getMessage();
    }

    private static MqttOptions options(ScriptedBroker broker, String host) {
        return MqttOptions.of(URI.create("mqtts://" + host + ":" + broker.port()), "board-1");
    }

    private static ServerSocket socket(boolean asksForACertificate) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server.store(), Certificates.STORE_PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("board", board.store().getCertificate("board"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(asksForACertificate);
        return socket;
    }
}
