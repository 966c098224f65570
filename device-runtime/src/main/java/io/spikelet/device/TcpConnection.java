package io.spikelet.device;

import io.spikelet.hal.tcp.TcpLink;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of a {@link TcpService}, served by a thread of its own until it hangs up or is let go. */
final class TcpConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    private final TcpLink link;
    private final FramedRequests requests;
    private Thread thread;
    private volatile boolean ending;
    private volatile long lastHeardNanos = System.nanoTime();

    private TcpConnection(TcpLink link, DutyCycle duty, UnaryOperator<byte[]> smp) {
        this.link = link;
        requests = new FramedRequests(link, duty, smp);
    }

    static TcpConnection start(TcpLink link, DutyCycle duty, UnaryOperator<byte[]> smp) {
        TcpConnection connection = new TcpConnection(link, duty, smp);
        connection.thread = Thread.ofPlatform().daemon().name(link.name()).start(connection);
        return connection;
    }

    @Override
    public void run() {
        try (link) {
            while (!ending) {
                if (requests.serve(LinkService.POLL_MILLIS)) {
                    lastHeardNanos = System.nanoTime();
                }
            }
        } catch (IOException e) {
            LOG.debug("{} ended: {}", link.name(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("{} was let go", link.name());
        } catch (RuntimeException e) {
            LOG.error("a fault in this program; {} is closed", link.name(), e);
        }
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** When it last sent anything, by {@link System#nanoTime}. */
    long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** Hangs up and waits until its thread has ended. */
    void end() throws InterruptedException {
        ending = true;
        thread.interrupt();
        thread.join();
    }
}
