package io.spikelet.bench.meters;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.instrument.Lpm01aMeter;
import io.spikelet.hal.instrument.Lpm01aSetup;
import io.spikelet.hal.instrument.Ppk2Meter;
import io.spikelet.hal.instrument.Ppk2Supply;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.sim.SimCurrent;
import io.spikelet.hal.sim.SimInstrument;
import io.spikelet.hal.sim.SimLpm01a;
import io.spikelet.hal.sim.SimPpk2;
import io.spikelet.hal.sim.WireFaults;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A stream to keep up with: the simulated instrument at one end, its meter at the other. */
enum StreamKind {
    /** 4 bytes a sample, 100,000 samples a second. */
    PPK2("ppk2") {
        @Override
        SimInstrument instrument(ByteLink link, SimCurrent board) {
            return new SimPpk2(link, board, new WireFaults());
        }

        @Override
        Meter meter(String path) throws IOException {
            return Ppk2Meter.open(SerialLink.open(path, Ppk2Meter.BAUD), new Ppk2Supply(true, MILLIVOLTS));
        }
    },
    /** 2 bytes a sample, 100,000 samples a second, its highest rate. */
    LPM01A("lpm01a") {
        @Override
        SimInstrument instrument(ByteLink link, SimCurrent board) {
            return new SimLpm01a(link, board, new WireFaults());
        }

        @Override
        Meter meter(String path) throws IOException {
            return lpm01a(path, true, 100_000);
        }
    },
    /** 9 characters a sample, 10,000 samples a second, its highest rate. */
    LPM01A_TEXT("lpm01a-text") {
        @Override
        SimInstrument instrument(ByteLink link, SimCurrent board) {
            return new SimLpm01a(link, board, new WireFaults());
        }

        @Override
        Meter meter(String path) throws IOException {
            return lpm01a(path, false, 10_000);
        }
    };

    private static final int MILLIVOLTS = 3300;

    private final String word;

    StreamKind(String word) {
        this.word = word;
    }

    private static Meter lpm01a(String path, boolean binary, int hertz) throws IOException {
        return Lpm01aMeter.open(
                SerialLink.open(path, Lpm01aMeter.BAUD), new Lpm01aSetup(binary, true, hertz, MILLIVOLTS));
    }

    abstract SimInstrument instrument(ByteLink link, SimCurrent board);

    abstract Meter meter(String path) throws IOException;

    String word() {
        return word;
    }

    static StreamKind of(String word) {
        for (StreamKind kind : values()) {
            if (kind.word.equals(word.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is no stream; there are "
                + Arrays.stream(values()).map(StreamKind::word).collect(Collectors.joining(", ")));
    }
}
