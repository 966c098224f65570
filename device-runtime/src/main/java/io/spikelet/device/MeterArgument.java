package io.spikelet.device;

import io.spikelet.hal.Clock;
import io.spikelet.hal.board.BoardHardware;
import io.spikelet.hal.board.I2cDevice;
import io.spikelet.hal.board.Ina219;
import io.spikelet.hal.board.Ina226;
import io.spikelet.hal.board.Ina3221;
import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.SampledEnergy;
import io.spikelet.hal.board.Shunt;
import io.spikelet.hal.linux.FirmwareCommand;
import io.spikelet.hal.linux.HwmonPower;
import io.spikelet.hal.linux.PmicPower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The value of {@code --meter}: a meter of power, read in a rhythm and added up. */
final class MeterArgument {
    private static final String OPTION = "--meter";
    private static final String USUAL_MILLIOHMS = "100";
    private static final int MICROOHMS_PER_MILLIOHM = 1000;

    /** The chips form means of about this time themselves. */
    private static final long CHIP_PERIOD_MILLIS = 10;

    /** Each reading starts a program. */
    private static final long FIRMWARE_PERIOD_MILLIS = 200;

    /** Opens pins and buses when a meter needs them. */
    interface Buses {
        BoardHardware open() throws BadUseException, IOException;
    }

    private final String text;
    private final Path sys;
    private final Clock clock;

    MeterArgument(String text, Path sys, Clock clock) {
        this.text = text;
        this.sys = sys;
        this.clock = clock;
    }

    SampledEnergy start(Buses buses) throws BadUseException, IOException {
        HardwareWords words = HardwareWords.parse(OPTION, text, Set.of("bus", "address", "shunt", "channels"));
        return switch (words.kind()) {
            case "hwmon" -> sampled(HwmonPower.find(sys), CHIP_PERIOD_MILLIS);
            case "pmic" -> sampled(new PmicPower(new FirmwareCommand(FirmwareCommand.TOOL)), FIRMWARE_PERIOD_MILLIS);
            case "ina219", "ina226", "ina3221" -> sampled(chip(words, buses), CHIP_PERIOD_MILLIS);
            default ->
                throw new BadUseException(
                        OPTION + " is auto, hwmon, pmic, ina219, ina226 or ina3221, not \"" + words.kind() + "\"");
        };
    }

    private SampledEnergy sampled(PowerMeter meter, long periodMillis) throws IOException {
        meter.microwatts(); // one that cannot be read is told now
        return SampledEnergy.start(meter, clock, periodMillis);
    }

    private static PowerMeter chip(HardwareWords words, Buses buses) throws BadUseException, IOException {
        try {
            Shunt shunt = new Shunt(Math.multiplyExact(words.number("shunt", USUAL_MILLIOHMS), MICROOHMS_PER_MILLIOHM));
            Set<Integer> channels = channels(words);
            I2cDevice chip = buses.open().i2c(words.address());
            return switch (words.kind()) {
                case "ina219" -> Ina219.open(chip, shunt);
                case "ina226" -> Ina226.open(chip, shunt);
                default -> Ina3221.open(chip, shunt, channels);
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadUseException(OPTION + ": " + e.getMessage());
        }
    }

    /** {@code channels=1+3}; channel 1 unless said. */
    private static Set<Integer> channels(HardwareWords words) {
        Set<Integer> channels = new TreeSet<>();
        for (String channel : words.value("channels", "1").split("\\+", -1)) {
            channels.add(Integer.parseInt(channel));
        }
        return channels;
    }
}
