package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Contender;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.WeightBytes;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.model.SpikingNetwork;
import java.util.List;

/** A trained network of ours on given samples. */
final class ImageContender implements Contender {
    private final KernelFamily family;
    private final SpikingNetwork network;
    private final Classifier classifier;
    private final Inference answer;
    private final List<byte[]> samples;
    private int sample;
    private long operations;
    private long inferences;

    /** @param samples (count) of {@link SpikingNetwork#sampleBytes()} each */
    ImageContender(KernelFamily family, SpikingNetwork network, List<byte[]> samples) {
        if (samples.getFirst().length != network.sampleBytes()) {
            throw new IllegalArgumentException("the image takes samples of " + network.sampleBytes()
                    + " bytes, the data has " + samples.getFirst().length);
        }
        this.family = family;
        this.network = network;
        this.samples = samples;
        classifier = family.load(network);
        answer = Inference.forNetwork(network);
    }

    @Override
    public String name() {
        return family.label();
    }

    @Override
    public void infer() {
        classifier.infer(samples.get(sample), 0, answer);
        operations += answer.synapticOperations();
        inferences++;
        sample = sample + 1 == samples.size() ? 0 : sample + 1;
    }

    /** How many of the samples it gets right. */
    int countCorrect(byte[] labels, Progress progress) {
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            infer();
            correct += answer.predicted() == (labels[i] & 0xff) ? 1 : 0;
            progress.at(i + 1L, labels.length);
        }
        return correct;
    }

    double operationsPerInference() {
        return (double) operations / inferences;
    }

    @Override
    public long weightBytes() {
        return WeightBytes.of(network);
    }
}
