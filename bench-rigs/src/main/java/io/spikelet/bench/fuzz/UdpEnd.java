package io.spikelet.bench.fuzz;

import io.spikelet.hal.udp.UdpLink;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The hostile end of a UDP port. */
public final class UdpEnd implements FuzzEnd {
    private final UdpLink link;
    private final HostileMessages hostile;
    private long answers;

    public UdpEnd(UdpLink link, long seed) {
        this.link = link;
        hostile = new HostileMessages(seed);
    }

    @Override
    public int sendHostile() throws IOException {
        byte[] message = hostile.next();
        link.send(message);
        return message.length;
    }

    @Override
    public byte[] ask(byte[] message, int timeoutMillis) throws IOException {
        link.send(message);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (System.nanoTime() < end) {
            byte[] answer = link.receive(10);
            if (answer != null && FuzzRun.isAnswer(message, answer)) {
                return answer;
            }
            answers += answer == null ? 0 : 1;
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
