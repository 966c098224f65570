package io.spikelet.bench.gradients;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.learn.Learner;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/** The updates of one network: each sample from the image's weights, in integers and in double. */
final class GradientRun {
    /** Gradients shorter than that, over 1.0 of everything, count as none. */
    private static final double NOTHING = 1e-9;

    private GradientRun() {}

    static List<LayerCosine> of(
            String wiring, String rule, SpikingNetwork network, SampleSet samples, long seed, Progress progress)
            throws Exception {
        Learner learner = Learner.load(Classifier.load(network, Kernels.fastest()), seed);
        DoubleRule reference = new DoubleRule(network);
        Inference into = Inference.forNetwork(network);
        List<Integer> layers = network.learning().orElseThrow().layers();
        Tally[] tallies = new Tally[layers.size()];
        for (int k = 0; k < tallies.length; k++) {
            tallies[k] = new Tally();
        }
        for (int i = 0; i < samples.count(); i++) {
            learner.reset();
            learner.learn(samples.samples(), samples.offset(i), samples.label(i), into);
            double[][] expected = reference.gradients(samples.samples(), samples.offset(i), samples.label(i));
            for (int k = 0; k < tallies.length; k++) {
                tallies[k].add(learner.changes(k), expected[k]);
            }
            progress.at(i + 1, samples.count());
        }
        List<LayerCosine> rows = new ArrayList<>();
        for (int k = 0; k < tallies.length; k++) {
            rows.add(tallies[k].row(
                    wiring, rule, network.layers().get(layers.get(k)).name()));
        }
        return rows;
    }

    private static final class Tally {
        private double product;
        private double ours;
        private double theirs;
        private double sum;
        private double least = 1;
        private int samples;

        void add(int[] change, double[] gradient) {
            double ab = 0;
            double aa = 0;
            double bb = 0;
            for (int w = 0; w < change.length; w++) {
                ab -= change[w] * gradient[w];
                aa += (double) change[w] * change[w];
                bb += gradient[w] * gradient[w];
            }
            product += ab;
            ours += aa;
            theirs += bb;
            if (bb > NOTHING) {
                double cosine = aa == 0 ? 0 : ab / Math.sqrt(aa * bb);
                sum += cosine;
                least = Math.min(least, cosine);
                samples++;
            }
        }

        LayerCosine row(String wiring, String rule, String layer) {
            double cosine = ours > 0 && theirs > 0 ? product / Math.sqrt(ours * theirs) : 0;
            return new LayerCosine(
                    wiring, rule, layer, samples, cosine, samples == 0 ? 0 : sum / samples, samples == 0 ? 0 : least);
        }
    }
}
