package io.spikelet.bench.energy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a run of windows says.
 *
 * @param method how windows were cut
 * @param borderNanos how sure their borders are, standard uncertainty
 * @param microjoules per inference: median of the windows, with its interval; empty when refused
 * @param instruments the same by what the instruments owe alone, without run-to-run scatter: it holds the median of what
 *     these very windows took, whatever the board did from one to the next; empty when refused
 * @param parts how wide each group of parts would make the interval alone; empty when refused
 * @param idleWatts the power that was subtracted, with its interval; empty when none was
 * @param budget what the interval is made of, largest first; empty when refused
 * @param windows each window, also refused ones
 * @param findings what a reader must know; at least one that refuses when there is no interval
 */
public record EnergyResult(
        CutMethod method,
        double borderNanos,
        Optional<Interval> microjoules,
        Optional<Interval> instruments,
        List<IntervalPart> parts,
        Optional<Interval> idleWatts,
        List<BudgetPart> budget,
        List<WindowEnergy> windows,
        List<Finding> findings) {
    /** Copies the lists. */
    public EnergyResult {
        parts = List.copyOf(parts);
        budget = List.copyOf(budget);
        windows = List.copyOf(windows);
        findings = List.copyOf(findings);
    }

    /** Whether no figure is stated. */
    public boolean refused() {
        return microjoules.isEmpty();
    }

    /**
     * The interval that some parts of the budget would make alone; empty when refused.
     *
     * @param wanted which
     * @param level probability that it holds, such as .95
     */
    public Optional<Interval> by(Predicate<BudgetPart.Source> wanted, double level) {
        return microjoules.map(whole -> Budget.of(budget, wanted).around(whole.value(), level, level));
    }
}
