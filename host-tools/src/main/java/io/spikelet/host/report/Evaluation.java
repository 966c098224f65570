package io.spikelet.host.report;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network answers to every sample of a set.
 *
 * @param accuracy how many were right
 * @param predictions (samples) classes
 * @param scores (samples, classes) what was compared: spikes or potentials; null where it was not kept
 * @param spikesPerInference mean over the samples, all neuron layers, all time steps
 * @param operationsPerInference mean synaptic operations; NaN for a float network, which does not count them
 * @param medianNanos the median time of one inference on this machine; 0 where it was not taken
 */
public record Evaluation(
        Accuracy accuracy,
        int[] predictions,
        double[][] scores,
        double spikesPerInference,
        double operationsPerInference,
        long medianNanos) {

    /** Without scores and times. */
    public Evaluation(Accuracy accuracy, int[] predictions, double spikesPerInference, double operationsPerInference) {
        this(accuracy, predictions, new double[predictions.length][], spikesPerInference, operationsPerInference, 0);
    }

    /** Runs the integer network on one thread. */
    public static Evaluation ofInteger(SpikingNetwork network, SampleSet samples, Progress progress)
            throws MalformedDataException {
        return ofInteger(network, samples, 1, progress);
    }

    /**
     * Runs the integer network with the very engine that a board runs.
     *
     * @param threads engines that share the samples, 1 or more; the answers do not depend on them
     * @param progress told by one thread at a time
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when a sample does not fit the network's input
     */
    public static Evaluation ofInteger(SpikingNetwork network, SampleSet samples, int threads, Progress progress)
            throws MalformedDataException {
        requireSampleBytes(network, samples);
        List<SampleCrew.Worker> workers = new ArrayList<>();
        for (int w = 0; w < threads; w++) {
            workers.add(worker(network, samples, Classifier.load(network, Kernels.fastest())));
        }
        return SampleCrew.run(samples, workers, progress).evaluation(true);
    }

    /**
     * Runs a classifier that was loaded in whatever way, on one thread.
     *
     * @throws IllegalArgumentException when a sample does not fit the network's input
     */
    public static Evaluation ofClassifier(
            SpikingNetwork network, SampleSet samples, Classifier classifier, Progress progress) {
        requireSampleBytes(network, samples);
        return SampleCrew.run(samples, List.of(worker(network, samples, classifier)), progress)
                .evaluation(true);
    }

    private static SampleCrew.Worker worker(SpikingNetwork network, SampleSet samples, Classifier classifier) {
        Inference inference = Inference.forNetwork(network);
        byte[] sample = new byte[samples.sampleBytes()];
        return (i, answers) -> {
            samples.read(i, sample, 0);
            long start = System.nanoTime();
            classifier.infer(sample, 0, inference);
            answers.took(i, System.nanoTime() - start);
            answers.set(i, inference.predicted(), inference.spikes(), inference.synapticOperations());
            answers.scored(i, inference.scores());
        };
    }

    /** Runs the float reference on one thread. */
    public static Evaluation ofFloat(Graph graph, InferenceSettings settings, SampleSet samples, Progress progress) {
        return ofFloat(graph, settings, samples, 1, progress);
    }

    /**
     * Runs the float reference.
     *
     * @param threads simulators that share the samples, 1 or more; the answers do not depend on them
     * @param progress told by one thread at a time
     * @throws IllegalArgumentException when a sample or the readout does not fit the graph
     */
    public static Evaluation ofFloat(
            Graph graph, InferenceSettings settings, SampleSet samples, int threads, Progress progress) {
        List<SampleCrew.Worker> workers = new ArrayList<>();
        for (int w = 0; w < threads; w++) {
            FloatClassifier classifier = new FloatClassifier(graph, settings);
            classifier.require(samples);
            workers.add((i, answers) -> {
                long start = System.nanoTime();
                classifier.begin(samples, i);
                for (int t = 0; t < settings.timeSteps(); t++) {
                    classifier.advance(t);
                }
                answers.took(i, System.nanoTime() - start);
                answers.set(i, classifier.predicted(), classifier.spikes(), 0);
                answers.scored(i, classifier.scores());
            });
        }
        return SampleCrew.run(samples, workers, progress).evaluation(false);
    }

    static void requireSampleBytes(SpikingNetwork network, SampleSet samples) {
        Shape input = network.layers().getFirst().shape();
        samples.requireShape(input, network.sampleBytes() / input.size());
    }

    /** How many samples another network took for the same class. */
    public int agreementWith(Evaluation other) {
        int same = 0;
        for (int i = 0; i < predictions.length; i++) {
            same += predictions[i] == other.predictions[i] ? 1 : 0;
        }
        return same;
    }
}
