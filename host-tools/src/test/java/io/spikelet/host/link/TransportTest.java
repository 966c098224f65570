package io.spikelet.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.udp.UdpLink;
import io.spikelet.hal.udp.UdpPort;
import io.spikelet.host.Progress;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpMessage;
import io.spikelet.smp.SmpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TransportTest {
    private final PretendBoard board = new PretendBoard();
    private final Patience patience = new Patience(1_000, 3, 0);
    private int opened;

    /** A serial line to the board that hands over at most 7 bytes a read, between lines of a console. */
    private final class Line implements ByteLink {
        private final SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
        private byte[] waiting = new byte[0];
        private int given;
        private boolean closed;

        @Override
        public int read(byte[] into, int timeoutMillis) throws IOException {
            requireOpen();
            int length = Math.min(7, waiting.length - given);
            System.arraycopy(waiting, given, into, 0, length);
            given += length;
            return length;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            requireOpen();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (byte[] request : deframer.feed(bytes, offset, length)) {
                out.writeBytes("m-ready\r\nbooting".getBytes(StandardCharsets.US_ASCII));
                out.writeBytes(SerialFrames.encode(board.server.handle(request)));
            }
            waiting = out.toByteArray();
            given = 0;
            if (opened == 1) {
                closed = true;
            }
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new IOException("hung up");
            }
        }

        @Override
        public String name() {
            return "/dev/pretend";
        }

        @Override
        public void close() throws IOException {
            throw new IOException("cannot close what hung up");
        }
    }

    @Test
    void shouldTalkOverASerialLineWithTextOnItAndOpenItAnewWhenItHungUp() throws IOException {
        SerialTransport transport = new SerialTransport(
                () -> {
                    opened++;
                    return new Line();
                },
                Clock.system());
        BoardClient client = new BoardClient(new SmpClient(transport, Clock.system(), patience));
        String text = "long ".repeat(300);
        assertEquals(text, client.echo(text));
        assertEquals(2, opened);
        assertEquals("/dev/pretend", client.name());
    }

    /** A broker between the client and the board, with another device's traffic on it. */
    private final class Broker implements MessageLink {
        private final Deque<Message> queue = new ArrayDeque<>();
        private final List<String> subscribed = new ArrayList<>();

        @Override
        public void publish(String topic, byte[] payload, int qos, boolean retained) {
            assertEquals("spikelet/bench-1/smp/request", topic);
            assertEquals(1, qos);
            assertEquals(false, retained);
            byte[] answer = board.server.handle(payload);
            queue.add(new Message("spikelet/bench-2/smp/response", answer));
            queue.add(new Message("spikelet/bench-1/smp/response", answer));
        }

        @Override
        public void subscribe(String filter, int qos) {
            assertEquals(1, qos);
            subscribed.add(filter);
        }

        @Override
        public Message poll(int timeoutMillis) {
            return queue.poll();
        }

        @Override
        public void flush() {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void close() {
            queue.clear();
        }
    }

    @Test
    void shouldTalkOverABrokerOnTheDevicesOwnTopics() throws IOException {
        Broker broker = new Broker();
        MqttTransport transport = new MqttTransport(() -> broker, "mqtt:b:1883/bench-1", "bench-1", Clock.system());
        try (BoardClient client = new BoardClient(new SmpClient(transport, Clock.system(), patience))) {
            assertEquals("hello", client.echo("hello"));
            assertEquals("mqtt:b:1883/bench-1", client.name());
        }
        assertEquals(List.of("spikelet/bench-1/smp/response"), broker.subscribed);
    }

    @Test
    void shouldRefuseADeviceNameThatWouldBeAWildcard() {
        assertThrows(IllegalArgumentException.class, () -> new MqttTransport(Broker::new, "x", "+", Clock.system()));
    }

    /** Answers datagrams, but for every third, which is lost. */
    private Thread answering(UdpPort port, AtomicInteger heard) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    UdpPort.Datagram datagram = port.receive(20_000);
                    if (datagram == null) {
                        return;
                    }
                    byte[] answer = board.server.handle(datagram.message());
                    if (heard.incrementAndGet() % 3 != 0) {
                        port.send(answer, datagram.sender());
                    }
                }
            } catch (IOException | ClosedSelectorException closed) {
                // The test has ended.
            }
        });
    }

    @Test
    void shouldTalkOverUdpAlthoughDatagramsAreLost() throws IOException {
        AtomicInteger heard = new AtomicInteger();
        try (UdpPort port = UdpPort.open("127.0.0.1", 0, 4097)) {
            answering(port, heard);
            UdpTransport transport = new UdpTransport(() -> UdpLink.open("127.0.0.1", port.port()));
            try (BoardClient client =
                    new BoardClient(new SmpClient(transport, Clock.system(), new Patience(300, 5, 0)))) {
                for (int i = 0; i < 5; i++) {
                    assertEquals("hello " + i, client.echo("hello " + i));
                }
                byte[] image = new byte[6000];
                client.upload(image, Progress.SILENT);
                assertEquals(image.length, board.stored.size());
            }
        }
        assertTrue(heard.get() > 11, "datagrams: " + heard);
    }

    @Test
    void shouldSendAnUploadOverUdpInDatagramsThatNeedNoFragments() throws IOException {
        try (UdpPort port = UdpPort.open("127.0.0.1", 0, 4097)) {
            AtomicInteger longest = new AtomicInteger();
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        UdpPort.Datagram datagram = port.receive(20_000);
                        longest.accumulateAndGet(datagram.message().length, Math::max);
                        port.send(board.server.handle(datagram.message()), datagram.sender());
                    }
                } catch (IOException | RuntimeException closed) {
                    // The test has ended.
                }
            });
            UdpTransport transport = new UdpTransport(() -> UdpLink.open("127.0.0.1", port.port()));
            try (BoardClient client = new BoardClient(new SmpClient(transport, Clock.system(), patience))) {
                client.upload(new byte[9000], Progress.SILENT);
            }
            assertEquals(UdpTransport.WHOLE_DATAGRAM_BYTES, longest.get(), 4);
        }
    }

    @Test
    void shouldSayThatNobodyListensOverUdp() throws IOException {
        UdpPort port = UdpPort.open("127.0.0.1", 0, 4097);
        int number = port.port();
        port.close();
        try (BoardClient client = new BoardClient(
                new SmpClient(new UdpTransport(() -> UdpLink.open("127.0.0.1", number)), Clock.system(), patience))) {
            IOException nobody = assertThrows(IOException.class, () -> client.echo("hello"));
            assertTrue(nobody.getMessage().contains("nothing listens at udp:127.0.0.1:" + number), nobody.getMessage());
        }
    }

    /** A server in C receives a serial frame's length and checksum into the buffer whose size it tells. */
    @Test
    void shouldLeaveRoomForTheFramingInTheBuffersOfASerialLine() throws IOException {
        opened = 1;
        SerialTransport transport = new SerialTransport(
                () -> {
                    opened++;
                    return new Line();
                },
                Clock.system());
        BoardClient client = new BoardClient(new SmpClient(transport, Clock.system(), patience));
        assertEquals(SmpServer.BUFFER_BYTES - 4, client.params());
    }
}
