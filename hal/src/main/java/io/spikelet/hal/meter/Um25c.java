package io.spikelet.hal.meter;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.PowerReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * RDTech's USB testers UM24C, UM25C and UM34C over Bluetooth's serial line, 9600 Bd: the byte {@code f0} asks, 130 bytes
 * answer.
 *
 * <pre>
 *  0       2       4      6        10
 *  | model | volts | amps | mW u32 | … 130     big endian
 * </pre>
 *
 * Volts come in steps of 10 mV and amperes of 1 mA, or, from a UM25C, in a tenth of both. Which of the two is told by the
 * power, of which they are the factors. An answer that is cut short, of an unknown model, or whose power is not the
 * product, is refused; before each question what still lies on the line is thrown away, so the next answer is in step.
 */
public final class Um25c implements PowerMeter {
    /** The tester's line. */
    public static final int BAUD = 9600;

    /** By the maker's table for the UM25C: volts 0.05 % and 2 digits, amperes 0.1 % and 4 digits. */
    private static final double GAIN = .0015;

    private static final int AMPS_DIGITS = 4;
    private static final double AMPS_STEP = 1e-4;
    private static final int VOLTS_DIGITS = 2;
    private static final double VOLTS_STEP = 1e-3;
    private static final double MAXIMUM_AMPS = 5;

    private static final byte ASK = (byte) 0xf0;
    private static final int ANSWER_BYTES = 130;
    private static final int MODEL_OFFSET = 0;
    private static final int VOLTS_OFFSET = MODEL_OFFSET + Short.BYTES;
    private static final int AMPS_OFFSET = VOLTS_OFFSET + Short.BYTES;
    private static final int MILLIWATTS_OFFSET = AMPS_OFFSET + Short.BYTES;

    private static final int UM24C = 0x0963;
    private static final int UM25C = 0x09c9;
    private static final int UM34C = 0x0d4c;

    /** 130 bytes take 136 ms on the line; Bluetooth adds its own. */
    private static final int PATIENCE_MILLIS = 600;

    private static final double MILLI = 1e-3;
    private static final double COARSE_VOLTS = 1e-2;
    private static final double COARSE_AMPS = 1e-3;

    private final ByteLink link;
    private final byte[] chunk = new byte[ANSWER_BYTES];
    /** Steps in coarse ones, 1 or a tenth, as the last answer told; 0 before the first. */
    private double fine;

    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);

    /** @param link open at {@link #BAUD} */
    public Um25c(ByteLink link) {
        this.link = link;
    }

    /**
     * What the maker promises.
     *
     * @param volts of the supply
     */
    public static MeterAccuracy accuracy(double volts) {
        return new MeterAccuracy(
                GAIN + VOLTS_DIGITS * VOLTS_STEP / volts, AMPS_DIGITS * AMPS_STEP * volts, AMPS_STEP * volts);
    }

    /** The largest current it bears. */
    public static double maximumAmps() {
        return MAXIMUM_AMPS;
    }

    @Override
    public long microwatts() throws IOException {
        return Math.round(reading().watts() / MICRO);
    }

    @Override
    public PowerReading reading() throws IOException {
        while (link.read(chunk, 0) > 0) {
            continue; // what is late or noise
        }
        link.write(new byte[] {ASK}, 0, 1);
        answer.clear();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (answer.hasRemaining()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            int count = left <= 0 ? 0 : link.read(chunk, (int) left);
            if (count == 0) {
                throw new IOException("the tester at " + link.name() + " sent " + answer.position() + " of " + ANSWER_BYTES
                        + " bytes; check that it is on and near");
            }
            if (count > answer.remaining()) {
                throw new IOException("the tester at " + link.name() + " sent more than " + ANSWER_BYTES
                        + " bytes; something else writes on this line");
            }
            answer.put(chunk, 0, count);
        }
        return decode();
    }

    private PowerReading decode() throws IOException {
        int model = Short.toUnsignedInt(answer.getShort(MODEL_OFFSET));
        if (model != UM24C && model != UM25C && model != UM34C) {
            throw new IOException("the answer from " + link.name() + " begins with 0x%04x, which is no UM24C, UM25C or UM34C"
                    .formatted(model) + "; check which device it is");
        }
        if (fine == 0) {
            fine = model == UM25C ? .1 : 1;
        }
        int volts = Short.toUnsignedInt(answer.getShort(VOLTS_OFFSET));
        int amps = Short.toUnsignedInt(answer.getShort(AMPS_OFFSET));
        double watts = Integer.toUnsignedLong(answer.getInt(MILLIWATTS_OFFSET)) * MILLI;
        for (double step : new double[] {fine, .1 / fine}) {
            double voltsStep = step * COARSE_VOLTS;
            double ampsStep = step * COARSE_AMPS;
            double product = volts * voltsStep * amps * ampsStep;
            if (Math.abs(product - watts) <= (volts + amps) * voltsStep * ampsStep + 2 * MILLI) {
                fine = step;
                return new PowerReading(watts, volts * voltsStep, amps * ampsStep);
            }
        }
        throw new IOException("the answer from " + link.name() + " says " + volts + ", " + amps + " and " + watts
                + " W, which do not agree; a byte was damaged on its way");
    }

    @Override
    public String source() {
        return "USB tester UM25C (" + link.name() + ")";
    }
}
