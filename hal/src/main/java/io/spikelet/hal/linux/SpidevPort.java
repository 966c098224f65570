package io.spikelet.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.tinyodin.SpiPort;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A Linux SPI device node, {@code /dev/spidevX.Y}, in mode 0 and 8 bits a word (include/uapi/linux/spi/spidev.h). The node's
 * chip select may move, the chip does not see it. The JVM needs {@code --enable-native-access} for this module.
 */
public final class SpidevPort implements SpiPort {
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

    private final DeviceNode node;
    private final int hertz;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment out = arena.allocate(MOST_BYTES);
    private final MemorySegment in = arena.allocate(MOST_BYTES);
    private final MemorySegment message = arena.allocate(TRANSFER_BYTES, Long.BYTES);
    private boolean closed;

    private SpidevPort(DeviceNode node, int hertz) {
        this.node = node;
        this.hertz = hertz;
    }

    /**
     * Opens a node.
     *
     * @param hertz of the bus, at most a quarter of the chip's own clock
     * @throws HardwareUnavailableException when there is no such node, or this user may not open it
     * @throws IOException when it is no SPI device, or does not take mode and speed
     */
    public static SpidevPort open(String path, int hertz) throws IOException {
        if (hertz < 1) {
            throw new IllegalArgumentException("hertz must be positive: " + hertz);
        }
        SpidevPort port = new SpidevPort(DeviceNode.open(path), hertz);
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
            throw new IOException(node.path() + " is closed");
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
        int result = node.control(request, argument);
        if (result < 0) {
            throw new IOException(node.path() + " does not take " + what + " (system error " + -result
                    + "); check that it is an SPI device node, and its bufsiz at least " + MOST_BYTES);
        }
    }

    @Override
    public String name() {
        return node.path();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            node.close();
            arena.close();
        }
    }
}
