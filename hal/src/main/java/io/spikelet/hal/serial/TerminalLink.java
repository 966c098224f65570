package io.spikelet.hal.serial;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * This program as a serial device: one end of a pseudo-terminal, whose other end any program opens by {@link #path}. An
 * end that is not read holds its writer up after some 4 KiB. Linux only; the JVM needs {@code --enable-native-access}
 * for this module.
 */
public final class TerminalLink implements ByteLink {
    private static final long WRITE_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int WAIT_MILLIS = 50;

    private final PosixTerminal terminal;
    private boolean closed;

    private TerminalLink(PosixTerminal terminal) {
        this.terminal = terminal;
    }

    /** Makes a terminal. */
    public static TerminalLink open() throws IOException {
        return new TerminalLink(PosixTerminal.open());
    }

    /** What the other program opens, such as {@code /dev/pts/7}. */
    public String path() {
        return terminal.path();
    }

    @Override
    public synchronized int read(byte[] into, int timeoutMillis) throws IOException {
        requireOpen();
        return terminal.read(into, timeoutMillis);
    }

    /** Writes all bytes, or throws when nobody has read for 5 seconds. */
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        requireOpen();
        long deadline = System.nanoTime() + WRITE_DEADLINE_NANOS;
        int done = 0;
        while (done < length) {
            int some = terminal.write(bytes, offset + done, length - done, WAIT_MILLIS);
            if (some > 0) {
                done += some;
                deadline = System.nanoTime() + WRITE_DEADLINE_NANOS;
            } else if (System.nanoTime() - deadline >= 0) {
                throw new IOException("nobody reads at the other end of " + path() + "; open it there, and read");
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the terminal " + path() + " is closed; make another");
        }
    }

    @Override
    public String name() {
        return path();
    }

    /** Hangs up. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            terminal.close();
        }
    }
}
