package io.spikelet.model;

/**
 * A neuron of time-to-first-spike coding with base-2 kernels (CAT, DAC 2022, arXiv 2208.04494): a whole window of
 * integration, then a window in which it fires at most once. Edges carry times: 0..window − 1, or {@code window} for no
 * spike.
 *
 * <pre>
 * potential = Σ_k gain[k]·acc_k + bias[k]         acc = Σ_i w_i · 2^(−t_i / tau), by a layer that reads times
 * time      = the first t with potential ≥ threshold[t], else window
 * </pre>
 *
 * Layers are pipelined: each adds {@code window} steps of latency.
 *
 * @param window steps of the firing phase, 1..255
 * @param threshold (window) potential LSBs, falling
 * @param drives one for each inbound edge
 * @param potentialMaximum the proved largest absolute potential
 */
public record FirstSpike(int window, int[] threshold, java.util.List<Operation.Drive> drives, long potentialMaximum)
        implements Operation {
    public FirstSpike {
        drives = java.util.List.copyOf(drives);
        Requirement.that(window >= 1 && window <= 255, "a window has 1..255 steps");
    }
}
