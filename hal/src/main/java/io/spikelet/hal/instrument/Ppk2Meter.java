package io.spikelet.hal.instrument;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/**
 * Nordic's Power Profiler Kit II: 100,000 samples a second of 200 nA to 1 A in five ranges, and eight digital inputs.
 * Volts are those that it was set to, for it measures none.
 *
 * <p>Samples that it lost are told by its counter, to a multiple of 64, and leave a gap in time; multiples of 64 are
 * told by this computer's clock, up to four seconds later, when they make 20 ms or more. A word that the line damaged
 * is counted as broken and never becomes an edge. An edge has the time of the first sample that shows it. After a
 * switch of the range three samples are smoothed as Nordic's own program does by default. Edge and switch are told
 * once three further samples came.
 *
 * <p>As its program does, the kit is switched on when opened and left on when closed, lest a board lose its supply.
 * Commands: pc-nrfconnect-ppk and IRNAS/ppk2-api-python.
 */
public final class Ppk2Meter extends InstrumentMeter {
    /** USB; any rate serves. */
    public static final int BAUD = 115_200;

    private static final int START = 0x06;
    private static final int STOP = 0x07;
    private static final int POWER = 0x0c;
    private static final int VOLTS = 0x0d;
    private static final int MODE = 0x11;
    private static final int METADATA = 0x19;
    private static final int AMPERE_METER = 1;
    private static final int SOURCE_METER = 2;

    private static final int QUIET_MILLIS = 60;
    private static final int DRAIN_MILLIS = 2000;
    private static final int ANSWER_MILLIS = 2000;
    private static final int MOST_METADATA = 8192;
    private static final String METADATA_END = "END";

    private static final double SAMPLES_PER_SECOND = 1e5;
    private static final double GAIN = 0.1;
    private static final double LEAST_AMPS = 200e-9;
    private static final double LARGEST_RANGE_STEP_AMPS = 1e-3;
    private static final double CLOCK_PPM = 100;
    private static final double MOST_AMPS = 1;

    private final Ppk2Supply supply;
    private final Ppk2Calibration calibration;
    private Ppk2Decoder decoder;
    private LagWatch lag;

    private Ppk2Meter(InstrumentLine line, Ppk2Supply supply, Ppk2Calibration calibration) {
        super(line);
        this.supply = supply;
        this.calibration = calibration;
    }

    /**
     * Reads the kit's calibration, sets its voltage and switches the board's supply on. The link is closed when this
     * fails.
     *
     * @throws IOException when no kit answers
     */
    public static Ppk2Meter open(ByteLink link, Ppk2Supply supply) throws IOException {
        InstrumentLine line = new InstrumentLine(link, MOST_METADATA);
        try {
            line.send(STOP);
            line.drain(QUIET_MILLIS, DRAIN_MILLIS);
            line.send(METADATA);
            Ppk2Calibration calibration = new Ppk2Calibration(metadata(line));
            line.send(MODE, supply.sources() ? SOURCE_METER : AMPERE_METER);
            line.send(VOLTS, supply.millivolts() >> Byte.SIZE, supply.millivolts() & 0xff);
            line.send(POWER, 1);
            return new Ppk2Meter(line, supply, calibration);
        } catch (IOException failed) {
            line.close();
            throw failed;
        }
    }

    private static String metadata(InstrumentLine line) throws IOException {
        StringBuilder text = new StringBuilder();
        long deadline = InstrumentLine.deadline(ANSWER_MILLIS);
        int left = ANSWER_MILLIS;
        while (left > 0 && text.length() < MOST_METADATA) {
            line.fill(left);
            for (; line.available() > 0; line.skip(1)) {
                text.append((char) line.at(0));
            }
            if (text.indexOf(METADATA_END) >= 0) {
                return text.toString();
            }
            left = InstrumentLine.left(deadline);
        }
        throw new IOException("asked for its calibration, the instrument at " + line.name() + " sent "
                + (text.isEmpty() ? "nothing" : "text without an END")
                + "; check that it is a Power Profiler Kit II and"
                + " that no other program has it");
    }

    @Override
    public MeterTraits traits() {
        double volts = volts();
        return new MeterTraits(
                "ppk2",
                "Power Profiler Kit II at " + line.name() + (supply.sources() ? ", supplying " : ", in a supply of ")
                        + volts + " V",
                SAMPLES_PER_SECOND,
                false,
                new MeterAccuracy(GAIN, LEAST_AMPS * volts, LARGEST_RANGE_STEP_AMPS * volts),
                CLOCK_PPM,
                Ppk2Decoder.inputs(),
                MOST_AMPS);
    }

    private double volts() {
        return supply.millivolts() / 1000.0;
    }

    @Override
    void begin() throws IOException {
        decoder = new Ppk2Decoder(calibration, volts());
        lag = new LagWatch();
        line.send(START);
    }

    @Override
    void decode(SampleBlock into) throws IOException {
        decoder.decode(line, into);
    }

    @Override
    boolean fetch(int waitMillis) throws IOException {
        long now = System.nanoTime();
        if (line.fill(waitMillis) > 0) {
            return true;
        }
        if (waitMillis == 0) {
            long behind = lag.allRead(now, decoder.nextNanos());
            if (behind > 0) {
                decoder.missed(behind);
            }
        }
        return false;
    }

    @Override
    void end() throws IOException {
        line.send(STOP);
        line.drain(QUIET_MILLIS, DRAIN_MILLIS);
    }

    @Override
    void release() {
        // the board keeps its supply
    }
}
