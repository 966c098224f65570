package io.spikelet.bench.fuzz;

import io.spikelet.hal.ByteLink;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The hostile end of a serial line or a TCP connection. */
public final class StreamEnd implements FuzzEnd {
    private final ByteLink link;
    private final HostileFrames hostile;
    private final SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
    private final byte[] buffer = new byte[1 << 16];
    private long answers;

    public StreamEnd(ByteLink link, long seed) {
        this.link = link;
        hostile = new HostileFrames(seed);
    }

    @Override
    public int sendHostile() throws IOException {
        byte[] bytes = hostile.next();
        link.write(bytes, 0, bytes.length);
        answers += deframer.feed(buffer, 0, link.read(buffer, 0)).size();
        return bytes.length;
    }

    @Override
    public byte[] ask(byte[] message, int timeoutMillis) throws IOException {
        byte[] frames = SerialFrames.encode(message);
        link.write(frames, 0, frames.length);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (System.nanoTime() < end) {
            byte[] found = null;
            for (byte[] answer : deframer.feed(buffer, 0, link.read(buffer, 10))) {
                if (FuzzRun.isAnswer(message, answer)) {
                    found = answer;
                } else {
                    answers++;
                }
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public long answers() {
        return answers;
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
