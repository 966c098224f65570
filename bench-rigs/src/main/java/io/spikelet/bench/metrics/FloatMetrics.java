package io.spikelet.bench.metrics;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.NodeParts;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.FloatClassifier;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.SynapticOperations;
import java.util.ArrayList;
import java.util.List;

/**
 * NeuroBench's metrics of the float graph that an image was made from, on the same samples and settings. A layer in a loop is
 * counted in the step in which it reads spikes; constant input is counted at every step, as NeuroBench does.
 *
 * @param graph its name
 * @param samples that were run
 * @param steps that were run, over all samples: samples times T
 * @param parameterBytes of float32 parameters
 * @param stateBytes of membranes and synaptic currents, 4 bytes each; delays are left out
 * @param weights of affine and convolution nodes
 * @param zeroWeights those of them that are 0
 * @param activations values of nodes that fire and of ReLUs, over all steps
 * @param silentActivations those of them that were 0
 * @param operations sums over all samples
 */
public record FloatMetrics(
        String graph,
        long samples,
        long steps,
        long parameterBytes,
        long stateBytes,
        long weights,
        long zeroWeights,
        long activations,
        long silentActivations,
        SynapticOperations operations) {

    /**
     * Runs the float reference.
     *
     * @throws IllegalArgumentException when samples or readout do not fit the graph
     */
    public static FloatMetrics measure(Graph graph, InferenceSettings settings, SampleSet samples, Progress progress) {
        FloatClassifier classifier = new FloatClassifier(graph, settings);
        classifier.require(samples);
        List<FloatLayer> layers = layers(graph);
        List<String> active = new ArrayList<>(classifier.simulator().neurons());
        graph.nodes().forEach((name, node) -> {
            if (node instanceof Node.Relu) {
                active.add(name);
            }
        });
        long activations = 0;
        long silent = 0;
        for (int i = 0; i < samples.count(); i++) {
            classifier.begin(samples, i);
            for (int t = 0; t < settings.timeSteps(); t++) {
                classifier.advance(t);
                layers.forEach(layer -> layer.count(classifier.simulator()));
                for (String name : active) {
                    float[] given = classifier.simulator().output(name);
                    activations += given.length;
                    for (float value : given) {
                        silent += value == 0 ? 1 : 0;
                    }
                }
            }
            progress.at(i + 1, samples.count());
        }
        return new FloatMetrics(
                graph.name(),
                samples.count(),
                (long) samples.count() * settings.timeSteps(),
                Float.BYTES * parameters(graph),
                Float.BYTES * states(graph),
                layers.stream().mapToLong(FloatLayer::weights).sum(),
                layers.stream().mapToLong(FloatLayer::zeroWeights).sum(),
                activations,
                silent,
                layers.stream().map(FloatLayer::done).reduce(SynapticOperations.NONE, SynapticOperations::plus));
    }

    private static List<FloatLayer> layers(Graph graph) {
        GraphShapes shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        List<FloatLayer> layers = new ArrayList<>();
        graph.nodes()
                .forEach(
                        (name, node) -> FloatLayer.of(graph, name, node, shapes).ifPresent(layers::add));
        return layers;
    }

    private static long parameters(Graph graph) {
        return graph.nodes().values().stream()
                .flatMap(node -> NodeParts.of(node).values().values().stream())
                .mapToLong(Tensor::size)
                .sum();
    }

    private static long states(Graph graph) {
        GraphShapes shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        long states = 0;
        for (var entry : graph.nodes().entrySet()) {
            Node node = entry.getValue();
            if (node.isNeuron() || node.integrates()) {
                boolean two = node instanceof Node.CubaLif || node instanceof Node.CubaLi;
                states += (two ? 2L : 1L) * shapes.outputOf(entry.getKey()).size();
            }
        }
        return states;
    }
}
