package io.spikelet.hal.sim;

/**
 * The two-voltage meters INA219 and INA226, register by register (SBOS448, SBOS547): shunt and bus voltage as set, current and
 * power by the calibration register, as the data sheets' equations say. All begin as after power-on.
 */
public final class SimIna extends SimRegisters {
    private static final int CONFIGURATION = 0;
    private static final int SHUNT_VOLTAGE = 1;
    private static final int BUS_VOLTAGE = 2;
    private static final int POWER = 3;
    private static final int CURRENT = 4;
    private static final int CALIBRATION = 5;
    private static final int MANUFACTURER = 0xfe;
    private static final int DIE = 0xff;
    private static final int RESET_BIT = 0x8000;
    private static final int READY_BIT = 2;

    /** What tells the two apart. */
    private enum Kind {
        /** Shunt steps of 10 µV, bus steps of 4 mV from bit 3 on. */
        INA219(10_000, 4_000, 3, 0x399f, 4096, 5000),
        /** Shunt steps of 2.5 µV, bus steps of 1.25 mV. */
        INA226(2_500, 1_250, 0, 0x4127, 2048, 20000);

        private final int shuntNanovolts;
        private final int busMicrovolts;
        private final int busShift;
        private final int powerOn;
        /** Current = shunt register × calibration / this. */
        private final int currentDivisor;
        /** Power = current register × bus steps / this. */
        private final int powerDivisor;

        Kind(int shuntNanovolts, int busMicrovolts, int busShift, int powerOn, int currentDivisor, int powerDivisor) {
            this.shuntNanovolts = shuntNanovolts;
            this.busMicrovolts = busMicrovolts;
            this.busShift = busShift;
            this.powerOn = powerOn;
            this.currentDivisor = currentDivisor;
            this.powerDivisor = powerDivisor;
        }
    }

    private final Kind kind;

    private SimIna(String name, Kind kind) {
        super(name);
        this.kind = kind;
        reset();
    }

    /** An INA219, which has no register that says what it is. */
    public static SimIna ina219(String name) {
        return new SimIna(name, Kind.INA219);
    }

    /** An INA226. */
    public static SimIna ina226(String name) {
        SimIna chip = new SimIna(name, Kind.INA226);
        chip.put(MANUFACTURER, 0x5449);
        chip.put(DIE, 0x2260);
        return chip;
    }

    private void reset() {
        put(CONFIGURATION, kind.powerOn);
        put(CALIBRATION, 0);
        convert();
    }

    /**
     * What lies at its inputs.
     *
     * @param shuntNanovolts across the resistor, either sign
     * @param busMicrovolts from 0 on
     */
    public void measure(long shuntNanovolts, long busMicrovolts) {
        put(SHUNT_VOLTAGE, (int) (shuntNanovolts / kind.shuntNanovolts));
        int steps = (int) (busMicrovolts / kind.busMicrovolts);
        put(BUS_VOLTAGE, steps << kind.busShift | (kind == Kind.INA219 ? READY_BIT : 0));
        convert();
    }

    private void convert() {
        int current = (short) word(SHUNT_VOLTAGE) * word(CALIBRATION) / kind.currentDivisor;
        put(CURRENT, current);
        put(POWER, (int) ((long) Math.abs(current) * (word(BUS_VOLTAGE) >> kind.busShift) / kind.powerDivisor));
    }

    @Override
    protected void written(int register, int word) {
        if (register == CONFIGURATION && (word & RESET_BIT) != 0) {
            reset();
        } else if (register == CONFIGURATION || register == CALIBRATION) {
            put(register, word);
            convert();
        }
    }
}
