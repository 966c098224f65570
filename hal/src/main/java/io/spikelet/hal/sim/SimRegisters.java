package io.spikelet.hal.sim;

import io.spikelet.hal.board.I2cDevice;
import java.io.IOException;

/** A chip of 256 registers of 16 bits on an I²C bus. A chip says what its registers do by what it overrides. */
public class SimRegisters implements I2cDevice {
    private static final int REGISTERS = 256;

    private final String name;
    private final int[] words = new int[REGISTERS];
    private boolean silent;

    /** @param name what a person calls it */
    public SimRegisters(String name) {
        this.name = name;
    }

    /** Puts a word into a register, as the chip itself does; 0..65535. */
    protected final void put(int register, int word) {
        words[register] = word & 0xffff;
    }

    /** What stands in a register. */
    protected final int word(int register) {
        return words[register];
    }

    /** Called before a register is read. */
    protected void beforeRead(int register) {}

    /** Called when a word was written. */
    protected void written(int register, int word) {
        put(register, word);
    }

    /** While silent the chip answers nothing, as when its wire is off. */
    public final void setSilent(boolean silent) {
        this.silent = silent;
    }

    @Override
    public final void read(int register, byte[] into) throws IOException {
        requireAnswer();
        beforeRead(register);
        for (int i = 0; i < into.length; i++) {
            into[i] = (byte) (i % 2 == 0 ? words[register] >> 8 : words[register]);
        }
    }

    @Override
    public final void write(int register, byte... bytes) throws IOException {
        requireAnswer();
        if (bytes.length != Short.BYTES) {
            throw new IOException(name + " takes words of two bytes, not " + bytes.length);
        }
        written(register, (bytes[0] & 0xff) << 8 | bytes[1] & 0xff);
    }

    private void requireAnswer() throws IOException {
        if (silent) {
            throw new IOException("nothing answers on " + name + "; check the wiring, the supply and the address");
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void close() {
        // A simulated chip holds nothing.
    }
}
