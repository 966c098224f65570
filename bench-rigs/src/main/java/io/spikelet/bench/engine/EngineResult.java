package io.spikelet.bench.engine;

import io.spikelet.bench.measure.Machine;
import java.util.List;

/**
 * All that one run of {@code spikelet bench engine} found.
 *
 * @param machine the JVM that asked; flags of those that measured stand in {@code flags}
 * @param flags (kinds of JVM) what each measuring JVM was started with
 */
record EngineResult(Machine machine, List<String> flags, List<EngineCell> cells) {
    EngineResult {
        flags = List.copyOf(flags);
        cells = List.copyOf(cells);
    }
}
