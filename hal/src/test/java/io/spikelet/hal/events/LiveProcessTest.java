package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fazecast.jSerialComm.SerialPort;
import io.spikelet.hal.ByteLink;
import io.spikelet.hal.TestJvm;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tcp.TcpListener;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Events that a process of its own sends, as a sensor's driver does. */
@Timeout(60)
class LiveProcessTest {
    private static final int EVENTS = 20_000;

    /** Sends the events of a seed over a serial line or TCP, in pieces, and then the end. */
    static final class Driver {
        public static void main(String[] arguments) throws IOException {
            try (ByteLink link = arguments[0].equals("tcp")
                    ? TcpLink.connect("127.0.0.1", Integer.parseInt(arguments[1]), 10_000)
                    : SerialLink.open(arguments[1], 921_600)) {
                LiveEventSender sender = new LiveEventSender(link);
                EventBuffer events = Recordings.random(9, EVENTS);
                for (int from = 0; from < EVENTS; from += 777) {
                    sender.send(events, from, Math.min(EVENTS, from + 777));
                }
                sender.end();
                System.out.println("sent");
                System.in.read();
            }
        }
    }

    private static void receive(ByteLink link) throws IOException {
        try (LiveEvents source = new LiveEvents(link, 34, 34)) {
            EventBuffer all = new EventBuffer(EVENTS);
            EventBuffer part = new EventBuffer(1000);
            for (int added = 0; added != EventSource.END; added = source.poll(part, 100)) {
                all.take(part, 0, part.size());
                part.clear();
            }
            assertEquals(Recordings.text(Recordings.random(9, EVENTS)), Recordings.text(all));
            assertEquals(0, source.passedOver());
        }
    }

    @Test
    void shouldReceiveEveryEventOfAnotherProcessOverTcp() throws Exception {
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            TestJvm driver = TestJvm.startBare(Driver.class, "tcp", Integer.toString(listener.port()));
            try {
                receive(listener.accept(30_000));
                assertEquals("sent", driver.awaitLine());
            } finally {
                driver.kill();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldReceiveEveryEventOfAnotherProcessOverASerialLine() throws Exception {
        try (SerialCable cable = SerialCable.open()) {
            SerialLink right = SerialLink.open(cable.right(), 921_600);
            TestJvm driver = TestJvm.start(List.of(), List.of(SerialPort.class), Driver.class, "serial", cable.left());
            try {
                receive(right);
                assertEquals("sent", driver.awaitLine());
            } finally {
                driver.kill();
            }
        }
    }
}
