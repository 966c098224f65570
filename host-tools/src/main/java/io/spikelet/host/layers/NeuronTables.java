package io.spikelet.host.layers;

import io.spikelet.host.graph.Attention;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.graph.TrainingNoise;
import io.spikelet.model.Operation.Comparison;
import io.spikelet.model.Shape;

/**
 * The parameters of a {@link Node.TwoBranch}, before they are rounded to float.
 *
 * @param noise null where the file says none
 * @param attention what gates the membranes, or null
 */
record NeuronTables(
        Table a0,
        Table b0,
        Table a1,
        Table b1,
        Table gain,
        Table offset,
        Table threshold,
        Comparison comparison,
        Table initial,
        TrainingNoise noise,
        Attention attention) {

    /** Neurons that begin at 0 and nothing gates. */
    private NeuronTables(
            Table a0, Table b0, Table a1, Table b1, Table gain, Table offset, Table threshold, Comparison comparison) {
        this(a0, b0, a1, b1, gain, offset, threshold, comparison, Table.of("initial", 0), null, null);
    }

    /** How a kind of neuron spells them; some spellings multiply tables, which needs the neurons' shape. */
    @FunctionalInterface
    interface Spelling {
        NeuronTables of(Shape shape);
    }

    /** The equation as it is. */
    static Spelling plain(LayerFields fields) throws ImportException {
        NeuronTables tables = new NeuronTables(
                fields.row("a0"),
                fields.row("b0", 0),
                fields.row("a1", 0),
                fields.row("b1", 0),
                fields.table("gain", 1),
                fields.table("offset", 0),
                fields.table("threshold"),
                comparison(fields, "above"),
                fields.row("initial", 0),
                fields.noise("noise"),
                fields.has("attention") ? attention(fields.part("attention")) : null);
        return shape -> tables;
    }

    /**
     * The gated neuron (GLIF, Yao et al., NeurIPS 2022), every parameter as the logit that it is trained as.
     */
    static Spelling gated(LayerFields fields) throws ImportException {
        Table alpha = fields.row("alpha").map(NeuronTables::logistic);
        Table beta = fields.row("beta").map(NeuronTables::logistic);
        Table gamma = fields.row("gamma").map(NeuronTables::logistic);
        Table tau = fields.row("tau").map(NeuronTables::logistic);
        Table leak = fields.row("leak").map(NeuronTables::logistic);
        Table reset = fields.row("reset").map(NeuronTables::logistic);
        Table threshold = fields.row("threshold").map(NeuronTables::logistic);
        Table conduct = fields.table("conduct").map(NeuronTables::logistic);
        return shape -> {
            Table decay = alpha.with(tau, shape, (a, t) -> 1 - a * (1 - t));
            Table lost = alpha.with(leak, shape, (a, l) -> (1 - a) * l);
            Table subtracted = gamma.with(reset, shape, (g, r) -> (1 - g) * r);
            return new NeuronTables(
                    decay,
                    lost.map(l -> -l),
                    decay.with(gamma, shape, (a, g) -> a * (1 - g)),
                    lost.with(subtracted, shape, (l, r) -> -l - r),
                    beta.with(conduct, shape, (b, c) -> 1 - b * (1 - c)),
                    Table.of("offset", 0),
                    threshold,
                    Comparison.STRICTLY_ABOVE);
        };
    }

    /** The one-step neuron (Hoyer, Datta et al., arXiv 2212.10170): {@code x / |threshold| ≥ scale · extremum}. */
    static Spelling oneStep(LayerFields fields) throws ImportException {
        Table trained = fields.row("threshold");
        Table extremum = fields.row("extremum");
        double scale = fields.number("scale", 1);
        Table zero = Table.of("a0", 0);
        return shape -> new NeuronTables(
                zero,
                zero,
                zero,
                zero,
                Table.of("gain", 1),
                Table.of("offset", 0),
                trained.with(extremum, shape, (v, h) -> Math.abs(v) * h * scale),
                Comparison.AT_OR_ABOVE);
    }

    /** Its convolution of one pixel and its two matrices, in the extents of torch's linear or convolutional layers. */
    private static Attention attention(LayerFields fields) throws ImportException {
        Tensor spatial = fields.tensor("spatial");
        Tensor squeeze = fields.tensor("squeeze");
        Tensor excite = fields.tensor("excite");
        float bias = (float) fields.numberOrOnly("spatial_bias", 0);
        fields.requireAllRead();
        int channels = spatial.size();
        int hidden = squeeze.size() / channels;
        fields.requireMatrix("squeeze", squeeze, hidden, channels);
        fields.requireMatrix("excite", excite, channels, hidden);
        return new Attention(
                Tensor.of(spatial.values(), channels),
                bias,
                Tensor.of(squeeze.values(), hidden, channels),
                Tensor.of(excite.values(), channels, hidden));
    }

    private static Comparison comparison(LayerFields fields, String otherwise) throws ImportException {
        return switch (fields.word("compare", otherwise)) {
            case "above" -> Comparison.STRICTLY_ABOVE;
            case "at-least" -> Comparison.AT_OR_ABOVE;
            default -> throw fields.fault("compare", "must be above or at-least");
        };
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** The same neurons with a line in front of them: {@code x := factor · x + offset}. */
    NeuronTables behind(Norm.Line line, Shape shape) {
        return new NeuronTables(
                a0,
                b0,
                a1,
                b1,
                gain.with(line.factor(), shape, (g, f) -> g * f),
                gain.with(line.offset(), shape, (g, q) -> g * q).with(offset, shape, Double::sum),
                threshold,
                comparison,
                initial,
                noise,
                attention);
    }

    Node.TwoBranch node() {
        return new Node.TwoBranch(
                a0.asRow(),
                b0.asRow(),
                a1.asRow(),
                b1.asRow(),
                gain.asTable(),
                offset.asTable(),
                threshold.asTable(),
                comparison,
                initial.asRow(),
                noise,
                attention);
    }
}
