package io.spikelet.bench.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that came of a run.
 *
 * @param accuracy where it was asked for
 * @param performance where it was asked for
 * @param energy where it was asked for
 * @param models what published models make of the image; where the image is known and data is given
 * @param incomplete why phases that were asked for are missing; empty when none is
 */
record RunResult(
        Manifest manifest,
        Optional<AccuracyResult> accuracy,
        Optional<PerformanceResult> performance,
        Optional<EnergyOutcome> energy,
        Optional<BesideModels> models,
        Optional<BrokenOff> incomplete) {
    /**
     * A failure after which nothing more was measured.
     *
     * @param phase that failed
     * @param why one sentence
     */
    record BrokenOff(Mode phase, String why) {
        String sentence() {
            return "the run is incomplete, it broke off in " + phase.word() + ": " + why;
        }
    }

    /** Why figures are missing, or not to be reported. */
    List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        incomplete.map(BrokenOff::sentence).ifPresent(refusals::add);
        performance.flatMap(PerformanceResult::refusal).ifPresent(refusals::add);
        energy.ifPresent(measured -> refusals.addAll(measured.refusals()));
        return refusals;
    }

    /** What a reader must know beside the figures. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        if (!manifest.rules().ruled()) {
            findings.add(manifest.rules().sentence());
        }
        accuracy.filter(measured ->
                        measured.runner().accuracy() != measured.top1().share())
                .ifPresent(
                        measured -> findings.add("the MLPerf Tiny runner would compute another accuracy, for it divides"
                                + " scores by their sum first: the device sends scores below 0"));
        energy.ifPresent(measured -> findings.addAll(measured.findings()));
        return findings;
    }
}
