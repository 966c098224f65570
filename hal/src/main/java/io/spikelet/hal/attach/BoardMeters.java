package io.spikelet.hal.attach;

import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.I2cDevice;
import io.spikelet.hal.board.Ina219;
import io.spikelet.hal.board.Ina226;
import io.spikelet.hal.board.Ina3221;
import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.Shunt;
import io.spikelet.hal.linux.HwmonEnergy;
import io.spikelet.hal.linux.HwmonPower;
import io.spikelet.hal.linux.PmicPower;
import io.spikelet.hal.linux.RaplEnergy;
import io.spikelet.hal.meter.InaChip;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.Polled;
import io.spikelet.hal.meter.PolledMeter;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Meters that sit on the board, or in the machine: chips by a bus or by the kernel, the power chip's firmware, counters. */
final class BoardMeters {
    private static final double USUAL_VOLTS = 5;
    private static final int USUAL_MILLIOHMS = 100;
    private static final int MICROOHMS_PER_MILLIOHM = 1000;

    /** The chips form means of about 10 ms. */
    private static final double CHIP_RATE = 100;

    /** Each reading starts a program. */
    private static final double FIRMWARE_RATE = 5;

    private static final double COUNTER_RATE = 100;

    /** The system's clock, disciplined or not: crystals of boards are within this. */
    private static final double SYSTEM_PPM = 100;

    /** Neither maker promises anything; what those who compared them with an instrument mostly found to suffice. */
    private static final double NO_PROMISE = .05;

    /** A RAPL counter's step, 2⁻¹⁴ J (Intel SDM 3B, 16.10.1, the usual unit). */
    private static final double RAPL_STEP_JOULES = 61.035e-6;

    private static final double MICROJOULE = 1e-6;
    private static final double MILLIS_A_SECOND = 1000;

    private BoardMeters() {}

    /** {@code ina226,bus=1,address=0x40,shunt=100,channels=1+2,volts=5,tolerance=1%,rate=100}. */
    static Meter chip(MeterWords words, MeterPlaces places) throws IOException {
        Shunt shunt = new Shunt(Math.toIntExact(Math.round(
                words.positive("shunt", USUAL_MILLIOHMS) * MICROOHMS_PER_MILLIOHM)));
        int address = words.whole("address", -1);
        int bus = words.whole("bus", 1);
        double volts = words.positive("volts", USUAL_VOLTS);
        double tolerance = words.number("tolerance", InaChip.USUAL_SHUNT_TOLERANCE);
        double rate = words.positive("rate", CHIP_RATE);
        Set<Integer> channels = words.kind().equals("ina3221") ? channels(words) : Set.of();
        words.requireAllUsed();
        if (address < 0) {
            throw new IllegalArgumentException(
                    "the meter \"" + words + "\" needs the chip's address; most sit at address=0x40");
        }
        InaChip sheet = InaChip.named(words.kind()).orElseThrow();
        I2cDevice chip = places.buses().open(new I2cAddress(bus, address));
        try {
            PowerMeter meter =
                    switch (sheet) {
                        case INA219 -> Ina219.open(chip, shunt);
                        case INA226 -> Ina226.open(chip, shunt);
                        default -> Ina3221.open(chip, shunt, channels);
                    };
            return polled(
                    words.kind(),
                    Polled.power(meter),
                    meter.source() + ", accuracy of " + sheet.sheet() + " and a shunt of " + percent(tolerance),
                    rate,
                    sheet.accuracy(shunt, volts, tolerance).ofSum(Math.max(1, channels.size())),
                    sheet.maximumAmps(shunt),
                    chip);
        } catch (IOException | RuntimeException failed) {
            chip.close();
            throw failed;
        }
    }

    private static Set<Integer> channels(MeterWords words) {
        Set<Integer> channels = new TreeSet<>();
        for (String channel : words.word("channels", "1").split("\\+", -1)) {
            try {
                channels.add(Integer.parseInt(channel));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("channels are numbers, such as channels=1+3, not \"" + channel + "\"", e);
            }
        }
        return channels;
    }

