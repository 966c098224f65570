package io.spikelet.hal.linux;

import io.spikelet.hal.board.BoardHardware;
import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.I2cDevice;
import io.spikelet.hal.board.InputPin;
import io.spikelet.hal.board.OutputPin;
import java.io.IOException;

/** Any Linux board by what its kernel shows: I²C buses. Pins have no driver here, and are refused with the reason. */
public final class LinuxHardware implements BoardHardware {
    private final BoardModel model;
    private final String noPins;

    /** @param noPins why there are no pins and what to do, as the end of a sentence */
    public LinuxHardware(BoardModel model, String noPins) {
        this.model = model;
        this.noPins = noPins;
    }

    @Override
    public OutputPin output(int gpio) throws IOException {
        throw noPin(gpio);
    }

    @Override
    public InputPin input(int gpio) throws IOException {
        throw noPin(gpio);
    }

    private HardwareUnavailableException noPin(int gpio) {
        return new HardwareUnavailableException("cannot use GPIO" + gpio + ": " + noPins);
    }

    @Override
    public I2cDevice i2c(I2cAddress where) throws IOException {
        return I2cNode.open(where);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public void close() {
        // Each bus is closed with its device.
    }
}
