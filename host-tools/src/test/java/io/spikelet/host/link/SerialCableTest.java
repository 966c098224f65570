package io.spikelet.host.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.Clock;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.host.Progress;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpServer;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SerialCableTest {
    private final PretendBoard board = new PretendBoard();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void shouldEchoAndUploadOverARealSerialLine() throws Exception {
        byte[] image = new byte[200_000];
        new Random(5).nextBytes(image);
        try (SerialCable cable = SerialCable.open();
                ByteLink boardsEnd = SerialLink.open(cable.left(), Target.DEFAULT_BAUD)) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(boardsEnd));
            SerialTransport transport =
                    new SerialTransport(() -> SerialLink.open(cable.right(), Target.DEFAULT_BAUD), Clock.system());
            try (BoardClient client = new BoardClient(new SmpClient(transport, Clock.system(), Patience.USUAL))) {
                assertEquals("ping", client.echo("ping"));
                client.upload(image, Progress.SILENT);
            } finally {
                done.set(true);
                serving.get();
            }
        }
        assertArrayEquals(image, board.stored.toByteArray());
    }

    private void serve(ByteLink link) {
        SerialDeframer deframer = new SerialDeframer(SmpServer.BUFFER_BYTES);
        byte[] buffer = new byte[1024];
        try {
            while (!done.get()) {
                int length = link.read(buffer, 50);
                for (byte[] request : deframer.feed(buffer, 0, length)) {
                    byte[] frames = SerialFrames.encode(board.server.handle(request));
                    link.write(frames, 0, frames.length);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the board's end of the cable failed", e);
        }
    }
}
