package io.spikelet.hal.attach;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.instrument.Lpm01aMeter;
import io.spikelet.hal.instrument.Lpm01aSetup;
import io.spikelet.hal.instrument.OtiiMeter;
import io.spikelet.hal.instrument.OtiiSetup;
import io.spikelet.hal.instrument.Ppk2Meter;
import io.spikelet.hal.instrument.Ppk2Supply;
import io.spikelet.hal.instrument.ScpiMeter;
import io.spikelet.hal.instrument.ScpiSetup;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.tcp.TcpLink;
import java.io.IOException;
import java.util.Locale;

/**
 * Instruments that are boxes of their own, at a serial line or a TCP port. The supply's volts have no default: most
 * give it.
 */
final class InstrumentMeters {
    private static final int CONNECT_MILLIS = 5000;
    private static final int MOST_PORT = 65_535;
    private static final double MILLI = 1000;
    private static final int TEXT_RATE = 10_000;
    private static final int USUAL_BAUD = 115_200;
    private static final String SERIAL = "serial:";
    private static final String TCP = "tcp:";

    private InstrumentMeters() {}

    /** {@code ppk2:/dev/ttyACM0,volts=3.3,mode=source}. */
    static Meter ppk2(MeterWords words, MeterPlaces places) throws IOException {
        String path = words.requirePlace("ppk2:/dev/ttyACM0,volts=3.3");
        boolean sources = choice(words, "mode", "source", "ampere");
        Ppk2Supply supply = new Ppk2Supply(sources, millivolts(words));
        words.requireAllUsed();
        return Ppk2Meter.open(places.lines().open(path, Ppk2Meter.BAUD), supply);
    }

    /** {@code lpm01a:/dev/ttyACM0,volts=3.3,rate=10000,format=text,output=energy}. */
    static Meter lpm01a(MeterWords words, MeterPlaces places) throws IOException {
        String path = words.requirePlace("lpm01a:/dev/ttyACM0,volts=3.3");
        boolean text = choice(words, "format", "text", "binary");
        boolean energy = choice(words, "output", "energy", "current");
        Lpm01aSetup setup = new Lpm01aSetup(!text, energy, words.whole("rate", TEXT_RATE), millivolts(words));
        words.requireAllUsed();
        return Lpm01aMeter.open(places.lines().open(path, Lpm01aMeter.BAUD), setup);
    }

    /** {@code scpi:tcp:HOST:5025,volts=5} or {@code scpi:serial:/dev/ttyUSB0,volts=5,baud=115200}. */
    static Meter scpi(MeterWords words, MeterPlaces places) throws IOException {
        String place = words.requirePlace("scpi:tcp:HOST:5025,volts=5 or scpi:serial:/dev/ttyUSB0,volts=5");
        ScpiSetup.Way way;
        String wanted = words.word("way", "integrated");
        try {
            way = ScpiSetup.Way.valueOf(wanted.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "the meter \"" + words + "\" has way=" + wanted + ", which is integrated, digitised or polled",
                    unknown);
        }
        ScpiSetup setup = new ScpiSetup(
                way,
                words.whole("rate", TEXT_RATE),
                words.positive("nplc", 1),
                words.number("range", way == ScpiSetup.Way.DIGITISED ? 1 : 0),
                volts(words));
        int baud = words.whole("baud", USUAL_BAUD);
        words.requireAllUsed();
        if (place.startsWith(SERIAL)) {
            return ScpiMeter.open(places.lines().open(place.substring(SERIAL.length()), baud), setup);
        }
        if (!place.startsWith(TCP)) {
            throw new IllegalArgumentException(
                    "the meter \"" + words + "\" is neither at tcp:HOST:5025 nor at serial:/dev/ttyUSB0");
        }
        return ScpiMeter.open(connected(words, place.substring(TCP.length()), ScpiMeter.PORT), setup);
    }

    /** {@code otii:HOST,volts=3.3,most=0.5,device=NAME}. */
    static Meter otii(MeterWords words, MeterPlaces places) throws IOException {
        String place = words.requirePlace("otii:127.0.0.1,volts=3.3");
        OtiiSetup setup = new OtiiSetup(words.word("device", ""), volts(words), words.positive("most", 0.5));
        words.requireAllUsed();
        return OtiiMeter.open(connected(words, place, OtiiMeter.PORT), setup);
    }

    private static boolean choice(MeterWords words, String name, String usual, String other) {
        String chosen = words.word(name, usual);
        if (!chosen.equals(usual) && !chosen.equals(other)) {
            throw new IllegalArgumentException(
                    "the meter \"" + words + "\" has " + name + "=" + chosen + ", which is " + usual + " or " + other);
        }
        return chosen.equals(usual);
    }

    private static double volts(MeterWords words) {
        if (!words.has("volts")) {
            throw new IllegalArgumentException(
                    "the meter \"" + words + "\" does not say the board's supply; give volts=, such as volts=3.3");
        }
        return words.positive("volts", 0);
    }

    private static int millivolts(MeterWords words) {
        return (int) Math.round(volts(words) * MILLI);
    }

    private static ByteLink connected(MeterWords words, String place, int usualPort) throws IOException {
        int colon = place.lastIndexOf(':');
        String host = colon < 0 ? place : place.substring(0, colon);
        int port = usualPort;
        if (colon >= 0) {
            try {
                port = Integer.parseInt(place.substring(colon + 1));
            } catch (NumberFormatException notOne) {
                port = 0;
            }
        }
        if (host.isEmpty() || port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException("the meter \"" + words + "\" names no host with a port of 1 to 65535");
        }
        return TcpLink.connect(host, port, CONNECT_MILLIS);
    }
}
