package io.spikelet.engine;

import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/** The answer to one sample, in arrays that are used again for the next one. */
public final class Inference {
    private final int[] scores;
    private final byte[] outputSpikes;
    private final int population;
    private int predicted;
    private long spikes;
    private long synapticOperations;

    private Inference(int classes, int population, int timeSteps) {
        this.population = population;
        scores = new int[classes];
        outputSpikes = new byte[(timeSteps * classes * population + 7) / 8];
    }

    public static Inference forNetwork(SpikingNetwork network) {
        return new Inference(network.readout().classes(), network.readout().population(), network.timeSteps());
    }

    void clear() {
        Arrays.fill(scores, 0);
        Arrays.fill(outputSpikes, (byte) 0);
    }

    void collect(int t, int[] fired) {
        for (int n = 0; n < fired.length; n++) {
            if (fired[n] != 0) {
                scores[n / population]++;
                int bit = t * fired.length + n;
                outputSpikes[bit >> 3] |= (byte) (0x80 >> (bit & 7));
            }
        }
    }

    void conclude(long spikeCount, long operationCount) {
        spikes = spikeCount;
        synapticOperations = operationCount;
        predicted = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[predicted]) {
                predicted = c;
            }
        }
    }

    /** The class whose population fired most; the lowest of several. */
    public int predicted() {
        return predicted;
    }

    /** (classes) spikes of each class's population over all time steps; the own array. */
    public int[] scores() {
        return scores;
    }

    /** Output spikes, T · outputs bits, step by step, most significant bit first, padded to a byte; the own array. */
    public byte[] outputSpikes() {
        return outputSpikes;
    }

    /** Spikes of all neuron layers over all time steps. */
    public long spikes() {
        return spikes;
    }

    /** Synaptic operations over all time steps. */
    public long synapticOperations() {
        return synapticOperations;
    }
}
