package io.spikelet.device;

import io.spikelet.dut.DutConsole;
import io.spikelet.hal.ByteLink;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpServer;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * SMP in console frames over a stream of bytes, a serial line or a TCP connection, perhaps with text in between. One
 * thread.
 */
final class FramedRequests {
    private static final int BUFFER_BYTES = 4096;

    private final ByteLink link;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;
    private final SerialDeframer deframer;

    /** Null where text on the line is for nobody. */
    private final DutConsole console;

    private final byte[] buffer = new byte[BUFFER_BYTES];

    /** @param smp answers a message on the duty cycle's thread; an empty answer is not sent */
    FramedRequests(ByteLink link, DutyCycle duty, UnaryOperator<byte[]> smp) {
        this.link = link;
        this.duty = duty;
        this.smp = smp;
        deframer = new SerialDeframer(SmpServer.BUFFER_BYTES);
        console = null;
    }

    /** @param console answers text on the line, which it greets */
    FramedRequests(ByteLink link, DutyCycle duty, UnaryOperator<byte[]> smp, DutConsole console) throws IOException {
        this.link = link;
        this.duty = duty;
        this.smp = smp;
        deframer = new SerialDeframer(SmpServer.BUFFER_BYTES, console::take);
        this.console = console;
        console.open(this::write);
    }

    /**
     * Answers what came, waiting at most so long for it.
     *
     * @return whether anything came
     * @throws IOException when the link is lost
     */
    boolean serve(int timeoutMillis) throws IOException, InterruptedException {
        int count = link.read(buffer, timeoutMillis);
        for (byte[] request : deframer.feed(buffer, 0, count)) {
            byte[] answer = duty.answer(smp, request);
            if (answer.length > 0) {
                byte[] frames = SerialFrames.encode(answer);
                write(frames, 0, frames.length);
            }
        }
        if (console != null) {
            console.turn();
        }
        return count > 0;
    }

    /** A message's frames and a line of text each go out in one piece. */
    private synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        link.write(bytes, offset, length);
    }
}
