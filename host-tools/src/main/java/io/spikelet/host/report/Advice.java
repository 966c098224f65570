package io.spikelet.host.report;

import java.util.List;

/**
 * Each layer of weights alone in other kinds: what that costs or wins.
 *
 * @param base how many were right before
 * @param trials layer by layer
 * @param untried why layers have no trial, one sentence each
 */
public record Advice(Accuracy base, List<KindTrial> trials, List<String> untried) {
    public Advice {
        trials = List.copyOf(trials);
        untried = List.copyOf(untried);
    }
}
