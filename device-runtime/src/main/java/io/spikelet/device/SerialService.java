package io.spikelet.device;

import io.spikelet.hal.ByteLink;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpServer;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** SMP in console frames over a serial line. */
final class SerialService extends LinkService {

    private static final int BUFFER_BYTES = 4096;

    private final Agent.LineOpener opener;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;

    /**
     * @param smp answers a message on the duty cycle's thread; an empty answer is not sent
     */
    SerialService(String name, Agent.LineOpener opener, DutyCycle duty, UnaryOperator<byte[]> smp) {
        super(name);
        this.opener = opener;
        this.duty = duty;
        this.smp = smp;
    }

    @Override
    void serve() throws IOException, InterruptedException {
        try (ByteLink link = opener.open()) {
            opened();
            SerialDeframer deframer = new SerialDeframer(SmpServer.BUFFER_BYTES);
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!isStopped()) {
                int count = link.read(buffer, POLL_MILLIS);
                for (byte[] message : deframer.feed(buffer, 0, count)) {
                    duty.submit(() -> answer(link, message));
                }
            }
        }
    }

    private void answer(ByteLink link, byte[] message) throws IOException {
        byte[] answer = smp.apply(message);
        if (answer.length > 0) {
            byte[] frames = SerialFrames.encode(answer);
            link.write(frames, 0, frames.length);
        }
    }
}
