package io.spikelet.bench.energy.coverage;

import io.spikelet.bench.energy.Finding;
import java.util.Optional;

/** What is wrong with a run on purpose, and what must be found. */
enum Fault {
    /** Nothing is. */
    NONE(null),
    /** Two samples for each three inferences, exactly. */
    IN_STEP(Finding.Kind.ALIASING),
    /** A sample each 300 ms. */
    SLOW_METER(Finding.Kind.TOO_FEW_SAMPLES),
    /** The supply dips by a fifth for 2 ms. */
    DIP(Finding.Kind.BROWN_OUT),
    /** Each window is 1 % slower than the one before. */
    HOT(Finding.Kind.THROTTLING),
    /** One window takes 8 % more. */
    DISTURBED(Finding.Kind.SCATTER),
    /** The current reaches the meter's maximum. */
    CLIPPED(Finding.Kind.OVER_RANGE),
    /** The board's clock is 2,000 ppm off. */
    SLOW_CLOCK(Finding.Kind.CLOCK_DRIFT),
    /** 30 ms without a sample. */
    GAP(Finding.Kind.LOST_SAMPLES);

    private final Optional<Finding.Kind> told;

    Fault(Finding.Kind told) {
        this.told = Optional.ofNullable(told);
    }

    /** What a result must say. */
    Optional<Finding.Kind> told() {
        return told;
    }
}
