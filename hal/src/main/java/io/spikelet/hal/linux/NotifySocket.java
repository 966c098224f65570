package io.spikelet.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.spikelet.hal.board.Watchdog;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The service manager that started this process, told how it is by the protocol of sd_notify(3): datagrams of lines such as
 * {@code READY=1} to the socket that {@code NOTIFY_SOCKET} names. It is a watchdog too, where the unit has {@code WatchdogSec=}.
 */
public final class NotifySocket implements Watchdog {
    private static final int UNIX = 1;
    private static final int DATAGRAM_CLOSE_ON_EXEC = 2 | 0x80000;

    /** Else a reader that went away would end this process by SIGPIPE. */
    private static final int NO_SIGNAL = 0x4000;

    /** struct sockaddr_un: the family, then 108 bytes of path. */
    private static final int FAMILY_BYTES = 2;

    private static final int PATH_BYTES = 108;

    private final byte[] path;
    private final long timeoutMillis;

    private NotifySocket(byte[] path, long timeoutMillis) {
        this.path = path;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * The one that this process's environment names; empty where none does.
     *
     * @param environment as of {@link System#getenv()}
     * @param process the id of this process, for {@code WATCHDOG_PID}
     * @throws IOException when a variable cannot be understood
     */
    public static Optional<NotifySocket> of(Map<String, String> environment, long process) throws IOException {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return Optional.empty();
        }
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_BYTES || path[0] != '/' && path[0] != '@') {
            throw new IOException("NOTIFY_SOCKET is no path of a socket: " + socket);
        }
        if (path[0] == '@') {
            path[0] = 0; // an abstract name
        }
        String mine = environment.getOrDefault("WATCHDOG_PID", Long.toString(process));
        String micros = environment.getOrDefault("WATCHDOG_USEC", "0");
        if (!micros.matches("\\d{1,18}")) {
            throw new IOException("WATCHDOG_USEC is no number of microseconds: " + micros);
        }
        boolean watched = mine.equals(Long.toString(process));
        return Optional.of(
                new NotifySocket(path, watched ? TimeUnit.MICROSECONDS.toMillis(Long.parseLong(micros)) : 0));
    }

    /** Whether it restarts this process unless it is fed. */
    public boolean isWatchdog() {
        return timeoutMillis > 0;
    }

    /**
     * @param status what a person reads in {@code systemctl status}
     */
    public void ready(String status) throws IOException {
        tell("READY=1\nSTATUS=" + status.replace('\n', ' '));
    }

    @Override
    public void feed() throws IOException {
        tell("WATCHDOG=1");
    }

    @Override
    public long timeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public String name() {
        return "the service manager";
    }

    /** Says that this process stops, after which it is not watched. */
    @Override
    public void close() throws IOException {
        tell("STOPPING=1");
    }

    private void tell(String lines) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment errno = call.allocate(CLibrary.STATE);
            int socket = C.socket(errno, UNIX, DATAGRAM_CLOSE_ON_EXEC, 0);
            if (socket < 0) {
                throw new IOException(
                        "there is no socket for the service manager: system error " + CLibrary.error(errno));
            }
            byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
            MemorySegment message = call.allocateFrom(JAVA_BYTE, bytes);
            MemorySegment address = call.allocate(FAMILY_BYTES + PATH_BYTES, FAMILY_BYTES);
            address.set(JAVA_SHORT, 0, (short) UNIX);
            MemorySegment.copy(path, 0, address, JAVA_BYTE, FAMILY_BYTES, path.length);
            long sent = C.sendTo(errno, socket, message, bytes.length, NO_SIGNAL, address, FAMILY_BYTES + path.length);
            int error = sent < 0 ? CLibrary.error(errno) : 0;
            CLibrary.close(socket);
            if (error != 0) {
                throw new IOException("the service manager does not listen: system error " + error);
            }
        }
    }

    /** The C functions. */
    private static final class C {
        private static final MethodHandle SOCKET =
                CLibrary.link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), CLibrary.ERRNO);
        private static final MethodHandle SEND_TO = CLibrary.link(
                "sendto",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
                CLibrary.ERRNO);

        private C() {}

        static int socket(MemorySegment errno, int domain, int type, int protocol) {
            try {
                return (int) SOCKET.invokeExact(errno, domain, type, protocol);
            } catch (Throwable impossible) {
                throw CLibrary.threw(impossible);
            }
        }

        static long sendTo(
                MemorySegment errno,
                int socket,
                MemorySegment message,
                long length,
                int flags,
                MemorySegment address,
                int addressBytes) {
            try {
                return (long) SEND_TO.invokeExact(errno, socket, message, length, flags, address, addressBytes);
            } catch (Throwable impossible) {
                throw CLibrary.threw(impossible);
            }
        }
    }
}
