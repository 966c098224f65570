package io.spikelet.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.I2cDevice;
import java.io.IOException;

/** A chip that Pi4J speaks to. */
final class PiI2cDevice implements I2cDevice {
    private final Context context;
    private final I2C chip;
    private final I2cAddress where;

    PiI2cDevice(Context context, I2C chip, I2cAddress where) {
        this.context = context;
        this.chip = chip;
        this.where = where;
    }

    @Override
    public void read(int register, byte[] into) throws IOException {
        int count = Pi4jFailure.translate(silence(), () -> chip.readRegister(register, into, 0, into.length));
        if (count != into.length) {
            throw new IOException(silence() + " (" + count + " of " + into.length + " bytes came)");
        }
    }

    @Override
    public void write(int register, byte... bytes) throws IOException {
        Pi4jFailure.translate(silence(), () -> chip.writeRegister(register, bytes, 0, bytes.length));
    }

    private String silence() {
        return "nothing answers on " + name() + "; check the wiring, the supply and the address";
    }

    @Override
    public String name() {
        return "I2C " + where;
    }

    @Override
    public void close() throws IOException {
        Pi4jFailure.translate("cannot let " + name() + " go", () -> context.shutdown(chip.id()));
    }
}
