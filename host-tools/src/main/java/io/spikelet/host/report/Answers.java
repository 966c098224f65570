package io.spikelet.host.report;

import io.spikelet.host.data.SampleSet;
import java.util.Arrays;

/** What a network said to each sample. Every sample is written by one thread, so none waits for another. */
final class Answers {
    private final SampleSet samples;
    private final int[] predictions;
    private final double[][] scores;
    private final long[] spikes;
    private final long[] operations;
    private final long[] nanos;

    Answers(SampleSet samples) {
        this.samples = samples;
        predictions = new int[samples.count()];
        scores = new double[samples.count()][];
        spikes = new long[samples.count()];
        operations = new long[samples.count()];
        nanos = new long[samples.count()];
    }

    void set(int sample, int predicted, long spikeCount, long operationCount) {
        predictions[sample] = predicted;
        spikes[sample] = spikeCount;
        operations[sample] = operationCount;
    }

    /** @param given (classes) copied */
    void scored(int sample, double[] given) {
        scores[sample] = given.clone();
    }

    void scored(int sample, int[] given) {
        scores[sample] = Arrays.stream(given).asDoubleStream().toArray();
    }

    void took(int sample, long time) {
        nanos[sample] = time;
    }

    Evaluation evaluation(boolean countsOperations) {
        int correct = 0;
        for (int i = 0; i < predictions.length; i++) {
            correct += predictions[i] == samples.label(i) ? 1 : 0;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Evaluation(
                new Accuracy(correct, predictions.length),
                predictions,
                scores,
                Arrays.stream(spikes).average().orElse(0),
                countsOperations ? Arrays.stream(operations).average().orElse(0) : Double.NaN,
                sorted[sorted.length / 2]);
    }
}
