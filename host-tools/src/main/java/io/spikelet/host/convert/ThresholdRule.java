package io.spikelet.host.convert;

import io.spikelet.host.graph.Node;

/** What of a layer's activations becomes the threshold of its neurons: the value that a spike at every step stands for. */
public sealed interface ThresholdRule {

    /** The largest activation that was seen (Diehl et al., IJCNN 2015). */
    record Largest() implements ThresholdRule {}

    /**
     * A quantile of all activations of the layer, those of 0 included (Rueckauer et al., Front. Neurosci. 2017).
     *
     * @param share 0.5..1
     */
    record Percentile(double share) implements ThresholdRule {
        public Percentile {
            if (!(share >= 0.5 && share <= 1)) {
                throw new IllegalArgumentException("a percentile is 50 to 100: " + 100 * share);
            }
        }
    }

    /** The ceiling that was trained with the weights (TCL, Ho and Chang, DAC 2021, arXiv 2008.04509). */
    record Ceiling() implements ThresholdRule {}

    /** Reads {@code max}, {@code percentile:99.9} or {@code clip}. */
    static ThresholdRule parse(String text) {
        if (text.equals("max")) {
            return new Largest();
        }
        if (text.equals("clip")) {
            return new Ceiling();
        }
        if (text.startsWith("percentile:")) {
            try {
                return new Percentile(Double.parseDouble(text.substring("percentile:".length())) / 100);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("'" + text + "' has no number behind the colon", notANumber);
            }
        }
        throw new IllegalArgumentException("thresholds are max, percentile:NUMBER, clip or search, not '" + text + "'");
    }

    /** Whether activations have to be seen for it. */
    default boolean wantsActivations() {
        return !(this instanceof Ceiling);
    }

    /**
     * The threshold of one layer.
     *
     * @param seen what its activations were; not read for {@link Ceiling}
     * @throws ConversionException when there is none above 0
     */
    default float of(String node, Node.Relu relu, ActivationHistogram seen) throws ConversionException {
        float threshold = switch (this) {
            case Largest _ -> seen.largest();
            case Percentile percentile -> seen.quantile(percentile.share());
            case Ceiling _ -> relu.ceiling();
        };
        if (this instanceof Ceiling && Float.isInfinite(threshold)) {
            throw new ConversionException("node '" + node + "' is a ReLU without a ceiling, so nothing was trained that"
                    + " could be its threshold; train with a clip, or let activations decide: percentile:99.9");
        }
        if (!(threshold > 0)) {
            throw new ConversionException(
                    "node '" + node + "' gave nothing above 0 on the samples, so its neurons would"
                            + " have no threshold; give more or other samples, or remove the layer");
        }
        return threshold;
    }
}
