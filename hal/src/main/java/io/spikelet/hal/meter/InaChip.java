package io.spikelet.hal.meter;

import io.spikelet.hal.board.Shunt;
import java.util.Optional;

/**
 * What Texas Instruments' data sheets promise of their power monitors, the worst of all temperatures that the sheet names
 * and, where there are two, of both grades.
 */
public enum InaChip {
    /** SBOS448G, table 7.5, at the range of 320 mV. */
    INA219(1e-2, 200, 10, 1e-2, 0, 4, 320, 20, "SBOS448"),
    /** SBOS547B, electrical characteristics; the gains' drifts of 50 ppm/K over 100 K included. */
    INA226(.6e-2, 20, 2.5, .6e-2, 7.5, 1.25, 81.92, 25, "SBOS547"),
    /** SLYS021A: 0.5 % of power in all. */
    INA228(.25e-2, 2, .3125, .25e-2, 2.5, .1953125, 163.84, 3.2, "SLYS021"),
    /** SBOSA20: 0.7 % of power in all. */
    INA238(.35e-2, 7, 5, .35e-2, 5, 3.125, 163.84, .2, "SBOSA20"),
    /** SBOS576B. */
    INA3221(.25e-2, 80, 40, .25e-2, 0, 8, 163.8, 0, "SBOS576");

    /** Boards that are sold carry resistors of 1 %. */
    public static final double USUAL_SHUNT_TOLERANCE = .01;

    /** An INA228's counter, of its reading: what the sheet promises of full scale. */
    public static final double ENERGY_GAIN = .01;

    private static final double MICRO = 1e-6;
    private static final double MILLI = 1e-3;

    /** The kernel tells currents in whole milliamperes. */
    private static final double KERNEL_AMPS = 1e-3;

    private final double shuntGain;
    private final double shuntOffsetMicrovolts;
    private final double shuntStepMicrovolts;
    private final double busGain;
    private final double busOffsetMillivolts;
    private final double busStepMillivolts;
    private final double fullScaleMillivolts;
    /** A step of the power register in steps of the current register, W/A; 0 without such a register. */
    private final double powerFactor;
    private final String sheet;

    InaChip(
            double shuntGain,
            double shuntOffsetMicrovolts,
            double shuntStepMicrovolts,
            double busGain,
            double busOffsetMillivolts,
            double busStepMillivolts,
            double fullScaleMillivolts,
            double powerFactor,
            String sheet) {
        this.shuntGain = shuntGain;
        this.shuntOffsetMicrovolts = shuntOffsetMicrovolts;
        this.shuntStepMicrovolts = shuntStepMicrovolts;
        this.busGain = busGain;
        this.busOffsetMillivolts = busOffsetMillivolts;
        this.busStepMillivolts = busStepMillivolts;
        this.fullScaleMillivolts = fullScaleMillivolts;
        this.powerFactor = powerFactor;
        this.sheet = sheet;
    }

    /**
     * By the product of both voltages.
     *
     * @param volts of the supply
     * @param shuntTolerance of the resistor, a fraction
     */
    public MeterAccuracy accuracy(Shunt shunt, double volts, double shuntTolerance) {
        double ohms = shunt.microohms() * MICRO;
        double busParts = (busOffsetMillivolts + busStepMillivolts / 2) * MILLI / volts;
        return new MeterAccuracy(
                shuntGain + busGain + busParts + shuntTolerance,
                shuntOffsetMicrovolts * MICRO / ohms * volts,
                shuntStepMicrovolts * MICRO / ohms * volts);
    }

    /** By the kernel's driver, which tells power in steps of the chip's power register, or of a milliampere. */
    public MeterAccuracy kernelAccuracy(Shunt shunt, double volts, double shuntTolerance) {
        MeterAccuracy chip = accuracy(shunt, volts, shuntTolerance);
        double ampsStep = shuntStepMicrovolts * MICRO / (shunt.microohms() * MICRO);
        double step = powerFactor > 0 ? powerFactor * ampsStep : Math.max(KERNEL_AMPS, ampsStep) * volts;
        return new MeterAccuracy(chip.gain(), chip.offsetWatts(), Math.max(step, chip.resolutionWatts()));
    }

    /** The largest current that the shunt's range bears. */
    public double maximumAmps(Shunt shunt) {
        return fullScaleMillivolts * MILLI / (shunt.microohms() * MICRO);
    }

    /** Where the numbers stand. */
    public String sheet() {
        return sheet;
    }

    /** By the name that the kernel or a person gives it, such as {@code ina226}, or that of a sibling of the same sheet's numbers. */
    public static Optional<InaChip> named(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "ina219", "ina220" -> INA219;
                    case "ina226", "ina230", "ina231" -> INA226;
                    case "ina228" -> INA228;
                    case "ina238" -> INA238;
                    case "ina3221" -> INA3221;
                    default -> null;
                });
    }
}
