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
        MeterPlaces places = MeterPlaces.ofThisMachine();
        String simulated = own.map(board -> SIMULATED + ":" + board.pin()).orElse(SIMULATED);
        if (words.isEmpty()) {
            Meters.Chosen chosen = Meters.choose(places, simulated);
            boolean made = isSimulated(chosen.meter());
            return new ChosenMeter(chosen.meter(), chosen.why(), made, made && own.isPresent());
        }
        MeterWords parsed = MeterWords.parse(words);
        boolean sim = parsed.kind().equals(SIMULATED);
        boolean seesPin = sim && own.isPresent() && parsed.place().isEmpty();
        // sim,seed=3 becomes sim:PIN,seed=3, so that the simulated load follows the board that is at hand
        String wired = seesPin ? simulated + words.replaceFirst("^sim:?,?", ",").replaceFirst(",$", "") : words;
        Meter meter = Meters.open(wired, places);
        return new ChosenMeter(meter, "meter: " + meter.traits().source() + ", as --meter says", sim, seesPin);
    }

    private static boolean isSimulated(Meter meter) {
        return meter.traits().name().equals(SIMULATED);
    }
}
