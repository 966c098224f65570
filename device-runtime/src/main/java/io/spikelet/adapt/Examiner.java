package io.spikelet.adapt;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/**
 * Lets models answer samples whose class is known. An accuracy is the mean of the classes' accuracies, in 1/10000, so
 * that a class with few samples weighs as much as one with many; rounded down. Allocates nothing. One thread.
 */
final class Examiner {
    private final byte[] sample;
    private final Inference answer;
    private final Inference other;
    private final int[] right;
    private final int[] asked;

    Examiner(SpikingNetwork network) {
        sample = new byte[network.sampleBytes()];
        answer = Inference.forNetwork(network);
        other = Inference.forNetwork(network);
        right = new int[network.readout().classes()];
        asked = new int[network.readout().classes()];
    }

    int accuracy(Classifier model, ReplayMemory known) {
        begin();
        for (int c = 0; c < right.length; c++) {
            for (int n = 0; n < known.size(c); n++) {
                known.sample(known.place(c, n), sample, 0);
                ask(model, c);
            }
        }
        return mean();
    }

    int accuracy(Classifier model, SampleRing known) {
        begin();
        for (long number = known.firstHeld(); number < known.next(); number++) {
            known.sample(number, sample);
            ask(model, known.classOf(number));
        }
        return mean();
    }

    private void begin() {
        Arrays.fill(right, 0);
        Arrays.fill(asked, 0);
    }

    private void ask(Classifier model, int label) {
        model.infer(sample, 0, answer);
        asked[label]++;
        right[label] += answer.predicted() == label ? 1 : 0;
    }

    private int mean() {
        long sum = 0;
        int present = 0;
        for (int c = 0; c < right.length; c++) {
            if (asked[c] > 0) {
                sum += (long) right[c] * AdaptationSettings.WHOLE * AdaptationSettings.WHOLE / asked[c];
                present++;
            }
        }
        return present == 0 ? 0 : (int) (sum / present / AdaptationSettings.WHOLE);
    }

    /** Share of samples that both answer alike, in 1/10000; 10000 where there are none. */
    int agreement(Classifier one, Classifier another, SampleRing inputs) {
        int same = 0;
        for (long number = inputs.firstHeld(); number < inputs.next(); number++) {
            inputs.sample(number, sample);
            one.infer(sample, 0, answer);
            another.infer(sample, 0, other);
            same += answer.predicted() == other.predicted() ? 1 : 0;
        }
        return inputs.size() == 0 ? AdaptationSettings.WHOLE : same * AdaptationSettings.WHOLE / inputs.size();
    }

    /** Shows a model every guard sample and a watch what its answers look like. */
    void refer(Classifier model, ReplayMemory known, AnswerStatistics statistics, DriftWatch watch) {
        watch.beginReference();
        for (int c = 0; c < right.length; c++) {
            for (int n = 0; n < known.size(c); n++) {
                known.sample(known.place(c, n), sample, 0);
                model.infer(sample, 0, answer);
                watch.refer(answer.predicted(), statistics.of(model, answer));
            }
        }
        watch.concludeReference();
    }
}
