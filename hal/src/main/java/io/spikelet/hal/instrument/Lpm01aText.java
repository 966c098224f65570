package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/**
 * An LPM01A's text: a sample is a line such as {@code 6409-07}, which is 6409·10⁻⁷, and all else is words. A damaged line
 * is a broken reading.
 */
final class Lpm01aText extends Lpm01aStream {
    private static final int SAMPLE_LENGTH = 7;
    private static final int MANTISSA_DIGITS = 4;
    private static final int MOST_LINE = 512;
    private static final double[] POWERS_OF_TEN = powersOfTen();

    Lpm01aText(String name, Lpm01aSetup setup) {
        super(name, setup);
    }

    private static double[] powersOfTen() {
        double[] powers = new double[100];
        for (int power = 0; power < powers.length; power++) {
            powers[power] = Double.parseDouble("1e" + power);
        }
        return powers;
    }

    @Override
    void decode(InstrumentLine line, SampleBlock into) throws IOException {
        while (!into.isFull()) {
            int length = line.lineLength();
            if (length < 0) {
                if (line.available() > MOST_LINE) {
                    line.skip(line.available());
                    broken(into);
                }
                return;
            }
            int shown = length > 0 && line.at(length - 1) == '\r' ? length - 1 : length;
            if (isSample(line, shown)) {
                sample(value(line), into);
            } else {
                said(line, 0, shown, into);
            }
            line.skip(length + 1);
        }
    }

    private static boolean isSample(InstrumentLine line, int length) {
        if (length != SAMPLE_LENGTH) {
            return false;
        }
        for (int at = 0; at < SAMPLE_LENGTH; at++) {
            int c = line.at(at);
            boolean fits = at == MANTISSA_DIGITS ? c == '-' || c == '+' : c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static double value(InstrumentLine line) {
        int mantissa = 0;
        for (int at = 0; at < MANTISSA_DIGITS; at++) {
            mantissa = 10 * mantissa + line.at(at) - '0';
        }
        double power = POWERS_OF_TEN[10 * (line.at(MANTISSA_DIGITS + 1) - '0') + line.at(MANTISSA_DIGITS + 2) - '0'];
        return line.at(MANTISSA_DIGITS) == '-' ? mantissa / power : mantissa * power;
    }
}
