package io.spikelet.device;

import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tcp.TcpListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * SMP in console frames over TCP, for a few clients at a time. When one more connects, the one that has been quiet longest
 * is let go: a client that was unplugged would else keep its place for hours.
 */
final class TcpService extends LinkService {

    /** Clients at a time; each has a thread. */
    static final int MOST_CONNECTIONS = 4;

    private final Agent.ListenerOpener opener;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;
    private final List<TcpConnection> connections = new ArrayList<>();

    /**
     * @param smp answers a message on the duty cycle's thread; an empty answer is not sent
     */
    TcpService(String name, Agent.ListenerOpener opener, DutyCycle duty, UnaryOperator<byte[]> smp) {
        super(name);
        this.opener = opener;
        this.duty = duty;
        this.smp = smp;
    }

    @Override
    void serve() throws IOException, InterruptedException {
        try (TcpListener listener = opener.open()) {
            opened();
            while (!isStopped()) {
                TcpLink link = listener.accept(POLL_MILLIS);
                if (link != null) {
                    admit(link);
                }
            }
        } finally {
            for (TcpConnection connection : connections) {
                connection.end();
            }
        }
    }

    private void admit(TcpLink link) throws InterruptedException {
        connections.removeIf(TcpConnection::hasEnded);
        if (connections.size() == MOST_CONNECTIONS) {
            TcpConnection quietest = connections.stream()
                    .min(Comparator.comparingLong(TcpConnection::lastHeardNanos))
                    .orElseThrow();
            quietest.end();
            connections.remove(quietest);
        }
        connections.add(TcpConnection.start(link, duty, smp));
    }
}
