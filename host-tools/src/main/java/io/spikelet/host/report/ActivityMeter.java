package io.spikelet.host.report;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/** Counts what an integer network does, layer by layer. Fast kernels keep no values of their own, so it runs plain ones. */
public final class ActivityMeter {
    private final List<LayerMeter> layers = new ArrayList<>();
    private int samples;

    ActivityMeter(SpikingNetwork network) {
        for (int i = 0; i < network.layers().size(); i++) {
            layers.add(new LayerMeter(network, i));
        }
    }

    /**
     * Runs an integer network.
     *
     * @return one for each layer, in the order of computation
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when a sample does not fit
     */
    public static List<LayerActivity> run(SpikingNetwork network, SampleSet samples, Progress progress)
            throws MalformedDataException {
        return over(network, samples, progress).activities();
    }

    /**
     * Runs an integer network, and is then asked for means or for sums.
     *
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when a sample does not fit
     */
    public static ActivityMeter over(SpikingNetwork network, SampleSet samples, Progress progress)
            throws MalformedDataException {
        Classifier classifier = Classifier.load(network);
        Evaluation.requireSampleBytes(network, samples);
        ActivityMeter meter = new ActivityMeter(network);
        Inference inference = Inference.forNetwork(network);
        byte[] sample = new byte[samples.sampleBytes()];
        for (int i = 0; i < samples.count(); i++) {
            samples.read(i, sample, 0);
            classifier.begin(sample, 0, inference);
            meter.begin();
            boolean ended = false;
            for (int t = 0; t < network.timeSteps() && !ended; t++) {
                ended = classifier.advance(sample, 0, t, inference);
                meter.look(classifier, t);
            }
            progress.at(i + 1, samples.count());
        }
        return meter;
    }

    void begin() {
        layers.forEach(LayerMeter::begin);
        samples++;
    }

    void look(Classifier classifier, int step) {
        for (LayerMeter layer : layers) {
            layer.look(classifier.engine(), step);
        }
    }

    /** One for each layer, in the order of computation: means a sample. */
    public List<LayerActivity> activities() {
        return layers.stream().map(layer -> layer.activity(samples)).toList();
    }

    /** One for each layer, in the order of computation: sums that a reader divides himself. */
    public List<LayerWork> work() {
        return layers.stream().map(layer -> layer.work(samples)).toList();
    }
}