    /** {@code hwmon,chip=ina226,volts=5,tolerance=1%,rate=100}: energy where the chip counts it, else power. */
    static Meter hwmon(MeterWords words, MeterPlaces places) throws IOException {
        String wanted = words.word("chip", "");
        double volts = words.positive("volts", USUAL_VOLTS);
        double tolerance = words.number("tolerance", InaChip.USUAL_SHUNT_TOLERANCE);
        double told = words.positive("rate", 0);
        words.requireAllUsed();
        HwmonEnergy energy = HwmonEnergy.find(places.sys());
        if (wanted.isEmpty() && energy.microjoules().isPresent()) {
            double rate = told > 0 ? told : COUNTER_RATE;
            MeterAccuracy accuracy =
                    new MeterAccuracy(InaChip.ENERGY_GAIN + tolerance, 0, MICROJOULE * rate);
            String source = energy.source() + ", accuracy of an INA228's counter (SLYS021) and a shunt of " + percent(tolerance);
            return polled("hwmon", Polled.counter(energy), source, rate, accuracy, Double.POSITIVE_INFINITY, () -> {});
        }
        HwmonPower power = HwmonPower.find(places.sys(), wanted);
        InaChip sheet = InaChip.named(power.chipName())
                .orElseThrow(() -> new HardwareUnavailableException(power.source() + " is of a chip whose accuracy is not known"
                        + "; name another by chip=, known are " + List.of(InaChip.values())));
        Shunt shunt = power.shunt();
        double own = power.updateMillis().isPresent()
                ? MILLIS_A_SECOND / Math.max(1, power.updateMillis().getAsLong())
                : CHIP_RATE;
        return polled(
                "hwmon",
                Polled.power(power),
                power.source() + ", accuracy of " + sheet.sheet() + " and a shunt of " + percent(tolerance),
                told > 0 ? told : Math.min(CHIP_RATE, own),
                sheet.kernelAccuracy(shunt, volts, tolerance).ofSum(power.loads()),
                sheet.maximumAmps(shunt),
                () -> {});
    }

    /** {@code pmic,factor=1.1451,constant=0.5879,rate=5}. */
    static Meter pmic(MeterWords words, MeterPlaces places) throws IOException {
        double factor = words.positive("factor", 1);
        double constant = words.number("constant", 0);
        double rate = words.positive("rate", FIRMWARE_RATE);
        words.requireAllUsed();
        PmicPower meter = new PmicPower(places.firmware(), factor, constant);
        meter.microwatts(); // now it knows its rails, and one that cannot be read is told
        return polled(
                "pmic",
                Polled.power(meter),
                meter.source() + ", accuracy assumed: no maker promises one",
                rate,
                new MeterAccuracy(NO_PROMISE, 0, MICROJOULE),
                Double.POSITIVE_INFINITY,
                () -> {});
    }

    /** {@code rapl,rate=100}. */
    static Meter rapl(MeterWords words, MeterPlaces places) throws IOException {
        double rate = words.positive("rate", COUNTER_RATE);
        words.requireAllUsed();
        EnergyMeter meter = RaplEnergy.find(places.sys());
        if (meter.microjoules().isEmpty()) {
            throw new HardwareUnavailableException(
                    meter.source() + "; a board has none, and on a PC often only root may read it");
        }
        return polled(
                "rapl",
                Polled.counter(meter),
                meter.source() + ", accuracy assumed: no maker promises one",
                rate,
                new MeterAccuracy(NO_PROMISE, 0, RAPL_STEP_JOULES * rate),
                Double.POSITIVE_INFINITY,
                () -> {});
    }

    private static String percent(double fraction) {
        return Math.round(fraction * 1e4) / 100.0 + " %";
    }

    private static Meter polled(
            String name,
            Polled polled,
            String source,
            double rate,
            MeterAccuracy accuracy,
            double maximumAmps,
            Closeable device) {
        MeterTraits traits = new MeterTraits(name, source, rate, false, accuracy, SYSTEM_PPM, 0, maximumAmps);
        return new PolledMeter(polled, traits, device);
    }
}
