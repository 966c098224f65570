package io.spikelet.bench.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What SATA's estimator gives for inference and training of one sample (docs/metrics.md).
 *
 * @param mode whose arithmetic
 * @param learning how the network learns
 * @param steps T
 * @param gradientSparsity s_du, the share of membrane gradients that are 0; assumed, inference does not show it
 * @param picojoules by term
 * @param weightDram of weights to and from DRAM, pJ; they are moved once a sample whatever T
 */
public record SataEstimate(
        SataMode mode,
        SataLearning learning,
        double steps,
        double gradientSparsity,
        Map<SataTerm, Double> picojoules,
        double weightDram) {
    public SataEstimate {
        picojoules = Map.copyOf(picojoules);
    }

    /**
     * Adds up a network.
     *
     * @param steps T
     * @param gradientSparsity 0..1
     */
    public static SataEstimate of(
            List<SataLayer> layers, double steps, double gradientSparsity, SataMode mode, SataLearning learning) {
        if (!(gradientSparsity >= 0 && gradientSparsity <= 1)) {
            throw new IllegalArgumentException("the gradients' sparsity must be 0..1: " + gradientSparsity);
        }
        SataSum sum = new SataSum(steps, gradientSparsity, mode, learning);
        layers.forEach(sum::add);
        Map<SataTerm, Double> terms = new TreeMap<>();
        Arrays.stream(SataTerm.values()).forEach(term -> terms.put(term, sum.picojoules(term)));
        return new SataEstimate(mode, learning, steps, gradientSparsity, terms, sum.weightDram());
    }

    /** Inference and training, pJ. */
    public double total() {
        return sum(_ -> true);
    }

    /** One phase, pJ. */
    public double of(SataTerm.Phase phase) {
        return sum(term -> term.phase() == phase);
    }

    /** What one phase takes of one unit, pJ. */
    public double of(SataTerm.Phase phase, SataTerm.Unit unit) {
        return sum(term -> term.phase() == phase && term.unit() == unit);
    }

    private double sum(Predicate<SataTerm> chosen) {
        return Arrays.stream(SataTerm.values())
                .filter(chosen)
                .mapToDouble(picojoules::get)
                .sum();
    }

    /** In multiplies with accumulates of a conventional network at 16 bits, 0.2779 pJ each; rounded. */
    public static long macUnits(double picojoules) {
        return Math.round(picojoules / Sata.MAC);
    }
}
