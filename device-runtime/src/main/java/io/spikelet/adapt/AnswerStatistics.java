package io.spikelet.adapt;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.model.SpikingNetwork;

/** What an answer looks like without its label: how much each layer fired, and how far the answer stands out. */
final class AnswerStatistics {
    private static final int RATE_BITS = 8;

    private final long[] values;

    AnswerStatistics(SpikingNetwork network) {
        values = new long[network.layers().size()];
    }

    int count() {
        return values.length;
    }

    /** The index of the margin; layer k's firing, from the first behind the input, is at k − 1. */
    int margin() {
        return values.length - 1;
    }

    /**
     * The statistics of a model's latest answer: spikes a step of each layer, Q8, then the margin. The own array.
     */
    long[] of(Classifier model, Inference answer) {
        for (int k = 0; k < values.length - 1; k++) {
            values[k] = (model.engine().spikes(k + 1) << RATE_BITS) / answer.steps();
        }
        values[margin()] = (margin(answer.scores()) << RATE_BITS) / answer.steps();
        return values;
    }

    /** The best score minus the second. */
    private static long margin(int[] scores) {
        long best = Integer.MIN_VALUE;
        long second = Integer.MIN_VALUE;
        for (int score : scores) {
            if (score > best) {
                second = best;
                best = score;
            } else {
                second = Math.max(second, score);
            }
        }
        return best - second;
    }
}
