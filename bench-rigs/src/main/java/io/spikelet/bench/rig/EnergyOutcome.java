package io.spikelet.bench.rig;

import java.util.List;

record EnergyOutcome() {
    List<String> refusals() { return List.of(); }
    List<String> findings() { return List.of(); }
}
