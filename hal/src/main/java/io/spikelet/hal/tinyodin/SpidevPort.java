package io.spikelet.hal.tinyodin;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.spikelet.hal.LinkUnavailableException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A Linux SPI device node, {@code /dev/spidevX.Y}, in mode 0 and 8 bits a word, through the C library (x86-64 or aarch64;
 * include/uapi/linux/spi/spidev.h). The node's chip select may move, the chip does not see it. The JVM needs {@code
 * --enable-native-access} for this module.
 */
public final class SpidevPort implements SpiPort {
    private static final int READ_WRITE = 2;
    /** {@code _IOW('k', n, size)}: direction 1, size, 'k', n. */
    private static final long WRITE_MODE = 0x4001_6b01L;

    private static final long WRITE_BITS = 0x4001_6b03L;
    private static final long WRITE_SPEED = 0x4004_6b04L;
    private static final long MESSAGE_OF_ONE = 0x4020_6b00L;

    // struct spi_ioc_transfer
    //  0        8        16    20         24           26              27 … 31
    //  | tx_buf | rx_buf | len | speed_hz | delay µs 2 | bits per word | zeros |
    static final int TRANSFER_BYTES = 32;
    private static final int RECEIVE_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;
    private static final int SPEED_OFFSET = 20;
    private static final int BITS_OFFSET = 26;
    private static final byte BITS = 8;

    private final String path;
    private final int file;
    private final int hertz;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment out = arena.allocate(MOST_BYTES);
    private final MemorySegment in = arena.allocate(MOST_BYTES);
    private final MemorySegment message = arena.allocate(TRANSFER_BYTES, Long.BYTES);
    private boolean closed;

    private SpidevPort(String path, int file, int hertz) {
        this.path = path;
        this.file = file;
        this.hertz = hertz;
    }

    /**
     * Opens a node.
     *
     * @param hertz of the bus, at most a quarter of the chip's own clock
     * @throws LinkUnavailableException when there is no such node, or this user may not open it
     * @throws IOException when it is no SPI device, or does not take mode and speed
     */
    public static SpidevPort open(String path, int hertz) throws IOException {
        if (hertz < 1) {
            throw new IllegalArgumentException("hertz must be positive: " + hertz);
        }
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new LinkUnavailableException(
                    "a node like " + path + " needs Linux, and this is " + System.getProperty("os.name"));
        }
        int file;
        try (Arena call = Arena.ofConfined()) {
            MemorySegment errno = call.allocate(C.STATE);
            file = C.open(errno, call.allocateFrom(path), READ_WRITE);
            if (file < 0) {
                throw new LinkUnavailableException("cannot open " + path + " (system error "
                        + errno.get(JAVA_INT, C.ERRNO_OFFSET)
                        + "); enable SPI on the board and let this user read and write the node");
            }
        }
        SpidevPort port = new SpidevPort(path, file, hertz);
        try {
            port.setUp();
            return port;
        } catch (IOException failed) {
            port.close();
            throw failed;
        }
    }

    private void setUp() throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment value = call.allocate(JAVA_INT);
            control("mode 0", WRITE_MODE, value);
            value.set(ValueLayout.JAVA_BYTE, 0, BITS);
            control("8 bits a word", WRITE_BITS, value);
            value.set(JAVA_INT, 0, hertz);
            control(hertz + " Hz", WRITE_SPEED, value);
        }
    }

    @Override
    public void transfer(byte[] send, byte[] receive, int length) throws IOException {
        if (length < 1 || length > MOST_BYTES) {
            throw new IllegalArgumentException("a transfer has 1.." + MOST_BYTES + " bytes: " + length);
        }
        if (closed) {
            throw new IOException(path + " is closed");
        }
        MemorySegment.copy(send, 0, out, ValueLayout.JAVA_BYTE, 0, length);
        describe(message, out, in, length, hertz);
        control("a transfer of " + length + " bytes", MESSAGE_OF_ONE, message);
        MemorySegment.copy(in, ValueLayout.JAVA_BYTE, 0, receive, 0, length);
    }

    static void describe(MemorySegment message, MemorySegment out, MemorySegment in, int length, int hertz) {
        message.fill((byte) 0);
        message.set(JAVA_LONG_UNALIGNED, 0, out.address());
        message.set(JAVA_LONG_UNALIGNED, RECEIVE_OFFSET, in.address());
        message.set(JAVA_INT, LENGTH_OFFSET, length);
        message.set(JAVA_INT, SPEED_OFFSET, hertz);
        message.set(ValueLayout.JAVA_BYTE, BITS_OFFSET, BITS);
    }

    private void control(String what, long request, MemorySegment argument) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment errno = call.allocate(C.STATE);
            if (C.ioctl(errno, file, request, argument) < 0) {
                throw new IOException(path + " does not take " + what + " (system error "
                        + errno.get(JAVA_INT, C.ERRNO_OFFSET)
                        + "); check that it is an SPI device node, and its bufsiz at least " + MOST_BYTES);
            }
        }
    }

    @Override
    public String name() {
        return path;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            C.close(file);
            arena.close();
        }
    }

    /** The C functions. */
    private static final class C {
        static final MemoryLayout STATE = Linker.Option.captureStateLayout();
        static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

        private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
        private static final MethodHandle OPEN = link(
                "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), ERRNO, Linker.Option.firstVariadicArg(2));
        private static final MethodHandle IOCTL = link(
                "ioctl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                ERRNO,
                Linker.Option.firstVariadicArg(2));
        private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        private C() {}

        @SuppressWarnings("restricted")
        private static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
        }

        static int open(MemorySegment errno, MemorySegment path, int flags) {
            try {
                return (int) OPEN.invokeExact(errno, path, flags);
            } catch (Throwable impossible) {
                throw new AssertionError("a C function threw", impossible);
            }
        }

        static int ioctl(MemorySegment errno, int file, long request, MemorySegment argument) {
            try {
                return (int) IOCTL.invokeExact(errno, file, request, argument);
            } catch (Throwable impossible) {
                throw new AssertionError("a C function threw", impossible);
            }
        }

        static void close(int file) {
            try {
                int ignored = (int) CLOSE.invokeExact(file); // Linux frees the number whatever close says
            } catch (Throwable impossible) {
                throw new AssertionError("a C function threw", impossible);
            }
        }
    }
}
