package io.spikelet.bench.guard;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.learn.Learner;
import io.spikelet.model.SpikingNetwork;

/** A model that serves whatever it learns, as a board does without adaptation. */
final class PlainLearning {
    private final Learner learner;
    private final Inference answer;

    PlainLearning(SpikingNetwork network) throws Exception {
        learner = Learner.load(Classifier.load(network, Kernels.BEST), Learner.BOARD_SEED);
        answer = Inference.forNetwork(network);
    }

    void learn(byte[] samples, int offset, int label) {
        learner.learn(samples, offset, label, answer);
    }

    SpikingNetwork learned() {
        return learner.learnedNetwork();
    }
}
