package io.spikelet.bench.meters;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.instrument.Ppk2Meter;
import io.spikelet.hal.instrument.Ppk2Supply;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.sim.SimCurrent;
import io.spikelet.hal.sim.SimInstrument;
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
    };

    private static final int MILLIVOLTS = 3300;

    private final String word;

    StreamKind(String word) {
        this.word = word;
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
