package io.spikelet.bench.energy;

import java.util.List;
import java.util.Optional;

/**
 * What a run of windows says.
 *
 * @param method how windows were cut
 * @param borderNanos how sure their borders are, standard uncertainty
 * @param microjoules per inference: median of the windows, with its interval; empty when refused
 * @param idleWatts the power that was subtracted, with its interval; empty when none was
 * @param budget what the interval is made of, largest first; empty when refused
 * @param windows each window, also refused ones
 * @param findings what a reader must know; at least one that refuses when there is no interval
 */
public record EnergyResult(
        CutMethod method,
        double borderNanos,
        Optional<Interval> microjoules,
        Optional<Interval> idleWatts,
        List<BudgetPart> budget,
        List<WindowEnergy> windows,
        List<Finding> findings) {
    /** Copies the lists. */
    public EnergyResult {
        budget = List.copyOf(budget);
        windows = List.copyOf(windows);
        findings = List.copyOf(findings);
    }

    /** Whether no figure is stated. */
    public boolean refused() {
        return microjoules.isEmpty();
    }
}
