package io.spikelet.hal.attach;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.I2cDevice;
import io.spikelet.hal.linux.FirmwareCommand;
import io.spikelet.hal.linux.I2cNode;
import io.spikelet.hal.serial.SerialLink;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where meters are looked for.
 *
 * @param sys where sysfs is mounted
 * @param buses opens chips
 * @param firmware a Raspberry Pi's {@code vcgencmd}
 * @param lines opens serial lines
 */
public record MeterPlaces(Path sys, Buses buses, FirmwareCommand firmware, Lines lines) {
    /** Opens a chip on a bus. */
    public interface Buses {
        /** @throws IOException when there is no such bus, or this user may not use it */
        I2cDevice open(I2cAddress where) throws IOException;
    }

    /** Opens a serial line. */
    public interface Lines {
        /** @throws IOException when there is no such line, or this user may not use it */
        ByteLink open(String path, int baud) throws IOException;
    }

    /** Those of this machine. */
    public static MeterPlaces ofThisMachine() {
        return new MeterPlaces(
                Path.of("/sys"), I2cNode::open, new FirmwareCommand(FirmwareCommand.TOOL), SerialLink::open);
    }
}
