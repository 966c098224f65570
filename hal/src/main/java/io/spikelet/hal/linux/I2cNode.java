package io.spikelet.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.I2cDevice;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A chip behind {@code /dev/i2c-N} (include/uapi/linux/i2c-dev.h). A read is two messages without a stop between, which
 * also works while a driver of the kernel holds the address: it is not to be told otherwise behind its back, so write
 * only to chips that have no driver.
 */
public final class I2cNode implements I2cDevice {
    private static final long TRANSFER = 0x0707;
    private static final short READ = 1;

    // struct i2c_msg                          struct i2c_rdwr_ioctl_data
    //  0      2       4     6 … 7   8   15    0          8
    //  | addr | flags | len | zeros | buf |   | messages | count |
    private static final int MESSAGE_BYTES = 16;
    private static final int FLAGS_OFFSET = 2;
    private static final int LENGTH_OFFSET = 4;
    private static final int BUFFER_OFFSET = 8;
    private static final int COUNT_OFFSET = 8;
    private static final int TRANSFER_BYTES = 16;

    private final DeviceNode node;
    private final I2cAddress where;

    private I2cNode(DeviceNode node, I2cAddress where) {
        this.node = node;
        this.where = where;
    }

    /**
     * Opens the bus.
     *
     * @throws io.spikelet.hal.board.HardwareUnavailableException when there is none, or this user may not use it
     */
    public static I2cNode open(I2cAddress where) throws IOException {
        return new I2cNode(DeviceNode.open("/dev/i2c-" + where.bus()), where);
    }

    @Override
    public void read(int register, byte[] into) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(1);
            number.set(JAVA_BYTE, 0, (byte) register);
            MemorySegment answer = arena.allocate(into.length);
            MemorySegment messages = arena.allocate(2L * MESSAGE_BYTES, Long.BYTES);
            describe(messages, 0, (short) 0, number);
            describe(messages, 1, READ, answer);
            transfer(arena, messages, 2);
            MemorySegment.copy(answer, JAVA_BYTE, 0, into, 0, into.length);
        }
    }

    @Override
    public void write(int register, byte... bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sent = arena.allocate(1 + bytes.length);
            sent.set(JAVA_BYTE, 0, (byte) register);
            MemorySegment.copy(bytes, 0, sent, JAVA_BYTE, 1, bytes.length);
            MemorySegment messages = arena.allocate(MESSAGE_BYTES, Long.BYTES);
            describe(messages, 0, (short) 0, sent);
            transfer(arena, messages, 1);
        }
    }

    private void describe(MemorySegment messages, int index, short flags, MemorySegment buffer) {
        long at = (long) index * MESSAGE_BYTES;
        messages.set(JAVA_SHORT, at, (short) where.address());
        messages.set(JAVA_SHORT, at + FLAGS_OFFSET, flags);
        messages.set(JAVA_SHORT, at + LENGTH_OFFSET, (short) buffer.byteSize());
        messages.set(JAVA_LONG, at + BUFFER_OFFSET, buffer.address());
    }

    private void transfer(Arena arena, MemorySegment messages, int count) throws IOException {
        MemorySegment all = arena.allocate(TRANSFER_BYTES, Long.BYTES);
        all.set(JAVA_LONG, 0, messages.address());
        all.set(JAVA_INT, COUNT_OFFSET, count);
        int result = node.control(TRANSFER, all);
        if (result < 0) {
            throw new IOException("nothing answers on I2C " + where + " (system error " + -result
                    + "); check the wiring, the supply and the address");
        }
    }

    @Override
    public String name() {
        return "I2C " + where;
    }

    @Override
    public void close() {
        node.close();
    }
}
