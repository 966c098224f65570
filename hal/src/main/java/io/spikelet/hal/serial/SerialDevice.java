package io.spikelet.hal.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The one class that knows jSerialComm, so that {@link SerialLink} can be loaded without it. */
final class SerialDevice {
    /** How long one {@link #read} waits for a first byte: the smallest step the terminal driver knows. */
    static final long READ_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int READ_WAIT_MILLIS = 100;
    private static final int DATA_BITS = 8;
    /** Each native write copies the whole array it is given, so a long one goes in pieces. */
    private static final int CHUNK_BYTES = 4096;

    /** The system's number for a missing file, and the library's own for a line that this program has open. */
    private static final int MISSING_OR_OPEN_HERE = 2;

    private static final int WOULD_BLOCK = 11;
    private static final int ACCESS_DENIED = 13;
    private static final int BUSY = 16;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SerialPort port;
    /** Keeps a close from giving the file number to someone else while a read still uses it. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Writes run here, because a native write to a line that nobody reads never comes back by itself. */
    private final ExecutorService writer;

    private volatile boolean open = true;

    private SerialDevice(SerialPort port, String path) {
        this.port = port;
        this.writer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("serial-writer " + path).factory());
    }

    static SerialDevice open(String path, int baud) throws IOException {
        NativeLibrary.load();
        SerialPort port;
        try {
            port = SerialPort.getCommPort(path);
        } catch (SerialPortInvalidPortException invalid) {
            throw new LinkUnavailableException(
                    path + " is no serial device; plug the board in or give another path", invalid);
        }
        port.setComPortParameters(baud, DATA_BITS, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_WAIT_MILLIS, 0);
        if (!port.openPort(0)) {
            throw refused(path, port.getLastErrorCode());
        }
        // A pseudo-terminal has no such line and answers with error 25, which does no harm.
        port.setDTR();
        return new SerialDevice(port, path);
    }

    private static LinkUnavailableException refused(String path, int error) {
        int why = error == MISSING_OR_OPEN_HERE && Files.exists(Path.of(path)) ? BUSY : error;
        return new LinkUnavailableException(
                switch (why) {
                    case MISSING_OR_OPEN_HERE ->
                        "no serial device at " + path + "; plug the board in or give another path";
                    case BUSY, WOULD_BLOCK ->
                        "the serial line " + path + " is in use; end the program that has it or give another path";
                    case ACCESS_DENIED ->
                        "this user may not open the serial line " + path + "; add the user to the group that owns it,"
                                + " often dialout";
                    default ->
                        "cannot open the serial line " + path + " (system error " + error
                                + "); check that it is a serial device";
                });
    }

    /** How many bytes are there to read; −1 when the other end is gone. */
    int available() {
        return port.bytesAvailable();
    }

    /** Reads what is there, waiting one step for a first byte; 0 when none came, −1 when the other end is gone. */
    int read(byte[] into) {
        reading.lock();
        try {
            return open ? port.readBytes(into, into.length) : -1;
        } finally {
            reading.unlock();
        }
    }

    /**
     * Writes all bytes within a time.
     *
     * @return how many bytes the driver is known to have taken; fewer than {@code length} when the time passed, and
     *     then the device still says it is open, or when the other end is gone, and then it does not
     */
    int write(byte[] bytes, int offset, int length, long budgetNanos) throws IOException {
        long deadline = System.nanoTime() + budgetNanos;
        Future<Integer> written = writer.submit(() -> writeAll(bytes, offset, length, deadline));
        try {
            return written.get(budgetNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return 0;
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted while it wrote to the serial line");
        } catch (ExecutionException failed) {
            throw new IOException("writing to the serial line failed; open it again", failed.getCause());
        }
    }

    private int writeAll(byte[] bytes, int offset, int length, long deadline) {
        int done = 0;
        while (done < length && open) {
            int from = offset + done;
            byte[] chunk = Arrays.copyOfRange(bytes, from, from + Math.min(CHUNK_BYTES, length - done));
            int count = port.writeBytes(chunk, chunk.length);
            if (count < 0 || (count == 0 && port.bytesAvailable() < 0)) {
                open = false;
                return done;
            }
            if (count == 0) {
                if (System.nanoTime() - deadline >= 0) {
                    return done;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            done += count;
        }
        return done;
    }

    boolean isOpen() {
        return open;
    }

    /** Gives what was written a second to leave, for closing throws away what has not. */
    void close() {
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (open && port.bytesAwaitingWrite() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        open = false;
        reading.lock();
        try {
            port.closePort();
        } finally {
            reading.unlock();
        }
        writer.shutdownNow();
    }
}
