package io.spikelet.host.quantise;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.PairedDifference;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One graph under rules for its weights that differ: what each network takes and answers, on the same samples. */
public final class Trials {
    private final Graph graph;
    private final QuantiseOptions options;
    private final SampleSet samples;
    private final Map<String, InputMoments> moments;
    private final int[] labels;
    private final Trial base;

    /** A network and its answers. */
    record Trial(SpikingNetwork network, long bytes, Evaluation evaluation) {}

    private Trials(Graph graph, QuantiseOptions options, SampleSet samples, Map<String, InputMoments> moments)
            throws QuantiseException {
        this.graph = graph;
        this.options = options;
        this.samples = samples;
        this.moments = moments;
        labels = new int[samples.count()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = samples.label(i);
        }
        base = of(Map.of());
    }

    /**
     * Makes the network that the options ask for, from which the others will differ.
     *
     * @param samples on which all are run; adaptive rounding adapts to them
     * @param progress told after each sample that rounding adapts to
     * @throws QuantiseException as {@link Quantiser#quantise} does
     */
    public static Trials of(Graph graph, QuantiseOptions options, SampleSet samples, Progress progress)
            throws QuantiseException {
        Quantiser.requireFit(options, samples);
        Graph folded = ScaleFolding.of(graph);
        return new Trials(folded, options, samples, Quantiser.moments(folded, options, samples, progress));
    }

    Trial base() {
        return base;
    }

    int samples() {
        return samples.count();
    }

    /** The network in which some nodes have other kinds of weights than the options ask for. */
    Trial of(Map<String, WeightKind> kinds) throws QuantiseException {
        QuantiseOptions changed = options.withWeights(options.weights().with(kinds));
        SpikingNetwork network = Quantiser.assembled(graph, changed, moments).network();
        try {
            Evaluation evaluation = Evaluation.ofInteger(network, samples, Progress.SILENT);
            return new Trial(network, NetworkCodec.encode(measured(network, evaluation)).length, evaluation);
        } catch (MalformedDataException refused) {
            throw Quantiser.refused(refused);
        }
    }

    /** With a provenance as long as the finished network's, so that a budget holds for that one. */
    private SpikingNetwork measured(SpikingNetwork network, Evaluation evaluation) {
        double accuracy = evaluation.accuracy().share();
        return network.withProvenance(new Provenance(graph.digest(), samples.digest(), Quantiser.TOOL, 1, accuracy));
    }

    /** What a trial loses against the base. */
    PairedDifference loss(Trial trial) {
        return PairedDifference.of(
                base.evaluation().predictions(), trial.evaluation().predictions(), labels);
    }

    /**
     * The nodes whose weights may change, and the kinds that they have, in the order of computation: none that learns, and
     * none that reads spike times, whose weights are logarithmic.
     */
    Map<String, WeightKind> free() {
        Map<String, WeightKind> free = new LinkedHashMap<>(weighted());
        free.keySet().removeAll(learning());
        for (Layer layer : base.network().layers()) {
            if (layer.inputs().stream().anyMatch(edge -> carriesTimes(edge.source()))) {
                free.remove(layer.name());
            }
        }
        return free;
    }

    private boolean carriesTimes(int layer) {
        return base.network().layers().get(layer).output().kind() == EdgeDomain.Kind.TIME;
    }

    /** Nodes that learn on the board, whose weights stay int8. */
    List<String> learning() {
        List<String> learning = new ArrayList<>();
        for (int i = 0; i < base.network().layers().size(); i++) {
            if (base.network().learnsWeights(i)) {
                learning.add(base.network().layers().get(i).name());
            }
        }
        return learning;
    }

    /** Nodes whose kind the options name. */
    List<String> named() {
        return List.copyOf(options.weights().ofNode().keySet());
    }

    /** All nodes with weights and their kinds in the base. */
    Map<String, WeightKind> weighted() {
        Map<String, WeightKind> weighted = new LinkedHashMap<>();
        for (Layer layer : base.network().layers()) {
            kind(layer).ifPresent(kind -> weighted.put(layer.name(), kind));
        }
        return weighted;
    }

    private static Optional<WeightKind> kind(Layer layer) {
        return switch (layer.operation()) {
            case Operation.Dense dense -> Optional.of(dense.kind());
            case Operation.Conv2d conv -> Optional.of(conv.kind());
            default -> Optional.empty();
        };
    }

    /** {@code ‖W − W_q‖₁ / ‖W‖₁} of one node in a trial; 0 where there are no weights but 0. */
    double weightError(String node, Trial trial) {
        for (Layer layer : trial.network().layers()) {
            if (layer.name().equals(node)) {
                return switch (layer.operation()) {
                    case Operation.Dense dense -> error(node, dense.kind(), dense.weights(), dense.scale());
                    case Operation.Conv2d conv -> error(node, conv.kind(), conv.weights(), conv.scale());
                    default -> throw new IllegalArgumentException("a node without weights: node=" + node);
                };
            }
        }
        throw new IllegalArgumentException("no such node: node=" + node);
    }

    private double error(String node, WeightKind kind, byte[] codes, float[] scale) {
        Tensor weights = switch (graph.node(node)) {
            case Node.Affine affine -> affine.weight();
            case Node.Conv2d conv -> conv.weight();
            case Node other -> throw new IllegalArgumentException("a node without weights: node=" + other);
        };
        int row = codes.length / scale.length;
        double difference = 0;
        double whole = 0;
        for (int i = 0; i < codes.length; i++) {
            double given = (double) kind.value(codes[i]) * scale[i / row];
            difference += Math.abs(weights.values()[i] - given);
            whole += Math.abs(weights.values()[i]);
        }
        return whole == 0 ? 0 : difference / whole;
    }
}
