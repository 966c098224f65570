package io.spikelet.host.link;

import io.spikelet.engine.Inference;
import java.util.Arrays;

/**
 * What a board made of samples, in the order sent.
 *
 * @param classes (samples) the class of each
 * @param scores (samples)(classes) the readout's scores
 * @param spikeBits (samples) the output spikes: T·outputs bits, step by step, most significant bit first, padded with
 *     0 to a whole byte
 * @param spikes (samples) spikes of all neurons
 * @param synapticOperations (samples)
 * @param nanos (samples) time on the board
 * @param numbers (samples) under which a board that adapts takes a label later; −1 where it keeps nothing
 */
public record Inferences(
        int[] classes,
        int[][] scores,
        byte[][] spikeBits,
        long[] spikes,
        long[] synapticOperations,
        long[] nanos,
        long[] numbers) {

    public int count() {
        return classes.length;
    }

    /** Whether a board answered a sample as predicted: class, scores, every output spike, and both counts. */
    public boolean agrees(int sample, Inference predicted) {
        return predicted.predicted() == classes[sample]
                && Arrays.equals(predicted.scores(), scores[sample])
                && Arrays.equals(predicted.outputSpikes(), spikeBits[sample])
                && predicted.spikes() == spikes[sample]
                && predicted.synapticOperations() == synapticOperations[sample];
    }
}
