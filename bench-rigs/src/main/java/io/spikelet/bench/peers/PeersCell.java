package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Ratio;
import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.LayerDensity;
import io.spikelet.bench.workload.Workload;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * One workload at one density and number of time steps, ours and the peers side by side.
 *
 * @param vectors what the JVM had
 * @param density as stated
 * @param densities as measured, one for each weighted layer
 * @param synapticOperations of one inference, mean over the samples
 * @param ours one for each kernel family
 * @param peers one for each form of the conventional network
 */
record PeersCell(
        Workload workload,
        VectorModule vectors,
        double density,
        int timeSteps,
        List<LayerDensity> densities,
        double synapticOperations,
        List<Timing> ours,
        List<Timing> peers)
        implements Serializable {
    PeersCell {
        densities = List.copyOf(densities);
        ours = List.copyOf(ours);
        peers = List.copyOf(peers);
    }

    /** Our fastest family. */
    Timing best() {
        return fastest(ours);
    }

    /** The faster of the peer's two int8 forms: the one that all ratios are taken against. */
    Timing int8Peer() {
        return fastest(
                peers.stream().filter(peer -> peer.name().contains("int8")).toList());
    }

    private static Timing fastest(List<Timing> timings) {
        return timings.stream()
                .min(Comparator.comparingDouble(timing -> timing.spread().median()))
                .orElseThrow();
    }

    /** How many times faster than the int8 peer's one pass. */
    Ratio against(Timing timing) {
        return Ratio.ofMedians(int8Peer().micros(), timing.micros());
    }

    boolean is(Workload wanted, VectorModule module, double atDensity, int steps) {
        return workload == wanted && vectors == module && Math.abs(density - atDensity) < 1e-9 && timeSteps == steps;
    }
}
