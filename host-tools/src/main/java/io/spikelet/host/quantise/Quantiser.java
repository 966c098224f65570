package io.spikelet.host.quantise;

import io.spikelet.engine.Classifier;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.learn.Learner;
import io.spikelet.learn.NotLearnableException;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Provenance;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import java.util.Map;

/**
 * Turns a trained graph into a network of integers: int8 weights with one scale an output channel, int32 accumulators,
 * and membranes whose worst case over all time steps is proved to stay below 2^30. The same graph, options and samples
 * give the same network, bit for bit.
 */
public final class Quantiser {
    /** What the provenance of a network names as its maker. */
    public static final String TOOL = "spikelet 0.1.0";

    private Quantiser() {}

    /** Quantises without telling anybody how far it is. */
    public static QuantisedModel quantise(Graph graph, QuantiseOptions options, SampleSet calibration)
            throws QuantiseException {
        return quantise(graph, options, calibration, Progress.SILENT);
    }

    /**
     * Quantises a graph and measures what that cost.
     *
     * @param calibration samples on which float and integers are compared; they change the network only where rounding
     *     is adaptive or thresholds are to calibrate themselves
     * @param progress told after every calibration sample
     * @throws QuantiseException when the graph holds what the integer network has no layer for, when a bound cannot be
     *     met, or when the layers that are to learn cannot
     * @throws IllegalArgumentException when samples and options do not fit each other
     */
    public static QuantisedModel quantise(
            Graph graph, QuantiseOptions options, SampleSet calibration, Progress progress) throws QuantiseException {
        requireFit(options, calibration);
        Graph folded = ScaleFolding.of(graph);
        int count = calibration.count();
        int total = options.weights().wantsSamples() ? 2 * count : count;
        Map<String, InputMoments> moments =
                moments(folded, options, calibration, (done, of) -> progress.at(done, total));
        NetworkAssembly assembly = assembled(folded, options, moments);
        SpikingNetwork network = calibrated(assembly.network(), calibration);
        verify(network);
        try {
            SpikeComparison comparison = SpikeComparison.run(
                    graph,
                    options.inference(),
                    network,
                    calibration,
                    (done, of) -> progress.at(total - count + done, total));
            SpikingNetwork measured = network.withProvenance(provenance(graph, calibration, comparison));
            QuantisationReport report =
                    ReportWriter.report(measured, assembly::rounding, assembly.warnings(), calibration, comparison);
            return new QuantisedModel(measured, report);
        } catch (MalformedDataException refused) {
            throw refused(refused);
        }
    }

    /**
     * Quantises a graph where there are no samples; accuracies in the provenance are NaN.
     *
     * @throws QuantiseException as above
     * @throws IllegalArgumentException when rounding is adaptive, which needs samples
     */
    public static SpikingNetwork convert(Graph graph, QuantiseOptions options) throws QuantiseException {
        if (options.weights().wantsSamples()) {
            throw new IllegalArgumentException("adaptive rounding and corrected biases need samples: rounding="
                    + options.weights().rounding() + " correctsBias="
                    + options.weights().correctsBias());
        }
        if (options.learning()
                .filter(chosen -> chosen.method().kind() == LearningMethod.Kind.CALIBRATION)
                .isPresent()) {
            throw new IllegalArgumentException("thresholds that calibrate themselves need samples to begin with");
        }
        SpikingNetwork network =
                NetworkAssembly.of(ScaleFolding.of(graph), options, Map.of()).network();
        verify(network);
        return network;
    }

    /**
     * Measures a network whose integers came with the file, beside the same file in real numbers.
     *
     * @param network of bursts or potentials, no single spikes
     * @param notes what a person should know, one sentence each
     * @param progress told after every sample
     * @throws QuantiseException when the network may not run
     */
    public static QuantisedModel asItIs(
            Graph graph,
            SpikingNetwork network,
            InferenceSettings settings,
            List<String> notes,
            SampleSet calibration,
            Progress progress)
            throws QuantiseException {
        try {
            SpikeComparison comparison = SpikeComparison.run(graph, settings, network, calibration, progress);
            SpikingNetwork measured = network.withProvenance(provenance(graph, calibration, comparison));
            QuantisationReport report = ReportWriter.report(
                    measured, layer -> new NeuronFit.Rounding(0, 0, 0), notes, calibration, comparison);
            return new QuantisedModel(measured, report);
        } catch (MalformedDataException refused) {
            throw refused(refused);
        }
    }

    private static SpikingNetwork calibrated(SpikingNetwork network, SampleSet calibration) throws QuantiseException {
        try {
            return ExtremaMeasure.of(network, calibration);
        } catch (MalformedDataException refused) {
            throw refused(refused);
        }
    }

    private static Provenance provenance(Graph graph, SampleSet calibration, SpikeComparison comparison) {
        return new Provenance(
                graph.digest(),
                calibration.digest(),
                TOOL,
                comparison.floating().accuracy().share(),
                comparison.integer().accuracy().share());
    }

    /** The integer network, its biases corrected where that is asked for. */
    static NetworkAssembly assembled(Graph folded, QuantiseOptions options, Map<String, InputMoments> moments)
            throws QuantiseException {
        boolean adapts = options.weights().rounding() == RoundingKind.ADAPTIVE;
        Graph corrected = options.weights().correctsBias() ? BiasCorrection.of(folded, options, moments) : folded;
        return NetworkAssembly.of(corrected, options, adapts ? moments : Map.of());
    }

    /** What weights meet on the samples, by the name of their node; empty where nothing asks. */
    static Map<String, InputMoments> moments(
            Graph folded, QuantiseOptions options, SampleSet calibration, Progress progress) throws QuantiseException {
        return options.weights().wantsSamples()
                ? MomentGatherer.gather(folded, options.inference(), calibration, progress)
                : Map.of();
    }

    static void requireFit(QuantiseOptions options, SampleSet calibration) {
        if (calibration.fullScale() != options.inputFullScale()) {
            throw new IllegalArgumentException("the samples' full scale is " + calibration.fullScale()
                    + ": inputFullScale=" + options.inputFullScale());
        }
        if (calibration.classes() != options.inference().readout().classes()) {
            throw new IllegalArgumentException("the samples have " + calibration.classes() + " classes: classes="
                    + options.inference().readout().classes());
        }
    }

    /** Holds the network to the very rules of a board's loader and learner. */
    private static void verify(SpikingNetwork network) throws QuantiseException {
        try {
            Classifier classifier = Classifier.load(network);
            if (network.learning().isPresent()) {
                Learner.load(classifier, 0);
            }
        } catch (MalformedDataException refused) {
            throw refused(refused);
        } catch (NotLearnableException refused) {
            throw new QuantiseException(
                    "this graph cannot learn on the board: " + refused.getMessage()
                            + "; quantise without a learning rule",
                    refused);
        }
    }

    static QuantiseException refused(MalformedDataException reason) {
        return new QuantiseException("the quantised network would be refused: " + reason.getMessage(), reason);
    }
}
