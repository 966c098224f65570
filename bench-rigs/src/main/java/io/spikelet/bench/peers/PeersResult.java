package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Machine;
import java.util.List;

/**
 * All that one run of {@code spikelet bench peers} found.
 *
 * @param machines one for each kind of JVM that measured
 * @param python what the Python peers said; empty when they were not asked
 */
record PeersResult(
        List<Machine> machines, List<PeersCell> cells, List<PythonPeers.Finding> python, List<String> absent) {
    PeersResult {
        machines = List.copyOf(machines);
        cells = List.copyOf(cells);
        python = List.copyOf(python);
        absent = List.copyOf(absent);
    }

    List<Floor> floors() {
        return Floor.judge(cells);
    }
}
