package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;

/** Each value becomes what the first step says at which it reaches the falling threshold. */
record FirstSpikeStep(float[] thresholds, float[] values, float[] arriving, float[] output) implements Step {

    static FirstSpikeStep of(Node.FirstSpike neuron, float[] arriving, float[] output) {
        float[] values = neuron.values();
        float[] thresholds = new float[values.length];
        for (int t = 0; t < values.length; t++) {
            thresholds[t] = neuron.threshold() * values[t];
        }
        return new FirstSpikeStep(thresholds, values, arriving, output);
    }

    @Override
    public void run() {
        for (int i = 0; i < output.length; i++) {
            int t = 0;
            while (t < values.length && arriving[i] < thresholds[t]) {
                t++;
            }
            output[i] = t < values.length ? values[t] : 0;
        }
    }
}
