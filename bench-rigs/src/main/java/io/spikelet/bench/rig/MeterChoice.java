package io.spikelet.bench.rig;

import io.spikelet.hal.attach.MeterPlaces;
import io.spikelet.hal.attach.MeterWords;
import io.spikelet.hal.attach.Meters;
import io.spikelet.hal.meter.Meter;
import java.io.IOException;
import java.util.Optional;

/** Which meter a run gets: the one that was named, or what this machine has where the board is on it. */
final class MeterChoice {
    private static final String SIMULATED = "sim";
    private static final String RAPL = "rapl";
    private static final String HWMON = "hwmon";

    private MeterChoice() {}

    /**
     * Whether a run without {@code --meter} has one: what this machine measures says something of a board on it alone.
     *
     * @param address of the device
     */
    static boolean isGiven(String words, DutAddress address) {
        return !words.isEmpty() || address instanceof DutAddress.Own;
    }

    /**
     * Opens it.
     *
     * @param words as a person wrote them; empty where nobody did
     * @param own the device, where that is a board of ours on this machine
     * @throws IllegalArgumentException when the words name no meter
     * @throws IOException when it cannot be opened
     */
    static ChosenMeter open(String words, Optional<OwnBoard> own) throws IOException {
        String wired = own.map(board -> SIMULATED + ":" + board.pin()).orElse(SIMULATED);
        MeterWords parsed = MeterWords.parse(words);
        boolean named = parsed.kind().equals(SIMULATED) && parsed.place().isEmpty();
        // sim,seed=3 becomes sim:PIN,seed=3, so that the simulated load follows the board that is at hand
        String wanted = named ? wired + words.replaceFirst("^sim:?,?", ",").replaceFirst(",$", "") : words;
        Meters.Chosen chosen = Meters.choose(wanted, MeterPlaces.ofThisMachine(), wired);
        boolean simulated = chosen.meter().traits().name().equals(SIMULATED);
        boolean seesPin =
                own.isPresent() && simulated && (named || !parsed.kind().equals(SIMULATED));
        return new ChosenMeter(chosen.meter(), chosen.why(), simulated, wholeMachine(chosen.meter(), own), seesPin);
    }

    /** RAPL always measures its own machine; a kernel's sensor may be wired to a board on a cable, but not to a process. */
    private static boolean wholeMachine(Meter meter, Optional<OwnBoard> own) {
        String name = meter.traits().name();
        return name.equals(RAPL) || own.isPresent() && name.equals(HWMON);
    }
}
