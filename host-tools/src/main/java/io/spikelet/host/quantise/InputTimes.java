package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Encoder;

/** Which time each byte of a sample stands for. */
final class InputTimes {
    private static final int BYTES = 256;

    private InputTimes() {}

    /** @param fullScale the byte that means 1.0 */
    static Encoder of(Node.FirstSpike neuron, int fullScale) {
        float[] values = neuron.values();
        int[] time = new int[BYTES];
        for (int v = 0; v < BYTES; v++) {
            // In float, as the reference computes it, so that both agree where a value meets a threshold.
            float real = v / (float) fullScale;
            while (time[v] < values.length && real < neuron.threshold() * values[time[v]]) {
                time[v]++;
            }
        }
        return new Encoder.SpikeTimes(values.length, time);
    }
}
