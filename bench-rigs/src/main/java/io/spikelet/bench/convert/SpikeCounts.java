package io.spikelet.bench.convert;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;

/** How often neurons fire whose edges carry times. */
final class SpikeCounts {
    private SpikeCounts() {}

    /**
     * The most spikes of one neuron in one sample: times within the window, over all steps that are run. Fails on a time
     * beyond the window, which would be no spike at all.
     */
    static int mostOfAnyNeuron(SpikingNetwork network, SampleSet samples, int count) throws MalformedDataException {
        Classifier classifier = Classifier.load(network);
        Inference answer = Inference.forNetwork(network);
        byte[] sample = new byte[samples.sampleBytes()];
        int most = 0;
        for (int k = 0; k < Math.min(count, samples.count()); k++) {
            samples.read(k, sample, 0);
            for (int i = 0; i < network.layers().size(); i++) {
                Layer layer = network.layers().get(i);
                if (layer.operation() instanceof FirstSpike) {
                    most = Math.max(most, most(classifier, answer, sample, i, layer));
                }
            }
        }
        return most;
    }

    private static int most(Classifier classifier, Inference answer, byte[] sample, int index, Layer layer) {
        int[] fired = new int[layer.shape().size()];
        int silent = layer.output().maximum();
        classifier.begin(sample, 0, answer);
        int most = 0;
        for (int t = 0; t < classifier.network().timeSteps(); t++) {
            classifier.advance(sample, 0, t, answer);
            int[] times = classifier.engine().values(index);
            for (int n = 0; n < fired.length; n++) {
                if (layer.output().kind() != EdgeDomain.Kind.TIME || times[n] < 0 || times[n] > silent) {
                    throw new IllegalStateException("neuron " + n + " of " + layer.name() + " gave " + times[n]);
                }
                fired[n] += times[n] < silent ? 1 : 0;
                most = Math.max(most, fired[n]);
            }
        }
        return most;
    }
}
