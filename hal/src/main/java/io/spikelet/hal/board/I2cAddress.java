package io.spikelet.hal.board;

/**
 * Where a chip sits.
 *
 * @param bus the N of {@code /dev/i2c-N}
 * @param address 0x08..0x77, the seven bits; the rest is reserved
 */
public record I2cAddress(int bus, int address) {
    private static final int LOWEST = 0x08;
    private static final int HIGHEST = 0x77;

    /** @throws IllegalArgumentException when a number is out of its range */
    public I2cAddress {
        if (bus < 0) {
            throw new IllegalArgumentException("an I2C bus has a number from 0: bus=" + bus);
        }
        if (address < LOWEST || address > HIGHEST) {
            throw new IllegalArgumentException("an I2C address is 0x08..0x77: address=0x%02x".formatted(address));
        }
    }

    @Override
    public String toString() {
        return "bus " + bus + ", address 0x%02x".formatted(address);
    }
}
