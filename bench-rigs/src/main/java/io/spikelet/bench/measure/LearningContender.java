package io.spikelet.bench.measure;

import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.engine.Inference;
import io.spikelet.learn.Learner;
import io.spikelet.learn.NotLearnableException;

/** Our learner: each turn begins with the weights as they came, so that what was learned never moves the densities. */
public final class LearningContender implements Contender {
    private final KernelFamily family;
    private final PreparedWorkload workload;
    private final Learner learner;
    private final Inference answer;
    private int sample;

    public LearningContender(KernelFamily family, PreparedWorkload workload) {
        this.family = family;
        this.workload = workload;
        answer = Inference.forNetwork(workload.network());
        try {
            learner = Learner.load(family.load(workload.network()), Learner.BOARD_SEED);
        } catch (NotLearnableException e) {
            throw new IllegalArgumentException("a workload that learns must be learnable: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return family.label();
    }

    @Override
    public void prepare() {
        learner.reset();
    }

    @Override
    public void infer() {
        int label = sample % workload.network().readout().classes();
        learner.learn(workload.samples(), workload.offset(sample), label, answer);
        sample = sample + 1 == workload.count() ? 0 : sample + 1;
    }

    @Override
    public long weightBytes() {
        return workload.weightBytes();
    }
}
