package io.spikelet.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.spikelet.hal.board.HardwareUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A node below {@code /dev} that is spoken to by ioctl, through the C library (x86-64 or aarch64). The JVM needs {@code
 * --enable-native-access} for this module.
 */
final class DeviceNode implements Closeable {
    private static final int READ_WRITE = 2;
    private static final int NO_PERMISSION = 13;
    private static final int NO_SUCH_FILE = 2;

    private final String path;
    private final int file;
    private boolean closed;

    private DeviceNode(String path, int file) {
        this.path = path;
        this.file = file;
    }

    /** @throws HardwareUnavailableException when there is no such node, or this user may not open it */
    static DeviceNode open(String path) throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new HardwareUnavailableException(
                    "a node like " + path + " needs Linux, and this is " + System.getProperty("os.name"));
        }
        try (Arena call = Arena.ofConfined()) {
            MemorySegment errno = call.allocate(CLibrary.STATE);
            int file = C.open(errno, call.allocateFrom(path), READ_WRITE);
            if (file < 0) {
                throw new HardwareUnavailableException("cannot open " + path + ": " + why(CLibrary.error(errno)));
            }
            return new DeviceNode(path, file);
        }
    }

    private static String why(int error) {
        return switch (error) {
            case NO_SUCH_FILE -> "there is no such node; switch it on in the board's configuration (docs/boards.md)";
            case NO_PERMISSION -> "this user may not; join the group that owns it (spikelet-device doctor names it)";
            default -> "system error " + error;
        };
    }

    /**
     * Asks the driver.
     *
     * @return what ioctl returns, from 0 on; or minus the system's error number
     */
    int control(long request, MemorySegment argument) throws IOException {
        if (closed) {
            throw new IOException(path + " is closed");
        }
        try (Arena call = Arena.ofConfined()) {
            MemorySegment errno = call.allocate(CLibrary.STATE);
            int result = C.ioctl(errno, file, request, argument);
            return result < 0 ? -CLibrary.error(errno) : result;
        }
    }

    String path() {
        return path;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            CLibrary.close(file);
        }
    }

    /** The C functions. */
    private static final class C {
        private static final MethodHandle OPEN = CLibrary.link(
                "open",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                CLibrary.ERRNO,
                Linker.Option.firstVariadicArg(2));
        private static final MethodHandle IOCTL = CLibrary.link(
                "ioctl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                CLibrary.ERRNO,
                Linker.Option.firstVariadicArg(2));

        private C() {}

        static int open(MemorySegment errno, MemorySegment path, int flags) {
            try {
                return (int) OPEN.invokeExact(errno, path, flags);
            } catch (Throwable impossible) {
                throw CLibrary.threw(impossible);
            }
        }

        static int ioctl(MemorySegment errno, int file, long request, MemorySegment argument) {
            try {
                return (int) IOCTL.invokeExact(errno, file, request, argument);
            } catch (Throwable impossible) {
                throw CLibrary.threw(impossible);
            }
        }
    }
}
