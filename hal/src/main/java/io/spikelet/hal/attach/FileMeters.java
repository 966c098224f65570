package io.spikelet.hal.attach;

import io.spikelet.hal.meter.CsvMeter;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import java.io.IOException;
import java.nio.file.Path;

/** Recordings of other instruments. */
final class FileMeters {
    private FileMeters() {}

    /** {@code csv:FILE,accuracy=1%,volts=5,rate=1000,separator=;,decimal=comma}. */
    static Meter csv(MeterWords words, MeterPlaces places) throws IOException {
        Path file = Path.of(words.requirePlace("csv:FILE"));
        double volts = words.positive("volts", Double.NaN);
        double rate = words.positive("rate", 0);
        String decimal = words.word("decimal", "point");
        String separator = words.word("separator", decimal.equals("comma") ? ";" : "comma");
        words.requireAllUsed();
        if (!words.has("accuracy")) {
            throw new IllegalArgumentException(
                    "the meter \"" + words + "\" does not say how exact the instrument was; add accuracy=1% or what it has");
        }
        if (!decimal.equals("comma") && !decimal.equals("point")) {
            throw new IllegalArgumentException("decimal is point or comma, not \"" + decimal + "\"");
        }
        CsvMeter.Format format = new CsvMeter.Format(character(separator), decimal.equals("comma"));
        return CsvMeter.open(file, format, volts, new MeterAccuracy(words.number("accuracy", 0), 0, 0), rate);
    }

    private static char character(String separator) {
        return switch (separator) {
            case "comma" -> ',';
            case "semicolon" -> ';';
            case "tab" -> '\t';
            default -> {
                if (separator.length() != 1) {
                    throw new IllegalArgumentException(
                            "separator is comma, semicolon, tab or one character, not \"" + separator + "\"");
                }
                yield separator.charAt(0);
            }
        };
    }
}
