package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.MessageLink;
import io.spikelet.hal.sim.MemoryBroker;
import io.spikelet.hal.sim.SimStore;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tcp.TcpListener;
import io.spikelet.hal.udp.UdpLink;
import io.spikelet.hal.udp.UdpPort;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Every group and every refusal, byte for byte, in both versions, on every link: requests and answers of an independent
 * maker against a whole board.
 */
class SmpConformanceTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String HERE = "127.0.0.1";

    /** One request and the answer it must get. */
    private record Pair(String title, byte[] request, String answer) {}

    private static List<Pair> golden() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        String title = "";
        byte[] request = new byte[0];
        try (InputStream in = SmpConformanceTest.class.getResourceAsStream("/golden/smp.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String rest = line.substring(2);
                switch (line.charAt(0)) {
                    case '#' -> title = rest;
                    case '>' -> request = HEX.parseHex(rest);
                    case '<' -> pairs.add(new Pair(title, request, rest));
                    default -> throw new AssertionError("unexpected line " + line);
                }
            }
        }
        assertTrue(pairs.size() > 300, "pairs: " + pairs.size());
        return pairs;
    }

    @Test
    void shouldAnswerEveryRequestOfTheIndependentMakerByteForByteOnASerialLine() throws Exception {
        try (WholeBoard board = WholeBoard.start(new SimStore())) {
            for (Pair pair : golden()) {
                assertEquals(pair.answer(), HEX.formatHex(board.ask(pair.request())), pair.title());
            }
        }
    }

    /** A client of a large MTU puts the whole frame on one line; a terminal ends it with CR LF, and text stands between. */
    @Test
    void shouldAnswerFramesOnOneLongLineAmongText() throws Exception {
        try (WholeBoard board = WholeBoard.start(new SimStore())) {
            for (Pair pair : golden()) {
                board.write(longLine(pair.request()));
                assertEquals(pair.answer(), HEX.formatHex(board.receive(WholeBoard.PATIENCE_MILLIS)), pair.title());
            }
        }
    }

    private static byte[] longLine(byte[] message) {
        ByteArrayOutputStream base64 = new ByteArrayOutputStream();
        for (String line : new String(SerialFrames.encode(message), StandardCharsets.ISO_8859_1).split("\n")) {
            if (!line.isEmpty()) {
                base64.writeBytes(Base64.getDecoder().decode(line.substring(2)));
            }
        }
        String whole = Base64.getEncoder().encodeToString(base64.toByteArray());
        return ("login: \r\nboot 3.2\n\006\011" + whole + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldAnswerOverUdpAndTcpAsOnASerialLine() throws Exception {
        try (UdpPort udpPort = UdpPort.open(HERE, 0, 4097);
                TcpListener listener = TcpListener.open(HERE, 0);
                WholeBoard board = WholeBoard.start(new SimStore(), agent -> {
                    agent.serveUdp("udp", () -> udpPort);
                    agent.serveTcp("tcp", () -> listener);
                });
                UdpLink udp = UdpLink.open(HERE, udpPort.port());
                TcpLink tcp = TcpLink.connect(HERE, listener.port(), WholeBoard.PATIENCE_MILLIS)) {
            boolean overUdp = false;
            for (Pair pair : golden()) {
                overUdp = !overUdp;
                byte[] answer = overUdp ? askUdp(udp, pair.request()) : askTcp(tcp, pair.request());
                assertEquals(pair.answer(), HEX.formatHex(answer), pair.title());
            }
            assertNull(board.receive(20), "the serial line hears nothing of it");
        }
    }

    private static byte[] askUdp(UdpLink link, byte[] request) throws IOException {
        link.send(request);
        return link.receive(WholeBoard.PATIENCE_MILLIS);
    }

    private static byte[] askTcp(TcpLink link, byte[] request) throws IOException {
        byte[] frames = SerialFrames.encode(request);
        link.write(frames, 0, frames.length);
        SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
        byte[] buffer = new byte[4096];
        List<byte[]> arrived = List.of();
        for (int i = 0; arrived.isEmpty() && i < 1000; i++) {
            arrived = deframer.feed(buffer, 0, link.read(buffer, WholeBoard.PATIENCE_MILLIS));
        }
        return arrived.getFirst();
    }

    @Test
    void shouldAnswerThroughABrokerAsOnASerialLine() throws Exception {
        MemoryBroker broker = new MemoryBroker();
        try (MemoryBroker.Connection client = broker.connect();
                WholeBoard board = WholeBoard.start(
                        new SimStore(),
                        agent -> agent.serveMqtt(
                                "mqtt",
                                will -> broker.connect(
                                        Optional.of(new MessageLink.Message(will.topic(), will.payload())))))) {
            client.subscribe("spikelet/pi-1/smp/response", 1);
            for (Pair pair : golden()) {
                client.publish("spikelet/pi-1/smp/request", pair.request(), 1, false);
                MessageLink.Message answer = client.poll(WholeBoard.PATIENCE_MILLIS);
                assertEquals(pair.answer(), HEX.formatHex(answer.payload()), pair.title());
            }
            assertNull(board.receive(20), "the serial line hears nothing of it");
        }
    }

    /** All requests are on the line before the first answer is read: no answer is lost, and they come in order. */
    @Test
    void shouldAnswerRequestsInTheOrderInWhichTheyFly() throws Exception {
        List<Pair> echoes =
                golden().stream().filter(pair -> pair.title().contains("echo")).toList();
        try (WholeBoard board = WholeBoard.start(new SimStore())) {
            for (Pair pair : echoes) {
                board.send(pair.request());
            }
            for (Pair pair : echoes) {
                assertEquals(pair.answer(), HEX.formatHex(board.receive(WholeBoard.PATIENCE_MILLIS)), pair.title());
            }
        }
    }

    /** More clients than it serves at a time: the quietest is let go, and each newcomer is served. */
    @Test
    void shouldServeANewTcpClientInPlaceOfTheQuietestOne() throws Exception {
        Pair echo = golden().getFirst();
        try (TcpListener listener = TcpListener.open(HERE, 0);
                WholeBoard board = WholeBoard.start(new SimStore(), agent -> agent.serveTcp("tcp", () -> listener))) {
            List<TcpLink> clients = new ArrayList<>();
            for (int i = 0; i < 3 * TcpService.MOST_CONNECTIONS; i++) {
                TcpLink client = TcpLink.connect(HERE, listener.port(), WholeBoard.PATIENCE_MILLIS);
                clients.add(client);
                assertEquals(echo.answer(), HEX.formatHex(askTcp(client, echo.request())));
            }
            assertEquals(echo.answer(), HEX.formatHex(board.ask(echo.request())));
            clients.forEach(SmpConformanceTest::close);
        }
    }

    /** A client asks and asks and reads nothing, until neither end can write any more. */
    @Test
    void shouldServeTheOthersWhileAClientTakesNoAnswers() throws Exception {
        Pair long300 = golden().stream()
                .filter(pair -> pair.title().contains("300 letters"))
                .findFirst()
                .orElseThrow();
        try (TcpListener listener = TcpListener.open(HERE, 0);
                WholeBoard board = WholeBoard.start(new SimStore(), agent -> agent.serveTcp("tcp", () -> listener));
                TcpLink deaf = TcpLink.connect(HERE, listener.port(), WholeBoard.PATIENCE_MILLIS)) {
            byte[] frames = SerialFrames.encode(long300.request());
            CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> {
                int count = 0;
                try {
                    while (true) {
                        deaf.write(frames, 0, frames.length);
                        count++;
                    }
                } catch (IOException stuck) {
                    return count;
                }
            });
            while (!asked.isDone()) {
                assertEquals(long300.answer(), HEX.formatHex(board.ask(long300.request())));
            }
            assertTrue(asked.get() > 100, "requests that nobody read the answers of: " + asked.get());
        }
    }

    private static void close(TcpLink link) {
        try {
            link.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
