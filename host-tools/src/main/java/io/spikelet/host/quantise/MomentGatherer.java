package io.spikelet.host.quantise;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.report.FloatClassifier;
import io.spikelet.host.report.InferenceSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the float network over calibration samples and keeps what the rows of each linear node meet. */
final class MomentGatherer {
    private MomentGatherer() {}

    /**
     * Gathers.
     *
     * @param progress told after every sample
     * @return by the name of the linear node
     * @throws QuantiseException when a neuron's parameters are not ones that the integer network has
     */
    static Map<String, InputMoments> gather(
            Graph graph, InferenceSettings settings, SampleSet samples, Progress progress) throws QuantiseException {
        FloatClassifier floating = new FloatClassifier(graph, settings);
        floating.require(samples);
        List<LayerTrace> traces = traces(graph, settings, floating.simulator(), samples.count());
        for (int i = 0; i < samples.count(); i++) {
            floating.begin(samples, i);
            traces.forEach(LayerTrace::reset);
            for (int t = 0; t < settings.timeSteps(); t++) {
                floating.advance(t);
                traces.forEach(LayerTrace::step);
            }
            progress.at(i + 1, samples.count());
        }
        Map<String, InputMoments> moments = new LinkedHashMap<>();
        traces.forEach(trace -> moments.put(trace.node(), trace.moments()));
        return moments;
    }

    private static List<LayerTrace> traces(
            Graph graph, InferenceSettings settings, FloatSimulator simulator, int samples) throws QuantiseException {
        GraphShapes shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        long steps = (long) samples * settings.timeSteps();
        List<LayerTrace> traces = new ArrayList<>();
        for (Map.Entry<String, Node> entry : graph.nodes().entrySet()) {
            String name = entry.getKey();
            WindowPatches patches = switch (entry.getValue()) {
                case Node.Affine affine -> WindowPatches.whole(affine.weight().shape()[1]);
                case Node.Conv2d conv -> WindowPatches.of(conv, shapes.inputOf(name), shapes.outputOf(name));
                default -> null;
            };
            if (patches != null) {
                List<float[]> sources =
                        graph.sourcesOf(name).stream().map(simulator::output).toList();
                traces.add(new LayerTrace(name, sources, Memory.behind(graph, name, shapes, settings), patches, steps));
            }
        }
        return traces;
    }
}
