package io.spikelet.bench.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.scratch.ScratchNetwork;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private static Trial trial(int steps, double... losses) {
        LearningRule rule = new LearningRule(ScratchNetwork.LEARNING, 0.1f, 1);
        Subject subject = new Subject(
                "group", ScratchNetwork.leaking(1 << 14, new Shape(1, 2, 2), 255, 3, 2, steps, rule, 1), 0.9);
        return new Trial("time", "condition", "ideal", subject, new Chips(losses));
    }

    @Test
    void shouldTellMoreLossFromLessAndFromNone() {
        Trial one = trial(1, 1, 2, 3, 4);
        assertTrue(Claim.of(List.of(one, trial(16, 3, 4, 5.5, 5.5))).verdict().startsWith("CONFIRMED"));
        assertTrue(Claim.of(List.of(one, trial(16, 0, 1, 1.5, 3.5))).verdict().startsWith("REFUTED"));
        assertEquals(
                "no difference", Claim.of(List.of(one, trial(16, 2, 1, 4, 3))).verdict());
    }

    /** Chips differ more from each other than what is asked, and chip k is the same chip for both. */
    @Test
    void shouldCompareChipByChip() {
        Claim claim = Claim.of(List.of(trial(16, 1.5, 11, 21.5, 31), trial(1, 1, 10, 21, 30)));
        assertEquals(0.75, claim.difference(), 1e-12);
        assertTrue(claim.error() < 0.2, claim.sentence());
    }

    @Test
    void shouldGiveTheDeviationOfASample() {
        Chips chips = new Chips(new double[] {2, 4, 4, 4, 5, 5, 7, 9});
        assertEquals(5, chips.mean());
        assertEquals(Math.sqrt(32 / 7.0), chips.spread(), 1e-12);
    }
}
