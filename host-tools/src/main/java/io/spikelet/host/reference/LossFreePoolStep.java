package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** The growth of the largest sum over time within each window (docs/equations.md, P4). */
final class LossFreePoolStep implements Step {
    private final float[] arriving;
    private final float[] output;
    private final float[] sums;
    private final float[] largest;
    private final float[] given;
    private final PoolStep pool;

    LossFreePoolStep(Node.LossFreePool2d node, Shape in, Shape out, float[] arriving, float[] output) {
        this.arriving = arriving;
        this.output = output;
        sums = new float[arriving.length];
        largest = new float[output.length];
        given = new float[output.length];
        pool = new PoolStep(node, in, out, sums, largest);
    }

    @Override
    public boolean isStateless() {
        return false;
    }

    @Override
    public void reset() {
        Arrays.fill(sums, 0);
        Arrays.fill(given, 0);
    }

    @Override
    public void run() {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += arriving[i];
        }
        pool.run();
        for (int i = 0; i < output.length; i++) {
            output[i] = largest[i] - given[i];
            given[i] = largest[i];
        }
    }
}
