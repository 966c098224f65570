package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorContract;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;

class TinyOdinContractTest extends CoProcessorContract {
    @Override
    protected CoProcessor open() {
        SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(17));
        return new TinyOdin("chip", port, port, Firing.ONCE_A_STEP);
    }
}
