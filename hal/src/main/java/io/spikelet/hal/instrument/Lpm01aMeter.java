package io.spikelet.hal.instrument;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/**
 * ST's X-NUCLEO-LPM01A, the PowerShield: supplies a board with 1.8 to 3.3 V, 100 nA to 50 mA, and samples what it
 * takes, with the falling edges of its pin D7.
 *
 * <p>A sample has the time of its end, counted in the shield's own samples; an edge that of the sample before it. Its
 * time stamps tell lost samples, where more than a millisecond's are missing. A damaged line of text is a broken
 * reading; bytes that are missing in the binary format make {@link #read} fail, and so do an overcurrent and an
 * acquisition that ends by itself.
 *
 * <p>Source: ST's UM2269 and UM2243, and tools that speak to the shield (zissis-pap/x-nucleo-lpm01a-gui,
 * lazicdanilo/LPM01A-lib).
 */
public final class Lpm01aMeter extends InstrumentMeter {
    /** Bits a second of its serial port over USB. */
    public static final int BAUD = 3_686_400;

    private static final int QUIET_MILLIS = 100;
    private static final int DRAIN_MILLIS = 3000;
    private static final int ANSWER_MILLIS = 3000;
    private static final int MOST_UNUSED = 16_384;
    private static final double GAIN = 0.02;
    private static final double LEAST_AMPS = 100e-9;
    private static final double MOST_AMPS = 0.05;
    /** Four digits: at most a thousandth of the reading. */
    private static final double TEXT_STEP = 1e-3;
    /** Powers of 16 leave 8 of 12 bits at the least. */
    private static final double BINARY_STEP = 1 / 256.0;

    private static final double CLOCK_PPM = 50;

    private final Lpm01aSetup setup;
    private Lpm01aStream stream;

    private Lpm01aMeter(InstrumentLine line, Lpm01aSetup setup) {
        super(line);
        this.setup = setup;
    }

    /**
     * Takes control of the shield, sets it and switches the board's supply on. The link is closed when this fails.
     *
     * @throws IOException when no shield answers, or it refuses a command
     */
    public static Lpm01aMeter open(ByteLink link, Lpm01aSetup setup) throws IOException {
        InstrumentLine line = new InstrumentLine(link, MOST_UNUSED);
        try {
            line.send("stop\n"); // what a program that died may have left running
            line.drain(QUIET_MILLIS, DRAIN_MILLIS);
            Lpm01aMeter meter = new Lpm01aMeter(line, setup);
            meter.command("htc");
            meter.command("volt " + setup.millivolts() + "m");
            meter.command("freq " + setup.rate());
            meter.command("acqtime inf");
            meter.command("output " + (setup.energy() ? "energy" : "current"));
            meter.command("format " + (setup.binary() ? "bin_hexa" : "ascii_dec"));
            meter.command("trigsrc sw");
            meter.command("eventsrc d7 fal");
            meter.command("pwr on");
            meter.command("pwrend on");
            return meter;
        } catch (IOException failed) {
            line.close();
            throw failed;
        }
    }

    private void command(String command) throws IOException {
        line.send(command + "\n");
        String word = command.split(" ")[0];
        long deadline = InstrumentLine.deadline(ANSWER_MILLIS);
        for (String said = line.line(ANSWER_MILLIS); said != null; said = line.line(InstrumentLine.left(deadline))) {
            if (said.contains("ack " + word)) {
                return;
            }
            if (said.contains("err")) {
                throw new IOException("the LPM01A at " + line.name() + " refuses \"" + command + "\": " + said.strip());
            }
        }
        throw new IOException("the instrument at " + line.name() + " does not answer \"" + command
                + "\"; check that it is an LPM01A and that no other program has it");
    }

    @Override
    public MeterTraits traits() {
        double volts = setup.millivolts() / 1000.0;
        return new MeterTraits(
                "lpm01a",
                "LPM01A at " + line.name() + ", supplying " + volts + " V, " + (setup.energy() ? "energy" : "current")
                        + " as " + (setup.binary() ? "bytes" : "text"),
                setup.hertz(),
                setup.energy(),
                new MeterAccuracy(
                        GAIN, LEAST_AMPS * volts, MOST_AMPS * volts * (setup.binary() ? BINARY_STEP : TEXT_STEP)),
                CLOCK_PPM,
                1,
                MOST_AMPS);
    }

    @Override
    void begin() throws IOException {
        command("start");
        stream = setup.binary() ? new Lpm01aBinary(line.name(), setup) : new Lpm01aText(line.name(), setup);
    }

    @Override
    void decode(SampleBlock into) throws IOException {
        stream.decode(line, into);
    }

    @Override
    boolean fetch(int waitMillis) throws IOException {
        return line.fill(waitMillis) > 0;
    }

    @Override
    void end() throws IOException {
        line.send("stop\n");
        line.drain(QUIET_MILLIS, DRAIN_MILLIS);
    }

    /** Its buttons work again; the board keeps its supply. */
    @Override
    void release() throws IOException {
        line.send("hrc\n");
    }
}
