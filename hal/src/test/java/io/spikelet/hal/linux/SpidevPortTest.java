package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.board.HardwareUnavailableException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SpidevPortTest {
    @Test
    void shouldSayThatThereIsNoSuchNode() {
        HardwareUnavailableException refused =
                assertThrows(HardwareUnavailableException.class, () -> SpidevPort.open("/dev/spidev99.9", 1_000_000));
        assertTrue(refused.getMessage().contains("cannot open /dev/spidev99.9: there is no such node"), refused.getMessage());
    }

    /** Error 25 is ENOTTY: the kernel was asked, and the file is of another kind. */
    @Test
    void shouldSayThatAFileIsNoSpiDevice() {
        IOException refused = assertThrows(IOException.class, () -> SpidevPort.open("/dev/null", 1_000_000));
        assertTrue(
                refused.getMessage().contains("/dev/null does not take mode 0 (system error 25)"),
                refused.getMessage());
    }

    @Test
    void shouldRefuseASpeedOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> SpidevPort.open("/dev/null", 0));
    }

    /** As struct spi_ioc_transfer of include/uapi/linux/spi/spidev.h lays it out on 64 bits. */
    @Test
    void shouldDescribeATransferAsTheKernelReadsIt() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(SpidevPort.TRANSFER_BYTES, Long.BYTES);
            MemorySegment out = arena.allocate(8);
            MemorySegment in = arena.allocate(8);
            SpidevPort.describe(message, out, in, 5, 2_000_000);
            byte[] expected = ByteBuffer.allocate(32)
                    .order(ByteOrder.nativeOrder())
                    .putLong(out.address())
                    .putLong(in.address())
                    .putInt(5)
                    .putInt(2_000_000)
                    .putShort((short) 0)
                    .put((byte) 8)
                    .array();
            assertArrayEquals(expected, message.toArray(ValueLayout.JAVA_BYTE));
            assertEquals(32, message.byteSize());
        }
    }
}
