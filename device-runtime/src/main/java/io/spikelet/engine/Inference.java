package io.spikelet.engine;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/** The answer to one sample, in arrays that are used again for the next one. */
public final class Inference {
    private final ScoreKeeper scores;
    private final ExitRule exit;
    private final byte[] outputSpikes;

    /** The output value that says that nothing fired. */
    private final int silence;

    private boolean ended;
    private int steps;
    private int predicted;
    private long spikes;
    private long synapticOperations;

    private Inference(SpikingNetwork network) {
        scores = ScoreKeeper.of(network);
        exit = new ExitRule(network);
        outputSpikes = new byte[outputSpikeBytes(network)];
        EdgeDomain output = network.output().output();
        silence = output.kind() == EdgeDomain.Kind.TIME ? output.maximum() : Activity.ZERO;
    }

    public static Inference forNetwork(SpikingNetwork network) {
        return new Inference(network);
    }

    /** The length of {@link #outputSpikes} for this network; 0 where the output gives potentials. */
    public static int outputSpikeBytes(SpikingNetwork network) {
        boolean spiking = network.output().output().kind() != EdgeDomain.Kind.SIGNED;
        return spiking ? (network.timeSteps() * network.output().shape().size() + 7) / 8 : 0;
    }

    void clear() {
        scores.clear();
        exit.clear();
        Arrays.fill(outputSpikes, (byte) 0);
        ended = false;
        steps = 0;
        predicted = 0;
        spikes = 0;
        synapticOperations = 0;
    }

    /**
     * Takes what one step gave; steps after the sample's end change nothing.
     *
     * @param values (outputs) the output layer's
     * @param spikeCount of all layers and all steps so far
     * @param operationCount of all steps so far
     * @return whether the sample may end
     */
    boolean collect(int t, int[] values, long spikeCount, long operationCount) {
        if (ended) {
            return true;
        }
        scores.collect(t, values);
        if (outputSpikes.length > 0) {
            mark(t, values);
        }
        steps = t + 1;
        spikes = spikeCount;
        synapticOperations = operationCount;
        ended = exit.ends(steps, scores);
        return ended;
    }

    private void mark(int t, int[] values) {
        for (int n = 0; n < values.length; n++) {
            if (values[n] != silence) {
                int bit = t * values.length + n;
                outputSpikes[bit >> 3] |= (byte) (0x80 >> (bit & 7));
            }
        }
    }

    void conclude() {
        predicted = scores.leader();
    }

    /** The class of the largest score; the lowest of several. */
    public int predicted() {
        return predicted;
    }

    /**
     * (classes) the spikes or potentials of each class's values, summed over the steps that were run; under a
     * first-spike readout the larger the earlier a class fired, 0 where it never did. The own array.
     */
    public int[] scores() {
        return scores.scores;
    }

    /**
     * Which outputs fired, T · outputs bits, step by step, most significant bit first, padded to a byte; 0 for steps
     * that were not run. Empty where the output gives potentials. The own array.
     */
    public byte[] outputSpikes() {
        return outputSpikes;
    }

    /** Time steps that were run before the readout's exit let the sample end: 1..T. */
    public int steps() {
        return steps;
    }

    /** Spikes of all neuron layers over the steps that were run. */
    public long spikes() {
        return spikes;
    }

    /** Synaptic operations over the steps that were run. */
    public long synapticOperations() {
        return synapticOperations;
    }
}
