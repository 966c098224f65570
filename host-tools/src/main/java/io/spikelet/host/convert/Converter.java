package io.spikelet.host.convert;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.ScaleFolding;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns a conventional network into a spiking one, without training (docs/quantisation.md, Q10). */
public final class Converter {
    /** Images that a network makes up, for each class. */
    private static final int SYNTHETIC_EACH = 5;

    /** Samples that one evaluation of a search takes at most. */
    private static final int SEARCH_SAMPLES = 128;

    private static final int SEARCH_ROUNDS = 6;

    /** A step has no length where nothing leaks. */
    private static final double DT = 1e-3;

    private final Graph ann;
    private final ConvertOptions options;
    private final Optional<SampleSet> samples;
    private final Progress progress;

    private Converter(Graph ann, ConvertOptions options, Optional<SampleSet> samples, Progress progress) {
        this.ann = ann;
        this.options = options;
        this.samples = samples;
        this.progress = progress;
    }

    /**
     * Converts.
     *
     * @param ann of weights, ReLUs and pools, as an importer gave it
     * @param samples what thresholds are found on; may be missing where they are trained, or made up without data
     * @throws ConversionException when a node has no spiking counterpart, an activation no threshold, or the spiking network
     *     of a search no integers
     * @throws IllegalArgumentException when samples are needed and missing, or do not fit the input
     */
    public static Conversion convert(Graph ann, ConvertOptions options, Optional<SampleSet> samples, Progress progress)
            throws ConversionException {
        try {
            return new Converter(ScaleFolding.of(ann), options, samples, progress).convert();
        } catch (QuantiseException unfolded) {
            throw new ConversionException(ann.name() + ": " + unfolded.getMessage(), unfolded);
        } catch (InvalidGraphException invalid) {
            throw new ConversionException(ann.name() + ": " + invalid.getMessage(), invalid);
        }
    }

    /** The conventional network as a classifier: one pass, the largest output wins. */
    public static InferenceSettings conventional(Graph ann, Optional<SampleSet> samples) {
        return settings(ann, Profile.SUBTRACT, 1, samples);
    }

    private Conversion convert() throws ConversionException {
        if (ann.nodes().values().stream().noneMatch(Node.Relu.class::isInstance)) {
            throw new ConversionException(ann.name() + " has no activations that could become neurons; convert networks"
                    + " of ReLUs, and quantise what spikes already");
        }
        ThresholdRule rule = options.thresholds();
        if (rule != null && !rule.wantsActivations()) {
            return with(ActivationStudy.unseen(ann, rule), rule);
        }
        Images images = images();
        ActivationStudy study = ActivationStudy.of(ann, images, progress);
        ThresholdRule chosen = rule == null ? searched(study, images) : rule;
        return with(study.thresholds(chosen), chosen);
    }

    private Images images() throws ConversionException {
        if (options.dataFree()) {
            return SyntheticImages.of(ann, SYNTHETIC_EACH, options.seed(), progress);
        }
        return Images.of(samples.orElseThrow(() -> new IllegalArgumentException(
                "thresholds are found on samples: give --data, or --data-free, or clip for a network with trained"
                        + " ceilings")));
    }

    private ThresholdRule searched(ActivationStudy study, Images images) throws ConversionException {
        int fullScale = samples.map(SampleSet::fullScale).orElse(255);
        OutputDivergence divergence = OutputDivergence.of(ann, images, SEARCH_SAMPLES, fullScale);
        double share = ThresholdSearch.best(
                tried -> divergence.of(with(study.thresholds(new ThresholdRule.Percentile(tried)), null)),
                SEARCH_ROUNDS);
        return new ThresholdRule.Percentile(share);
    }

    private Conversion with(Map<String, Float> thresholds, ThresholdRule rule) throws ConversionException {
        boolean counted = options.code() == ConvertOptions.Code.RATE;
        Graph graph = counted
                ? RateConversion.of(ann, thresholds, options)
                : FirstSpikeConversion.of(ann, thresholds, options.steps());
        return new Conversion(
                graph,
                counted ? counted(graph, options, samples) : settings(graph, Profile.SUBTRACT, 1, samples),
                thresholds,
                word(rule),
                options.bursts());
    }

    /** Counted spikes with thresholds that a caller found; the graph is one without scales to fold. */
    static Conversion rated(
            Graph ann, ConvertOptions options, SampleSet samples, Map<String, Float> thresholds, String rule)
            throws ConversionException {
        Graph graph = RateConversion.of(ann, thresholds, options);
        return new Conversion(graph, counted(graph, options, Optional.of(samples)), thresholds, rule, options.bursts());
    }

    private static InferenceSettings counted(Graph graph, ConvertOptions options, Optional<SampleSet> samples) {
        Profile profile = options.reset() == ConvertOptions.Reset.SOFT ? Profile.SUBTRACT : Profile.NORSE;
        return settings(graph, profile, options.steps(), samples);
    }

    private String word(ThresholdRule rule) {
        String word = switch (rule) {
            case null -> "search";
            case ThresholdRule.Largest _ -> "max";
            case ThresholdRule.Ceiling _ -> "clip";
            case ThresholdRule.Percentile percentile ->
                String.format(Locale.ROOT, "percentile:%.6g", 100 * percentile.share());
        };
        return options.dataFree() && (rule == null || rule.wantsActivations()) ? word + ", data-free" : word;
    }

    private static InferenceSettings settings(Graph graph, Profile profile, int steps, Optional<SampleSet> samples) {
        GraphShapes shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        String output = graph.nodes().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Node.Output)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        int outputs = shapes.outputOf(output).size();
        int classes = samples.map(SampleSet::classes).orElse(outputs);
        if (outputs % classes != 0) {
            throw new IllegalArgumentException("the network has " + outputs
                    + " outputs, which do not spread evenly over" + " the " + classes + " classes of the samples");
        }
        boolean fires = graph.node(graph.sourcesOf(output).getFirst()).fires();
        return new InferenceSettings(
                profile,
                DT,
                steps,
                Encoder.DIRECT,
                new Readout(
                        fires ? Readout.Kind.COUNT : Readout.Kind.POTENTIAL,
                        classes,
                        outputs / classes,
                        Readout.Exit.NEVER));
    }

    /** An integer network cannot be made of a conversion; what a search meets is told as its own failure. */
    static ConversionException unquantised(QuantiseException refused) {
        return new ConversionException("the spiking network cannot become integers: " + refused.getMessage(), refused);
    }
}
