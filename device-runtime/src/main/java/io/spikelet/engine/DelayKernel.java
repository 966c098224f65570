package io.spikelet.engine;

import io.spikelet.model.Delay;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** Gives each value some steps later, from a ring for each value (docs/equations.md, J2). */
final class DelayKernel implements Kernel {
    private final Activity source;
    private final Activity target;

    /** (size) steps that each value waits. */
    private final int[] steps;

    /** (size) where each value's ring of {@code steps + 1} entries starts. */
    private final int[] start;

    private final int[] rings;

    /** @throws ArithmeticException when the rings together have more than 2^31 − 1 entries */
    DelayKernel(Delay delay, Shape shape, Activity source, Activity target) {
        this.source = source;
        this.target = target;
        steps = Parameter.perNeuron(delay.steps(), shape);
        start = new int[steps.length];
        int entries = 0;
        for (int n = 0; n < steps.length; n++) {
            start[n] = entries;
            entries = Math.addExact(entries, steps[n] + 1);
        }
        rings = new int[entries];
    }

    @Override
    public void step(int t) {
        for (int n = 0; n < steps.length; n++) {
            int length = steps[n] + 1;
            rings[start[n] + t % length] = source.value[n];
            // The entry behind the newest one is the oldest, written steps[n] steps ago, or still 0.
            target.value[n] = rings[start[n] + (t + 1) % length];
        }
        target.index();
    }

    @Override
    public void reset() {
        Arrays.fill(rings, 0);
        target.clear();
    }

    @Override
    public long operations() {
        return 0;
    }
}
