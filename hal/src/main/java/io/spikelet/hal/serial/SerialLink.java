package io.spikelet.hal.serial;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A serial line: 8 data bits, no parity, 1 stop bit, no flow control, every byte as it is, DTR set. Takes a device
 * such as {@code /dev/ttyACM0}, a pseudo-terminal, or a symbolic link to either.
 *
 * <p>One thread may read while another writes. After an {@link IOException} the line is of no use: close it and open
 * anew, with a pause that grows.
 */
public final class SerialLink implements ByteLink {
    /** What a write may take beyond the time its bits need on the line. */
    private static final long WRITE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int BITS_PER_BYTE_ON_THE_LINE = 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final int baud;
    private final SerialDevice device;
    private volatile boolean closed;

    private SerialLink(String name, int baud, SerialDevice device) {
        this.name = name;
        this.baud = baud;
        this.device = device;
    }

    /**
     * Opens a serial line for this process alone.
     *
     * @param path the device, a pseudo-terminal or a link to one
     * @param baud bits per second, positive; a pseudo-terminal takes any
     * @throws LinkUnavailableException when there is no such device, another program has it, this user may not use it,
     *     or the serial library is missing
     */
    public static SerialLink open(String path, int baud) throws IOException {
        Objects.requireNonNull(path, "path");
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("path is no file name: '" + path.replace('\0', '?') + "'");
        }
        if (baud <= 0) {
            throw new IllegalArgumentException("baud must be positive: " + baud);
        }
        if (!Files.exists(Path.of(path))) {
            throw new LinkUnavailableException(
                    "no serial device at " + path + "; plug the board in or give another path");
        }
        return new SerialLink(path, baud, openDevice(path, baud));
    }

    private static SerialDevice openDevice(String path, int baud) throws IOException {
        try {
            return SerialDevice.open(path, baud);
        } catch (NoClassDefFoundError missing) {
            if (missing.getCause() instanceof ExceptionInInitializerError) {
                throw unusable(path, missing); // the library is there, and failed to start once before
            }
            throw new LinkUnavailableException(
                    "cannot open " + path + ": jSerialComm-2.11.4.jar is not on the module path or class path; add it",
                    missing);
        } catch (LinkageError unusable) {
            throw unusable(path, unusable);
        }
    }

    private static LinkUnavailableException unusable(String path, LinkageError cause) {
        return new LinkUnavailableException(
                "cannot open " + path + ": the native code of jSerialComm can be loaded neither from "
                        + System.getProperty("java.io.tmpdir") + " nor from " + System.getProperty("user.home")
                        + "; start with -Djava.io.tmpdir naming a folder that allows execution",
                cause);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Returns as soon as any byte is there.
     */
    @Override
    public int read(byte[] into, int timeoutMillis) throws IOException {
        if (into.length == 0) {
            throw new IllegalArgumentException("into has no room: length 0");
        }
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeoutMillis must not be negative: " + timeoutMillis);
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            requireOpen();
            long left = deadline - System.nanoTime();
            // The driver waits in whole tenths of a second; what is shorter is waited for in small steps here.
            if (left < SerialDevice.READ_WAIT_NANOS) {
                int available = device.available();
                if (available == 0) {
                    if (left <= 0) {
                        return 0;
                    }
                    LockSupport.parkNanos(Math.min(PAUSE_NANOS, left));
                    continue;
                }
                if (available < 0) {
                    throw gone();
                }
            }
            int count = device.read(into);
            if (count < 0) {
                throw gone();
            }
            if (count > 0) {
                return count;
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The deadline is the time that the bits need at this baud rate and 5 seconds. When it passes the line is
     * closed, for nobody knows how much of the bytes went out.
     */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireOpen();
        long budget = WRITE_GRACE_NANOS + TimeUnit.SECONDS.toNanos(1) * BITS_PER_BYTE_ON_THE_LINE / baud * length;
        int written = device.write(bytes, offset, length, budget);
        if (written < length) {
            boolean expired = device.isOpen();
            close();
            throw expired ? stuck(written, length) : gone();
        }
    }

    private IOException stuck(int written, int length) {
        return new IOException("the serial line " + name + " took " + written + " of " + length
                + " bytes before the deadline; check that the other end reads, then open it again");
    }

    private IOException gone() {
        return new IOException(
                "the other end of the serial line " + name + " is gone; plug it in and open the line again");
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the serial line " + name + " is closed; open it again");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            device.close();
        }
    }
}
