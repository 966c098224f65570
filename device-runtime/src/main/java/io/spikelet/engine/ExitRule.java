package io.spikelet.engine;

import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;

/** Decides after each step whether a sample may end (docs/equations.md, R4). */
final class ExitRule {
    private final int lastStep;
    private final int margin;
    private final int patience;

    /** Steps in a row at which the leading class was far enough ahead. */
    private int ahead;

    ExitRule(SpikingNetwork network) {
        Readout.Exit exit = network.readout().exit();
        lastStep = exit.lastStep() == 0 ? network.timeSteps() : Math.min(exit.lastStep(), network.timeSteps());
        margin = exit.margin();
        patience = exit.patience();
    }

    void clear() {
        ahead = 0;
    }

    /** @param steps that were run, this one included */
    boolean ends(int steps, ScoreKeeper scores) {
        if (margin > 0) {
            ahead = scores.lead(scores.leader()) >= margin ? ahead + 1 : 0;
        }
        return steps >= lastStep || margin > 0 && ahead >= patience;
    }
}
