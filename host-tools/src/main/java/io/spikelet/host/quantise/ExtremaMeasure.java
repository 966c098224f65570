package io.spikelet.host.quantise;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.learn.HoyerExtremum;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Hoyer extrema that a network's membranes have on calibration samples, by the board's own integers: what the thresholds of
 * an image that calibrates itself were made for (docs/equations.md, L17).
 */
final class ExtremaMeasure {
    /** So many samples are spread over a larger set; their mean is what matters. */
    private static final int MOST_SAMPLES = 1000;

    private ExtremaMeasure() {}

    /** The network whose rule, where it calibrates, holds the means over the samples; any other as it is. */
    static SpikingNetwork of(SpikingNetwork network, SampleSet samples) throws MalformedDataException {
        Optional<LearningRule> learning = network.learning();
        if (learning.isEmpty() || learning.get().method().kind() != LearningMethod.Kind.CALIBRATION) {
            return network;
        }
        LearningRule rule = learning.get();
        SpikingNetwork frozen = network.withLearning(Optional.empty());
        Classifier classifier = Classifier.load(frozen);
        int[] driven = new int[rule.layers().size()];
        HoyerExtremum[] extrema = new HoyerExtremum[driven.length];
        double[][] sums = new double[driven.length][];
        int[][] heard = new int[driven.length][];
        for (int k = 0; k < driven.length; k++) {
            int weights = rule.layers().get(k);
            driven[k] = reader(network, weights);
            Layer neurons = network.layers().get(driven[k]);
            int[] threshold =
                    Parameter.perNeuron(((Operation.Neuron) neurons.operation()).threshold(), neurons.shape());
            int groups =
                    network.layers().get(weights).operation() instanceof Operation.Conv2d conv ? conv.outChannels() : 1;
            extrema[k] = new HoyerExtremum(threshold, rule.method().membraneClip(), groups);
            sums[k] = new double[groups];
            heard[k] = new int[groups];
        }
        int count = Math.min(MOST_SAMPLES, samples.count());
        byte[] sample = new byte[samples.sampleBytes()];
        Inference into = Inference.forNetwork(frozen);
        for (int i = 0; i < count; i++) {
            samples.read((int) ((long) i * samples.count() / count), sample, 0);
            run(classifier, sample, into, driven, extrema);
            for (int k = 0; k < driven.length; k++) {
                for (int g = 0; g < sums[k].length; g++) {
                    int found = extrema[k].of(g);
                    sums[k][g] += found;
                    heard[k][g] += found > 0 ? 1 : 0;
                }
            }
        }
        List<List<Float>> means = new ArrayList<>();
        for (int k = 0; k < driven.length; k++) {
            means.add(means(sums[k], heard[k], rule.method().membraneClip()));
        }
        return network.withLearning(Optional.of(rule.withMethod(rule.method().withExtrema(means))));
    }

    private static void run(
            Classifier classifier, byte[] sample, Inference into, int[] driven, HoyerExtremum[] extrema) {
        for (HoyerExtremum extremum : extrema) {
            extremum.beginSample();
        }
        classifier.begin(sample, 0, into);
        boolean ended = false;
        for (int t = 0; t < classifier.network().timeSteps() && !ended; t++) {
            ended = classifier.advance(sample, 0, t, into);
            for (int k = 0; k < driven.length; k++) {
                extrema[k].step(classifier.engine().membrane(driven[k]));
            }
        }
    }

    private static int reader(SpikingNetwork network, int weights) {
        for (int i = 1; i < network.layers().size(); i++) {
            if (network.layers().get(i).inputs().stream().anyMatch(inbound -> inbound.source() == weights)) {
                return i;
            }
        }
        throw new IllegalArgumentException("layer " + weights + " drives no neuron");
    }

    /** A group whose membranes never rose above 0 counts as if its extremum were its threshold. */
    private static List<Float> means(double[] sums, int[] heard, float membraneClip) {
        List<Float> means = new ArrayList<>();
        for (int g = 0; g < sums.length; g++) {
            double mean = heard[g] == 0 ? 1 / membraneClip : StrictMath.scalb(sums[g] / heard[g], -HoyerExtremum.BITS);
            means.add((float) Math.clamp(mean, Float.MIN_NORMAL, 1));
        }
        return means;
    }
}
