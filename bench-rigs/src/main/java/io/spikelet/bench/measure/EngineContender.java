package io.spikelet.bench.measure;

import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.engine.Inference;

/** Our engine with one family of kernels. A kernel alone is stepped without a readout. */
public final class EngineContender implements Contender {
    private final KernelFamily family;
    private final PreparedWorkload workload;
    private final Classifier classifier;
    private final Inference answer;
    private final boolean kernelOnly;
    private int sample;

    private EngineContender(KernelFamily family, PreparedWorkload workload) {
        this.family = family;
        this.workload = workload;
        classifier = family.load(workload.network());
        answer = Inference.forNetwork(workload.network());
        kernelOnly = workload.workload().isKernel();
    }

    /** The contender for a workload: it infers, or infers and learns. */
    public static Contender of(KernelFamily family, PreparedWorkload workload) {
        return workload.workload().learns()
                ? new LearningContender(family, workload)
                : new EngineContender(family, workload);
    }

    @Override
    public String name() {
        return family.label();
    }

    @Override
    public void infer() {
        int offset = workload.offset(sample);
        if (kernelOnly) {
            Engine engine = classifier.engine();
            engine.reset();
            engine.step(workload.samples(), offset);
        } else {
            classifier.infer(workload.samples(), offset, answer);
        }
        sample = sample + 1 == workload.count() ? 0 : sample + 1;
    }

    @Override
    public long weightBytes() {
        return workload.weightBytes();
    }
}
