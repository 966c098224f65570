package io.spikelet.hal.coprocessor;

import java.util.List;

/**
 * How a layer lies on a device, or why it cannot.
 *
 * @param layer what was asked for
 * @param refusals one sentence each; none where the layer fits
 * @param tiles how many arrays or cores it takes
 */
public record Plan(SynapseLayer layer, List<String> refusals, int tiles) {
    public Plan {
        refusals = List.copyOf(refusals);
    }

    public boolean fits() {
        return refusals.isEmpty();
    }
}
