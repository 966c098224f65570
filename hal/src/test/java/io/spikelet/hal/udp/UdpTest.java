package io.spikelet.hal.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpTest {
    private static final String HERE = "127.0.0.1";
    private static final int MOST = 4097;
    private static final int PATIENCE = 10_000;

    private UdpPort port;
    private UdpLink one;
    private UdpLink other;

    @BeforeEach
    void open() throws IOException {
        port = UdpPort.open(HERE, 0, MOST);
        one = UdpLink.open(HERE, port.port());
        other = UdpLink.open(HERE, port.port());
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
        port.close();
    }

    @Test
    void shouldAnswerEachSenderItsOwn() throws IOException {
        one.send(new byte[] {1});
        UdpPort.Datagram first = port.receive(PATIENCE);
        other.send(new byte[] {2});
        UdpPort.Datagram second = port.receive(PATIENCE);
        port.send(new byte[] {22}, second.sender());
        port.send(new byte[] {11}, first.sender());
        assertArrayEquals(new byte[] {11}, one.receive(PATIENCE));
        assertArrayEquals(new byte[] {22}, other.receive(PATIENCE));
        assertNull(one.receive(20));
    }

    @Test
    void shouldKeepSeveralMessagesApartWhileNobodyReceives() throws IOException {
        for (int i = 0; i < 5; i++) {
            one.send(new byte[] {(byte) i, 0, 0});
        }
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(
                    new byte[] {(byte) i, 0, 0}, port.receive(PATIENCE).message());
        }
        assertNull(port.receive(20));
    }

    @Test
    void shouldCutWhatIsLongerThanItTakes() throws IOException {
        byte[] tooLong = new byte[60_000];
        new Random(1).nextBytes(tooLong);
        one.send(tooLong);
        assertArrayEquals(Arrays.copyOf(tooLong, MOST), port.receive(PATIENCE).message());
        one.send(new byte[1]);
        assertEquals(1, port.receive(PATIENCE).message().length);
    }

    @Test
    void shouldCarryTheLargestAnswer() throws IOException {
        one.send(new byte[1]);
        byte[] large = new byte[UdpPort.MAX_BYTES];
        new Random(2).nextBytes(large);
        port.send(large, port.receive(PATIENCE).sender());
        assertArrayEquals(large, one.receive(PATIENCE));
    }

    @Test
    void shouldSayWhenNobodyListensAndGoOnOnceSomebodyDoes() throws IOException {
        int number = port.port();
        port.close();
        one.send(new byte[1]);
        IOException nobody = assertThrows(IOException.class, () -> one.receive(PATIENCE));
        assertEquals("nothing listens at udp:127.0.0.1:" + number, nobody.getMessage());
        port = UdpPort.open(HERE, number, MOST);
        one.send(new byte[] {7});
        assertArrayEquals(new byte[] {7}, port.receive(PATIENCE).message());
    }

    @Test
    void shouldSayWhatCannotBeListenedOnOrReached() {
        IOException taken = assertThrows(IOException.class, () -> UdpPort.open(HERE, port.port(), MOST));
        assertTrue(taken.getMessage().startsWith("cannot listen on 127.0.0.1:" + port.port()), taken.getMessage());
        assertThrows(IOException.class, () -> UdpPort.open("192.0.2.1", 0, MOST));
        assertThrows(LinkUnavailableException.class, () -> UdpLink.open("no-such-host.invalid", 1337));
        assertThrows(IllegalArgumentException.class, () -> UdpPort.open(HERE, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> port.receive(0));
    }
}
