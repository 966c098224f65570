package io.spikelet.bench.crossbar;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;

/**
 * A network that goes on chips.
 *
 * @param group networks that differ in their time steps alone
 * @param clean accuracy in integers, 0..1, on the samples that chips are judged by
 */
record Subject(String group, SpikingNetwork network, double clean) {
    static Subject of(String group, SpikingNetwork network, SampleSet samples) throws MalformedDataException {
        return new Subject(group, network, accuracy(Classifier.load(network, Kernels.fastest()), samples));
    }

    int steps() {
        return network.timeSteps();
    }

    /** 0..1 */
    static double accuracy(Classifier classifier, SampleSet samples) {
        Inference into = Inference.forNetwork(classifier.network());
        byte[] sample = new byte[samples.sampleBytes()];
        int right = 0;
        for (int i = 0; i < samples.count(); i++) {
            samples.read(i, sample, 0);
            classifier.infer(sample, 0, into);
            right += into.predicted() == samples.label(i) ? 1 : 0;
        }
        return (double) right / samples.count();
    }
}
