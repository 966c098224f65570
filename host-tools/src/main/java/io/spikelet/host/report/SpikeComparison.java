package io.spikelet.host.report;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The float and the integer network side by side on the same samples.
 *
 * @param floating what the float network answered
 * @param integer what the integer network answered
 * @param layers every layer of neurons that fire, in the order of computation
 */
public record SpikeComparison(Evaluation floating, Evaluation integer, List<SpikeAgreement> layers) {
    public SpikeComparison {
        layers = List.copyOf(layers);
    }

    /**
     * Runs both.
     *
     * @param graph what the network was made from; a layer is found by its node's name
     * @throws MalformedDataException when the network may not run
     * @throws IllegalArgumentException when a sample or the readout does not fit
     */
    public static SpikeComparison run(
            Graph graph, InferenceSettings settings, SpikingNetwork network, SampleSet samples, Progress progress)
            throws MalformedDataException {
        Classifier integer = Classifier.load(network);
        Evaluation.requireSampleBytes(network, samples);
        FloatClassifier floating = new FloatClassifier(graph, settings);
        floating.require(samples);
        List<Counter> counters = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).operation() instanceof Operation.Neuron neuron
                    && neuron.output() != Operation.Neuron.Output.POTENTIAL) {
                counters.add(new Counter(i, network.layers().get(i), neuron));
            }
        }
        Answers floatAnswers = new Answers(samples);
        Answers integerAnswers = new Answers(samples);
        byte[] sample = new byte[samples.sampleBytes()];
        Inference inference = Inference.forNetwork(network);
        for (int i = 0; i < samples.count(); i++) {
            floating.begin(samples, i);
            samples.read(i, sample, 0);
            integer.begin(sample, 0, inference);
            for (int t = 0; t < network.timeSteps(); t++) {
                floating.advance(t);
                integer.advance(sample, 0, t, inference);
                for (Counter counter : counters) {
                    counter.count(floating.simulator(), integer, i, t);
                }
            }
            integer.conclude(inference);
            floatAnswers.set(i, floating.predicted(), floating.spikes(), 0);
            integerAnswers.set(i, inference.predicted(), inference.spikes(), inference.synapticOperations());
            progress.at(i + 1, samples.count());
        }
        long steps = (long) samples.count() * network.timeSteps();
        return new SpikeComparison(
                floatAnswers.evaluation(false),
                integerAnswers.evaluation(true),
                counters.stream().map(counter -> counter.agreement(steps)).toList());
    }

    /** The spikes of one layer. */
    private static final class Counter {
        private final int index;
        private final Layer layer;
        private final int[][] threshold;
        private final float[] unit;
        private long floatSpikes;
        private long integerSpikes;
        private long bothSpikes;
        private SpikeAgreement.Divergence first;

        Counter(int index, Layer layer, Operation.Neuron neuron) {
            this.index = index;
            this.layer = layer;
            threshold = new int[neuron.thresholdSteps()][];
            int row = neuron.threshold().length / threshold.length;
            for (int t = 0; t < threshold.length; t++) {
                threshold[t] = Parameter.perNeuron(
                        Arrays.copyOfRange(neuron.threshold(), t * row, (t + 1) * row), layer.shape());
            }
            unit = Parameter.perNeuron(neuron.membraneUnit(), layer.shape());
        }

        void count(FloatSimulator floating, Classifier integer, int sample, int step) {
            float[] inFloat = floating.output(layer.name());
            int[] inInteger = integer.engine().values(index);
            for (int n = 0; n < inInteger.length; n++) {
                int inBoth = Math.min((int) inFloat[n], inInteger[n]);
                floatSpikes += (int) inFloat[n];
                integerSpikes += inInteger[n];
                bothSpikes += inBoth;
                boolean floatFired = inFloat[n] > inBoth;
                if ((int) inFloat[n] != inInteger[n] && first == null) {
                    first = new SpikeAgreement.Divergence(
                            sample,
                            step,
                            n,
                            floatFired,
                            floatFired ? Double.NaN : floating.membrane(layer.name())[n],
                            (double) integer.engine().membrane(index)[n] * unit[n],
                            (double) threshold[threshold.length == 1 ? 0 : step][n] * unit[n]);
                }
            }
        }

        SpikeAgreement agreement(long steps) {
            return new SpikeAgreement(
                    layer.name(),
                    steps * layer.shape().size(),
                    floatSpikes,
                    integerSpikes,
                    bothSpikes,
                    Optional.ofNullable(first));
        }
    }
}
