package io.spikelet.host.link;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.Clock;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SMP in console frames over a serial line or a TCP connection; text on the line is ignored. */
public final class SerialTransport implements SmpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTransport.class);

    private final LinkOpener<? extends ByteLink> opener;
    private final Clock clock;
    private final SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES);
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private final byte[] buffer = new byte[4096];
    private ByteLink link;

    public SerialTransport(LinkOpener<? extends ByteLink> opener, Clock clock) throws IOException {
        this.opener = opener;
        this.clock = clock;
        this.link = opener.open();
    }

    @Override
    public void send(byte[] message) throws IOException {
        byte[] frames = SerialFrames.encode(message);
        link.write(frames, 0, frames.length);
    }

    @Override
    public byte[] receive(int timeoutMillis) throws IOException {
        long start = clock.nanoTime();
        long left = timeoutMillis;
        while (arrived.isEmpty() && left > 0) {
            int length = link.read(buffer, (int) left);
            arrived.addAll(deframer.feed(buffer, 0, length));
            left = timeoutMillis - (clock.nanoTime() - start) / 1_000_000;
        }
        return arrived.poll();
    }

    @Override
    public void reopen() throws IOException {
        deframer.clear();
        arrived.clear();
        closeBroken();
        link = opener.open();
    }

    /** A link that is being replaced because it broke may well fail to close; the new one's opening decides. */
    private void closeBroken() {
        try {
            link.close();
        } catch (IOException e) {
            LOG.debug("closing the broken line {}: {}", link.name(), e.getMessage());
        }
    }

    @Override
    public int framingBytes() {
        return SerialFrames.FRAMING_BYTES;
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
