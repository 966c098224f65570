package io.spikelet.hal.serial;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A null-modem cable without hardware: two pseudo-terminals whose other sides are joined. What is written to one end
 * comes out of the other, unaltered and in order; an end that is not read holds its writer up. Closing the cable hangs
 * up both ends. Linux only; the JVM needs {@code --enable-native-access} for this module.
 */
public final class SerialCable implements Closeable {
    private static final int WAIT_MILLIS = 50;
    private static final int BUFFER_BYTES = 8192;

    private final PosixTerminal left;
    private final PosixTerminal right;
    private final Thread toTheRight;
    private final Thread toTheLeft;
    private volatile boolean closed;
    private volatile IOException failure;

    private SerialCable(PosixTerminal left, PosixTerminal right) {
        this.left = left;
        this.right = right;
        this.toTheRight =
                Thread.ofPlatform().daemon().name("serial-cable " + left.path()).unstarted(() -> pump(left, right));
        this.toTheLeft = Thread.ofPlatform()
                .daemon()
                .name("serial-cable " + right.path())
                .unstarted(() -> pump(right, left));
    }

    /** Lays a cable. */
    public static SerialCable open() throws IOException {
        PosixTerminal left = PosixTerminal.open();
        PosixTerminal right;
        try {
            right = PosixTerminal.open();
        } catch (IOException failed) {
            left.close();
            throw failed;
        }
        SerialCable cable = new SerialCable(left, right);
        cable.toTheRight.start();
        cable.toTheLeft.start();
        return cable;
    }

    /** The path of one end, such as {@code /dev/pts/7}. */
    public String left() {
        return left.path();
    }

    /** The path of the other end. */
    public String right() {
        return right.path();
    }

    private void pump(PosixTerminal from, PosixTerminal to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            while (!closed) {
                int count = from.read(buffer, WAIT_MILLIS);
                int done = 0;
                while (done < count && !closed) {
                    int written = to.write(buffer, done, count - done, WAIT_MILLIS);
                    if (written == 0) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    }
                    done += written;
                }
            }
        } catch (IOException broken) {
            failure = broken;
        }
    }

    /**
     * Hangs up both ends.
     *
     * @throws IOException when the cable had broken by itself before
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        // The pumps look at the flag at least every WAIT_MILLIS; only when they are done may the files go.
        boolean interrupted = Thread.interrupted() | joined(toTheRight) | joined(toTheLeft);
        left.close();
        right.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IOException("the serial cable broke before it was closed; open another", failure);
        }
    }

    /** Waits for a thread's end and tells whether this one was interrupted meanwhile. */
    private static boolean joined(Thread pump) {
        boolean interrupted = false;
        while (true) {
            try {
                pump.join();
                return interrupted;
            } catch (InterruptedException remembered) {
                interrupted = true;
            }
        }
    }
}
