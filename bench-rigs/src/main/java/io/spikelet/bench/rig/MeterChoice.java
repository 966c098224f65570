package io.spikelet.bench.rig;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.sim.EdgeWireReader;
import java.io.IOException;
import java.util.Optional;

/** Which meter a run gets: the one that was named, the machine's own where the board is on it, a simulated one otherwise. */
final class MeterChoice {
    static final String SIMULATED = "sim";

    private MeterChoice() {}

    /**
     * Opens it.
     *
     * @param words as a person wrote them; empty where nobody did
     * @param own the device, where that is a board of ours on this machine
     */
    static ChosenMeter open(String words, Optional<OwnBoard> own) throws IOException {
        return simulated("no meter was named, and this machine has neither RAPL nor a hwmon power sensor that may be read", own);
    }

    private static ChosenMeter simulated(String why, Optional<OwnBoard> own) {
        Meter meter = SimulatedSupply.meter(own.map(board -> new EdgeWireReader(board.pin())), System.nanoTime());
        return new ChosenMeter(meter, why, true, own.isPresent());
    }
}
