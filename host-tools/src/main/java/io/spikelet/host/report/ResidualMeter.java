package io.spikelet.host.report;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.TrainingNoise;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.reference.NeuronLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures what steps leave on the membranes of a network in float that resets by subtraction ({@link Residual}): what noise
 * has to stand for when such a network is trained in one step (arXiv 2211.05453).
 */
public final class ResidualMeter {
    private final String layer;
    private final NeuronLaw law;
    private final int neurons;
    private final Optional<TrainingNoise> noise;
    private final Sums all = new Sums();
    private final Sums within = new Sums();

    private ResidualMeter(String layer, NeuronLaw law, int neurons, Optional<TrainingNoise> noise) {
        this.layer = layer;
        this.law = law;
        this.neurons = neurons;
        this.noise = noise;
    }

    /**
     * Runs the samples.
     *
     * @param settings two time steps or more
     * @return the layers whose neurons keep what is above their threshold, in the order of computation
     * @throws IllegalArgumentException when no layer does, when several spikes may leave at once, when a threshold is not
     *     above 0, or when a sample does not fit
     */
    public static List<Residual> measure(
            Graph graph, InferenceSettings settings, SampleSet samples, Progress progress) {
        if (settings.timeSteps() < 2) {
            throw new IllegalArgumentException(
                    "one step leaves nothing for another; run two time steps or more: steps=" + settings.timeSteps());
        }
        if (settings.profile().isMultiSpike()) {
            throw new IllegalArgumentException("neurons of profile " + settings.profile()
                    + " fire several times a step, which leaves always less than a threshold; choose one without");
        }
        FloatClassifier classifier = new FloatClassifier(graph, settings);
        classifier.require(samples);
        FloatSimulator network = classifier.simulator();
        List<ResidualMeter> meters = new ArrayList<>();
        for (String name : network.neurons()) {
            ResidualMeter meter =
                    new ResidualMeter(name, network.law(name), network.output(name).length, noise(graph.node(name)));
            if (meter.keepsWhatIsLeft()) {
                meter.requireThresholds();
                meters.add(meter);
            }
        }
        if (meters.isEmpty()) {
            throw new IllegalArgumentException(graph.name() + " has no neurons that keep what is above their threshold;"
                    + " a reset to a value leaves that value: choose a profile with a soft reset, such as subtract");
        }
        for (int i = 0; i < samples.count(); i++) {
            classifier.begin(samples, i);
            for (int t = 0; t < settings.timeSteps(); t++) {
                classifier.advance(t);
                if (t < settings.timeSteps() - 1) {
                    for (ResidualMeter meter : meters) {
                        meter.add(network, t);
                    }
                }
            }
            progress.at(i + 1, samples.count());
        }
        return meters.stream().map(ResidualMeter::residual).toList();
    }

    private static Optional<TrainingNoise> noise(Node node) {
        return node instanceof Node.TwoBranch neuron ? Optional.ofNullable(neuron.noise()) : Optional.empty();
    }

    private boolean keepsWhatIsLeft() {
        boolean keeps = false;
        for (int n = 0; n < neurons; n++) {
            keeps |= law.a1(n) != 0;
        }
        return keeps;
    }

    private void requireThresholds() {
        for (int n = 0; n < neurons; n++) {
            if (!(law.threshold(0, n) > 0)) {
                throw new IllegalArgumentException("node '" + layer + "' has a threshold of " + law.threshold(0, n)
                        + "; what is left is measured in thresholds, which must be above 0");
            }
        }
    }

    private void add(FloatSimulator network, int step) {
        float[] compared = network.comparedMembrane(layer);
        float[] spikes = network.output(layer);
        for (int n = 0; n < neurons; n++) {
            double left = spikes[n] != 0 ? law.a1(n) * compared[n] + law.b1(n) : law.a0(n) * compared[n] + law.b0(n);
            double inThresholds = left / law.threshold(step, n);
            all.add(inThresholds);
            if (inThresholds >= 0 && inThresholds <= 1) {
                within.add(inThresholds);
            }
        }
    }

    private Residual residual() {
        return new Residual(layer, neurons, all.moments(), within.moments(), noise);
    }

    /** In the manner of Welford, so that many values of one size lose nothing. */
    private static final class Sums {
        private long count;
        private double mean;
        private double squares;

        private void add(double value) {
            count++;
            double off = value - mean;
            mean += off / count;
            squares += off * (value - mean);
        }

        private Residual.Moments moments() {
            return count == 0
                    ? new Residual.Moments(0, Double.NaN, Double.NaN)
                    : new Residual.Moments(count, mean, Math.sqrt(squares / count));
        }
    }
}
