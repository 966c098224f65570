package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Join;

/** Joins spikes one by one. */
record JoinStep(Join.Kind kind, float[][] sources, float[] output) implements Step {

    static JoinStep of(Node.SpikeJoin join, float[][] sources, float[] output) {
        return new JoinStep(join.kind(), sources, output);
    }

    @Override
    public void run() {
        for (int i = 0; i < output.length; i++) {
            float joined = kind == Join.Kind.AND_NOT ? 1 - sources[0][i] : sources[0][i];
            for (int k = 1; k < sources.length; k++) {
                joined *= sources[k][i];
            }
            output[i] = joined;
        }
    }
}
