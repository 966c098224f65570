package io.spikelet.bench.demo;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.Inferences;
import io.spikelet.host.report.Accuracy;
import java.util.Arrays;

/**
 * What the board answered to a set, beside what the host predicted for it.
 *
 * @param host how many the host predicts to be right
 * @param board how many were right on the board
 * @param disagreeing samples of which any output spike, score, or count of spikes or operations differs
 * @param answers the board's answers
 */
record Comparison(Accuracy host, Accuracy board, int disagreeing, Inferences answers) {

    /** Predicts with the very engine that the board runs, and compares bit for bit. */
    static Comparison of(Classifier host, SampleSet samples, Inferences answers) {
        Inference predicted = Inference.forNetwork(host.network());
        int hostCorrect = 0;
        int boardCorrect = 0;
        int disagreeing = 0;
        for (int i = 0; i < samples.count(); i++) {
            host.infer(samples.samples(), samples.offset(i), predicted);
            disagreeing += answers.agrees(i, predicted) ? 0 : 1;
            hostCorrect += predicted.predicted() == samples.label(i) ? 1 : 0;
            boardCorrect += answers.classes()[i] == samples.label(i) ? 1 : 0;
        }
        return new Comparison(
                new Accuracy(hostCorrect, samples.count()),
                new Accuracy(boardCorrect, samples.count()),
                disagreeing,
                answers);
    }

    double medianMicroseconds() {
        long[] sorted = answers.nanos().clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1000.0;
    }

    double spikesPerInference() {
        return Arrays.stream(answers.spikes()).average().orElse(0);
    }

    double operationsPerInference() {
        return Arrays.stream(answers.synapticOperations()).average().orElse(0);
    }
}
