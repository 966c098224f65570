package io.spikelet.hal.board;

import java.io.IOException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Texas Instruments' INA3221 (SBOS576): 13 bits, 26 V, three shunts of at most 163.8 mV. Power is taken as in {@link Ina219}. */
public final class Ina3221 implements PowerMeter {
    /** Channels are numbered from 1. */
    public static final int CHANNELS = 3;

    static final int CONFIGURATION = 0;
    static final int SHUNT_VOLTAGE_1 = 1;
    static final int BUS_VOLTAGE_1 = 2;
    static final int REGISTERS_A_CHANNEL = 2;
    static final int DIE_ID = 0x3220;

    /** All three channels, both voltages in turn, 1.1 ms each: what the chip starts with. */
    static final int ALL_CHANNELS = 0x7127;

    /** The values stand in bits 15..3: shunt in steps of 40 µV, bus of 8 mV. */
    private static final int SHIFT = 3;

    private static final int SHUNT_NANOVOLTS = 40_000;
    private static final int BUS_MICROVOLTS = 8_000;

    private final I2cDevice chip;
    private final Shunt shunt;
    private final SortedSet<Integer> channels;

    private Ina3221(I2cDevice chip, Shunt shunt, SortedSet<Integer> channels) {
        this.chip = chip;
        this.shunt = shunt;
        this.channels = channels;
    }

    /**
     * Sets the chip up.
     *
     * @param shunt the same on each channel
     * @param channels what to add up, of 1..3
     * @throws IOException when it does not answer, or not as this chip does
     */
    public static Ina3221 open(I2cDevice chip, Shunt shunt, Set<Integer> channels) throws IOException {
        if (channels.isEmpty() || channels.stream().anyMatch(channel -> channel < 1 || channel > CHANNELS)) {
            throw new IllegalArgumentException("an INA3221 has channels 1..3: " + channels);
        }
        TiIdentity.require(chip, "INA3221", DIE_ID);
        chip.writeWord(CONFIGURATION, ALL_CHANNELS);
        return new Ina3221(chip, shunt, new TreeSet<>(channels));
    }

    @Override
    public long microwatts() throws IOException {
        long sum = 0;
        for (int channel : channels) {
            long shuntNanovolts = shuntNanovolts(channel);
            sum += shunt.microwatts(shuntNanovolts, busMicrovolts(channel));
        }
        return sum;
    }

    @Override
    public PowerReading reading() throws IOException {
        double watts = 0;
        PowerReading last = null;
        for (int channel : channels) {
            long shuntNanovolts = shuntNanovolts(channel);
            last = shunt.reading(shuntNanovolts, busMicrovolts(channel));
            watts += last.watts();
        }
        return channels.size() == 1 ? last : PowerReading.ofPower(watts);
    }

    private long shuntNanovolts(int channel) throws IOException {
        int register = SHUNT_VOLTAGE_1 + (channel - 1) * REGISTERS_A_CHANNEL;
        return ((short) chip.readWord(register) >> SHIFT) * (long) SHUNT_NANOVOLTS;
    }

    private long busMicrovolts(int channel) throws IOException {
        int register = BUS_VOLTAGE_1 + (channel - 1) * REGISTERS_A_CHANNEL;
        return ((short) chip.readWord(register) >> SHIFT) * (long) BUS_MICROVOLTS;
    }

    @Override
    public String source() {
        return "INA3221 (" + chip.name() + ", channels " + channels + ", shunts " + shunt.microohms() + " microohms)";
    }
}
