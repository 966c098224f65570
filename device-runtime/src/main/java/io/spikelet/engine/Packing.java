package io.spikelet.engine;

import io.spikelet.engine.gather.SpikeMap;

/** Bits of a plain kernel, packed for a fast one before it reads them. */
record Packing(Activity from, SpikeMap to) {
    void pack() {
        to.pack(from.active, from.activeCount);
    }
}
