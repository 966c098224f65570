package io.spikelet.bench.scratch;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.learn.Learner;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;

/**
 * One network that learns from its random weights, then answers the test samples.
 *
 * @param learned samples, in all passes
 * @param right of {@code tested}
 * @param micros of one learning step, its inference included, mean
 */
record ScratchRun(int learned, int right, int tested, double micros) {
    double accuracy() {
        return (double) right / tested;
    }

    /**
     * @param order in which training samples come, over all passes
     * @param shuffled whether the labels are drawn anew, a control that must learn nothing
     */
    static ScratchRun of(
            SpikingNetwork network,
            SampleSet train,
            int[] order,
            boolean shuffled,
            SampleSet test,
            long seed,
            Progress progress)
            throws Exception {
        Classifier classifier = Classifier.load(network);
        Learner learner = Learner.load(classifier, seed);
        Inference into = Inference.forNetwork(network);
        Random labels = new Random(seed);
        byte[] samples = train.samples();
        long nanos = System.nanoTime();
        for (int k = 0; k < order.length; k++) {
            int sample = order[k];
            int label = shuffled ? labels.nextInt(train.classes()) : train.label(sample);
            learner.learn(samples, train.offset(sample), label, into);
            progress.at(k + 1, order.length);
        }
        nanos = System.nanoTime() - nanos;
        return new ScratchRun(
                order.length, right(learner.learnedNetwork(), test), test.count(), nanos / 1e3 / order.length);
    }

    private static int right(SpikingNetwork network, SampleSet test) throws Exception {
        Classifier classifier = Classifier.load(network, Kernels.BEST);
        Inference into = Inference.forNetwork(network);
        byte[] samples = test.samples();
        int right = 0;
        for (int i = 0; i < test.count(); i++) {
            classifier.infer(samples, test.offset(i), into);
            right += into.predicted() == test.label(i) ? 1 : 0;
        }
        return right;
    }

    /** Passes over samples 0..count − 1, each in an order of its own. */
    static int[] order(int count, int passes, long seed) {
        Random random = new Random(seed);
        int[] order = new int[count * passes];
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < count; i++) {
                int j = pass * count + random.nextInt(i + 1);
                order[pass * count + i] = order[j];
                order[j] = i;
            }
        }
        return order;
    }
}
