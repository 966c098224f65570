package io.spikelet.hal.sim;

/** A temperature sensor of the LM75 family, 25 degrees at first. Its register of temperature is only read. */
public final class SimLm75 extends SimRegisters {
    private static final int TEMPERATURE = 0;
    private static final double STEPS_A_DEGREE = 256.0;
    private static final double ROOM = 25;

    public SimLm75(String name) {
        super(name);
        setCelsius(ROOM);
    }

    /** What it feels; to 1/256 of a degree, rounded down. */
    public void setCelsius(double celsius) {
        put(TEMPERATURE, (int) Math.floor(celsius * STEPS_A_DEGREE));
    }

    @Override
    protected void written(int register, int word) {
        if (register != TEMPERATURE) {
            put(register, word);
        }
    }
}
