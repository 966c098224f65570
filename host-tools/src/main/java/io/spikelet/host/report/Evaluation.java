package io.spikelet.host.report;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;

/**
 * What a network answers to every sample of a set.
 *
 * @param accuracy how many were right
 * @param predictions (samples) classes
 * @param spikesPerInference mean over the samples, all neuron layers, all time steps
 * @param operationsPerInference mean synaptic operations; NaN for a float network, which does not count them
 */
public record Evaluation(
        Accuracy accuracy, int[] predictions, double spikesPerInference, double operationsPerInference) {

    /**
     * Runs the integer network with the very engine that a board runs.
     *
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when a sample does not fit the network's input
     */
    public static Evaluation ofInteger(SpikingNetwork network, SampleSet samples, Progress progress)
            throws MalformedDataException {
        Classifier classifier = Classifier.load(network);
        requireSampleBytes(network, samples);
        Inference inference = Inference.forNetwork(network);
        Tally tally = new Tally(samples);
        for (int i = 0; i < samples.count(); i++) {
            classifier.infer(samples.samples(), samples.offset(i), inference);
            tally.add(i, inference.predicted(), inference.spikes(), inference.synapticOperations());
            progress.at(i + 1, samples.count());
        }
        return tally.evaluation(true);
    }

    /**
     * Runs the float reference.
     *
     * @throws IllegalArgumentException when a sample or the readout does not fit the graph
     */
    public static Evaluation ofFloat(Graph graph, InferenceSettings settings, SampleSet samples, Progress progress) {
        FloatClassifier classifier = new FloatClassifier(graph, settings);
        classifier.require(samples);
        Tally tally = new Tally(samples);
        for (int i = 0; i < samples.count(); i++) {
            classifier.begin();
            for (int t = 0; t < settings.timeSteps(); t++) {
                classifier.advance(samples, i, t);
            }
            tally.add(i, classifier.predicted(), classifier.spikes(), 0);
            progress.at(i + 1, samples.count());
        }
        return tally.evaluation(false);
    }

    static void requireSampleBytes(SpikingNetwork network, SampleSet samples) {
        if (samples.sampleBytes() != network.sampleBytes()) {
            throw new IllegalArgumentException(
                    "a sample must have " + network.sampleBytes() + " bytes: sampleBytes=" + samples.sampleBytes());
        }
    }

    /** Counts while samples go by. */
    static final class Tally {
        private final SampleSet samples;
        private final int[] predictions;
        private int correct;
        private long spikes;
        private long operations;

        Tally(SampleSet samples) {
            this.samples = samples;
            predictions = new int[samples.count()];
        }

        void add(int sample, int predicted, long spikeCount, long operationCount) {
            predictions[sample] = predicted;
            correct += predicted == samples.label(sample) ? 1 : 0;
            spikes += spikeCount;
            operations += operationCount;
        }

        Evaluation evaluation(boolean countsOperations) {
            double count = predictions.length;
            return new Evaluation(
                    new Accuracy(correct, predictions.length),
                    predictions,
                    spikes / count,
                    countsOperations ? operations / count : Double.NaN);
        }
    }
}
