package io.spikelet.host.quantise;

import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person chooses when a graph is quantised.
 *
 * @param name the network's name on the board, at most 128 characters
 * @param inference profile, time step, steps, encoder, readout
 * @param inputFullScale the input integer that means 1.0, 1..255
 * @param inputMaximum the largest input integer, from which bounds are proved; the board refuses larger ones, 1..255
 * @param learning what may learn on the board
 * @param securityCounter anti-rollback, 0 or more
 * @param weights how weights become integers
 */
public record QuantiseOptions(
        String name,
        InferenceSettings inference,
        int inputFullScale,
        int inputMaximum,
        Optional<Learning> learning,
        long securityCounter,
        WeightRule weights) {

    /**
     * The learner's settings ({@link io.spikelet.model.LearningRule}).
     *
     * @param learningRate η, above 0
     * @param logitGain κ, above 0
     * @param halving samples after which the step is half; 0 for a step that stays
     * @param nodes the dense and convolution nodes that learn; empty for every dense node on the chain that ends at the
     *     output and begins behind the last convolution
     * @param everywhere whether every node with weights learns, in place of those
     * @param rates by node, what the learning rate is multiplied with; 1 for others
     * @param method how it is learned; its rates of layers are not read
     */
    public record Learning(
            float learningRate,
            float logitGain,
            int halving,
            List<String> nodes,
            boolean everywhere,
            Map<String, Float> rates,
            LearningMethod method) {
        /** OTTT with a step that stays. */
        public Learning(float learningRate, float logitGain, List<String> nodes) {
            this(learningRate, logitGain, 0, nodes, false, Map.of(), LearningMethod.OTTT);
        }

        public Learning {
            nodes = List.copyOf(nodes);
            rates = Map.copyOf(rates);
            if (!(learningRate > 0 && Float.isFinite(learningRate) && logitGain > 0 && Float.isFinite(logitGain))) {
                throw new IllegalArgumentException("learning rate and logit gain must be positive: learningRate="
                        + learningRate + " logitGain=" + logitGain);
            }
        }
    }

    public QuantiseOptions {
        if (name.length() > 128) {
            throw new IllegalArgumentException("a name has at most 128 characters: length=" + name.length());
        }
        if (inputFullScale < 1 || inputFullScale > 255 || inputMaximum < 1 || inputMaximum > 255) {
            throw new IllegalArgumentException("input full scale and maximum must be 1..255: inputFullScale="
                    + inputFullScale + " inputMaximum=" + inputMaximum);
        }
        if (securityCounter < 0) {
            throw new IllegalArgumentException("securityCounter must be 0 or more: securityCounter=" + securityCounter);
        }
    }

    /** No learning, security counter 0, no input value above the full scale. */
    public static QuantiseOptions of(String name, InferenceSettings inference, int inputFullScale) {
        return new QuantiseOptions(
                name, inference, inputFullScale, inputFullScale, Optional.empty(), 0, WeightRule.AUTO);
    }

    public QuantiseOptions withInputMaximum(int maximum) {
        return new QuantiseOptions(name, inference, inputFullScale, maximum, learning, securityCounter, weights);
    }

    /** The dense nodes between the last convolution and the output may learn. */
    public QuantiseOptions withLearning(float learningRate, float logitGain) {
        return withLearning(new Learning(learningRate, logitGain, List.of()));
    }

    public QuantiseOptions withLearning(Learning chosen) {
        return new QuantiseOptions(
                name, inference, inputFullScale, inputMaximum, Optional.of(chosen), securityCounter, weights);
    }

    public QuantiseOptions withSecurityCounter(long counter) {
        return new QuantiseOptions(name, inference, inputFullScale, inputMaximum, learning, counter, weights);
    }

    public QuantiseOptions withWeights(WeightRule rule) {
        return new QuantiseOptions(name, inference, inputFullScale, inputMaximum, learning, securityCounter, rule);
    }

    public QuantiseOptions withWeights(WeightKind kind) {
        return withWeights(weights.as(kind));
    }

    public QuantiseOptions withRounding(RoundingKind kind) {
        return withWeights(weights.rounded(kind));
    }
}
