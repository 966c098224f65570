package io.spikelet.hal.attach;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens meters by words (docs/meters.md): {@link MeterWords}. Beside what each kind knows, all know {@code accuracy=1%}
 * of the reading, {@code offset=} and {@code resolution=} in watts, and {@code ppm=} of the clock, which stand in for what
 * the data sheet says.
 */
public final class Meters {
    /** Opens a meter of one kind. */
    interface Opener {
        /** Asks the words for all that it knows before it touches hardware, and ends with {@link MeterWords#requireAllUsed}. */
        Meter open(MeterWords words, MeterPlaces places) throws IOException;
    }

    /** One line a kind. */
    private static final Map<String, Opener> OPENERS = new TreeMap<>(Map.ofEntries(
            Map.entry("csv", FileMeters::csv),
            Map.entry("hwmon", BoardMeters::hwmon),
            Map.entry("ina219", BoardMeters::chip),
            Map.entry("ina226", BoardMeters::chip),
            Map.entry("ina3221", BoardMeters::chip),
            Map.entry("lpm01a", InstrumentMeters::lpm01a),
            Map.entry("otii", InstrumentMeters::otii),
            Map.entry("pmic", BoardMeters::pmic),
            Map.entry("ppk2", InstrumentMeters::ppk2),
            Map.entry("rapl", BoardMeters::rapl),
            Map.entry("scpi", InstrumentMeters::scpi),
            Map.entry("sim", SimMeters::open),
            Map.entry("um25c", LineMeters::um25c)));

    /**
     * A meter and why it was taken.
     *
     * @param meter open, not started
     * @param why one sentence for a person
     */
    public record Chosen(Meter meter, String why) {}

    private Meters() {}

    /** For people: which kinds there are. */
    public static String kinds() {
        return String.join(", ", OPENERS.keySet());
    }

    /**
     * @throws IllegalArgumentException with one sentence for people where the words say no meter
     * @throws IOException where it cannot be opened; one sentence
     */
    public static Meter open(String text, MeterPlaces places) throws IOException {
        MeterWords words = MeterWords.parse(text);
        Opener opener = OPENERS.get(words.kind());
        if (opener == null) {
            throw new IllegalArgumentException(
                    "\"" + words.kind() + "\" is no meter; there are " + kinds() + " (docs/meters.md)");
        }
        boolean declared = words.has("accuracy") || words.has("offset") || words.has("resolution") || words.has("ppm");
        words.number("accuracy", 0);
        words.number("offset", 0);
        words.number("resolution", 0);
        words.number("ppm", 0);
        Meter meter = opener.open(words, places);
        try {
            return declared ? declared(meter, words) : meter;
        } catch (IllegalArgumentException wrong) {
            meter.close();
            throw wrong;
        }
    }

    private static Meter declared(Meter meter, MeterWords words) {
        MeterTraits traits = meter.traits();
        MeterAccuracy sheet = traits.accuracy();
        MeterAccuracy accuracy = new MeterAccuracy(
                words.number("accuracy", sheet.gain()),
                words.number("offset", sheet.offsetWatts()),
                words.number("resolution", sheet.resolutionWatts()));
        double ppm = words.number("ppm", traits.clockPpm());
        if (accuracy.equals(sheet) && ppm == traits.clockPpm()) {
            return meter; // a simulated meter or a recording has it from the words itself
        }
        return new DeclaredMeter(
                meter,
                new MeterTraits(
                        traits.name(),
                        traits.source() + ", accuracy as declared",
                        traits.samplesPerSecond(),
                        traits.means(),
                        accuracy,
                        ppm,
                        traits.digitalInputs(),
                        traits.maximumAmps()));
    }

    /**
     * The meter that is named, and where none is, the processor's counter, else a chip that the kernel drives, else a
     * simulated one.
     *
     * @param words of the meter; empty or {@code auto} where none is named
     * @param simulated words of the simulated meter, such as {@code sim}
     */
    public static Chosen choose(String words, MeterPlaces places, String simulated) throws IOException {
        if (!words.isEmpty() && !words.equals("auto")) {
            Meter meter = open(words, places);
            return new Chosen(meter, "meter: " + meter.traits().source() + ", as named by \"" + words + "\"");
        }
        String lack = "";
        for (String kind : new String[] {"rapl", "hwmon"}) {
            try {
                Meter meter = open(kind, places);
                return new Chosen(meter, "meter: " + meter.traits().source() + ", because none was named and "
                        + (lack.isEmpty() ? "this is here" : "this is here, while " + lack)
                        + "; it measures this machine, so name another for a board on a cable");
            } catch (IOException absent) {
                lack += (lack.isEmpty() ? "" : ", and ") + absent.getMessage().replaceFirst(";.*", "");
            }
        }
        Meter meter = open(simulated, places);
        return new Chosen(
                meter,
                "meter: " + meter.traits().source() + ", which measures nothing real, because none was named and " + lack
                        + "; name one with --meter (docs/meters.md)");
    }
}
