package io.spikelet.hal.serial;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.spikelet.hal.LinkUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The master side of one raw pseudo-terminal, through the C library (Linux on x86-64 or aarch64, see pty(7)). The
 * other side is kept open too, so that a program that closes it does not hang up the master.
 */
final class PosixTerminal implements Closeable {
    private static final int READ_WRITE = 2;
    private static final int NO_CONTROLLING_TERMINAL = 0x100;
    private static final int NON_BLOCKING = 0x800;
    private static final int NOW = 0;
    private static final short READABLE = 1;
    private static final short WRITABLE = 4;
    private static final int INTERRUPTED = 4;
    private static final int TRY_AGAIN = 11;
    /** Larger than {@code struct termios} on any of the machines. */
    private static final int TERMIOS_BYTES = 256;

    private static final int PATH_BYTES = 128;

    private final int master;
    private final int slave;
    private final String path;

    private PosixTerminal(int master, int slave, String path) {
        this.master = master;
        this.slave = slave;
        this.path = path;
    }

    static PosixTerminal open() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new LinkUnavailableException("a cable of pseudo-terminals needs Linux, and this is "
                    + System.getProperty("os.name") + "; use a real serial line");
        }
        int master = -1;
        int slave = -1;
        boolean ready = false;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(C.CALL_STATE);
            master = check(
                    "posix_openpt",
                    C.call(C.POSIX_OPENPT, errno, READ_WRITE | NO_CONTROLLING_TERMINAL | NON_BLOCKING),
                    errno);
            check("grantpt", C.call(C.GRANTPT, errno, master), errno);
            check("unlockpt", C.call(C.UNLOCKPT, errno, master), errno);
            MemorySegment name = arena.allocate(PATH_BYTES);
            int refused = C.call(C.PTSNAME_R, errno, master, name, (long) PATH_BYTES);
            if (refused != 0) {
                throw failure("ptsname_r", refused);
            }
            slave = check("open", C.call(C.OPEN, errno, name, READ_WRITE | NO_CONTROLLING_TERMINAL), errno);
            MemorySegment termios = arena.allocate(TERMIOS_BYTES);
            check("tcgetattr", C.call(C.TCGETATTR, errno, slave, termios), errno);
            C.makeRaw(termios);
            check("tcsetattr", C.call(C.TCSETATTR, errno, slave, NOW, termios), errno);
            ready = true;
            return new PosixTerminal(master, slave, name.getString(0));
        } finally {
            if (!ready) {
                closeQuietly(slave);
                closeQuietly(master);
            }
        }
    }

    /** What to open to be at the other side, such as {@code /dev/pts/7}. */
    String path() {
        return path;
    }

    /** Reads what is there, waiting at most {@code timeoutMillis}; 0 when nothing came. */
    int read(byte[] into, int timeoutMillis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(C.CALL_STATE);
            if (!waitFor(READABLE, timeoutMillis, arena, errno)) {
                return 0;
            }
            MemorySegment buffer = arena.allocate(into.length);
            long count = transferred("read", C.transfer(C.READ, errno, master, buffer, into.length), errno);
            MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, (int) count);
            return (int) count;
        }
    }

    /** Writes what fits, waiting at most {@code timeoutMillis} for room; 0 when there was none. */
    int write(byte[] from, int offset, int length, int timeoutMillis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(C.CALL_STATE);
            if (!waitFor(WRITABLE, timeoutMillis, arena, errno)) {
                return 0;
            }
            MemorySegment buffer = arena.allocate(length);
            MemorySegment.copy(from, offset, buffer, JAVA_BYTE, 0, length);
            return (int) transferred("write", C.transfer(C.WRITE, errno, master, buffer, length), errno);
        }
    }

    private boolean waitFor(short events, int timeoutMillis, Arena arena, MemorySegment errno) throws IOException {
        MemorySegment waited = arena.allocate(C.POLL_BYTES, Integer.BYTES);
        waited.set(JAVA_INT, 0, master);
        waited.set(JAVA_SHORT, C.POLL_EVENTS_OFFSET, events);
        int ready = C.poll(errno, waited, timeoutMillis);
        return ready < 0 ? check("poll", ready, errno) > 0 : ready > 0;
    }

    private static long transferred(String function, long count, MemorySegment errno) throws IOException {
        return count < 0 ? check(function, (int) count, errno) : count;
    }

    /** The result, or 0 where the call only asks to be made again. */
    private static int check(String function, int result, MemorySegment errno) throws IOException {
        if (result >= 0) {
            return result;
        }
        int error = errno.get(JAVA_INT, C.ERRNO_OFFSET);
        if (error == INTERRUPTED || error == TRY_AGAIN) {
            return 0;
        }
        throw failure(function, error);
    }

    private static IOException failure(String function, int error) {
        return new IOException("the pseudo-terminal failed in " + function + " (system error " + error
                + "); check that /dev/ptmx and /dev/pts are there and usable");
    }

    private static void closeQuietly(int file) {
        if (file >= 0) {
            try (Arena arena = Arena.ofConfined()) {
                C.call(C.CLOSE, arena.allocate(C.CALL_STATE), file);
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(slave);
        closeQuietly(master);
    }

    /** The C functions, each as a method handle that keeps errno. */
    private static final class C {
        static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
        static final long ERRNO_OFFSET = CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
        /** {@code struct pollfd}: int fd, short events, short revents. */
        static final long POLL_BYTES = 8;

        static final long POLL_EVENTS_OFFSET = 4;

        static final MethodHandle POSIX_OPENPT = function("posix_openpt", JAVA_INT);
        static final MethodHandle GRANTPT = function("grantpt", JAVA_INT);
        static final MethodHandle UNLOCKPT = function("unlockpt", JAVA_INT);
        static final MethodHandle PTSNAME_R = function("ptsname_r", JAVA_INT, ADDRESS, JAVA_LONG);
        static final MethodHandle OPEN = link(
                "open",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle TCGETATTR = function("tcgetattr", JAVA_INT, ADDRESS);
        static final MethodHandle TCSETATTR = function("tcsetattr", JAVA_INT, JAVA_INT, ADDRESS);
        static final MethodHandle CFMAKERAW = link("cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));
        static final MethodHandle POLL = function("poll", ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle CLOSE = function("close", JAVA_INT);
        static final MethodHandle READ = transferFunction("read");
        static final MethodHandle WRITE = transferFunction("write");

        private C() {}

        private static MethodHandle function(String name, MemoryLayout... arguments) {
            return link(name, FunctionDescriptor.of(JAVA_INT, arguments), Linker.Option.captureCallState("errno"));
        }

        private static MethodHandle transferFunction(String name) {
            return link(
                    name,
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
                    Linker.Option.captureCallState("errno"));
        }

        @SuppressWarnings("restricted")
        private static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
        }

        /** For what is called once in a terminal's life; boxes its arguments. */
        static int call(MethodHandle function, MemorySegment errno, Object... arguments) {
            Object[] all = new Object[arguments.length + 1];
            all[0] = errno;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            try {
                return (int) function.invokeWithArguments(all);
            } catch (Throwable impossible) {
                throw new AssertionError("a C function threw", impossible);
            }
        }

        static int poll(MemorySegment errno, MemorySegment waited, int timeoutMillis) {
            try {
                return (int) POLL.invokeExact(errno, waited, 1L, timeoutMillis);
            } catch (Throwable impossible) {
                throw new AssertionError("a C function threw", impossible);
            }
        }

        static long transfer(MethodHandle function, MemorySegment errno, int file, MemorySegment buffer, long count) {
            try {
                return (long) function.invokeExact(errno, file, buffer, count);
            } catch (Throwable impossible) {
                throw new AssertionError("a C function threw", impossible);
            }
        }

        static void makeRaw(MemorySegment termios) {
            try {
                CFMAKERAW.invokeExact(termios);
            } catch (Throwable impossible) {
                throw new AssertionError("a C function threw", impossible);
            }
        }
    }
}
