package io.spikelet.hal.crossbar;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorContract;

/** The crossbar without any trouble of its own: its sums are exact. */
class CrossbarContractTest extends CoProcessorContract {
    @Override
    protected CoProcessor open() {
        return new Crossbar("crossbar0", CrossbarPresets.parse("ideal"));
    }
}
