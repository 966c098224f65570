package io.spikelet.hal.sim;

/** The three-channel meter INA3221, register by register (SBOS576), as after power-on. */
public final class SimIna3221 extends SimRegisters {
    private static final int CONFIGURATION = 0;
    private static final int POWER_ON = 0x7127;
    private static final int RESET_BIT = 0x8000;
    private static final int MANUFACTURER = 0xfe;
    private static final int DIE = 0xff;
    private static final int SHUNT_NANOVOLTS = 40_000;
    private static final int BUS_MICROVOLTS = 8_000;
    private static final int SHIFT = 3;

    public SimIna3221(String name) {
        super(name);
        put(CONFIGURATION, POWER_ON);
        put(MANUFACTURER, 0x5449);
        put(DIE, 0x3220);
    }

    /**
     * What lies at a channel's inputs.
     *
     * @param channel 1..3
     * @param shuntNanovolts across the resistor, either sign
     * @param busMicrovolts from 0 on
     */
    public void measure(int channel, long shuntNanovolts, long busMicrovolts) {
        put(2 * channel - 1, (int) (shuntNanovolts / SHUNT_NANOVOLTS) << SHIFT);
        put(2 * channel, (int) (busMicrovolts / BUS_MICROVOLTS) << SHIFT);
    }

    @Override
    protected void written(int register, int word) {
        if (register == CONFIGURATION) {
            put(CONFIGURATION, (word & RESET_BIT) != 0 ? POWER_ON : word);
        }
    }
}
