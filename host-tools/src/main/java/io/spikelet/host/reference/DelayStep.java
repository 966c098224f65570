package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import java.util.Arrays;

/** Gives each value some steps later, 0 before the first. */
final class DelayStep implements Step {
    private final int[] steps;

    /** (longest delay + 1, values) what arrived, one row a step, written round and round. */
    private final float[][] past;

    private final float[] arriving;
    private final float[] output;
    private int t;

    private DelayStep(int[] steps, float[] arriving, float[] output) {
        this.steps = steps;
        this.arriving = arriving;
        this.output = output;
        past = new float[Arrays.stream(steps).max().orElseThrow() + 1][output.length];
    }

    static DelayStep of(String name, Node.Delay delay, double dt, float[] arriving, float[] output) {
        return new DelayStep(delay.steps(name, dt, output.length), arriving, output);
    }

    @Override
    public boolean isStateless() {
        return false;
    }

    @Override
    public void reset() {
        t = 0;
        for (float[] row : past) {
            Arrays.fill(row, 0);
        }
    }

    @Override
    public void run() {
        System.arraycopy(arriving, 0, past[t % past.length], 0, output.length);
        for (int i = 0; i < output.length; i++) {
            output[i] = t < steps[i] ? 0 : past[(t - steps[i]) % past.length][i];
        }
        t++;
    }
}
