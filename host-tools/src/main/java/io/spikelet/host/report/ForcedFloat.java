package io.spikelet.host.report;

import io.spikelet.engine.Engine;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;

/** The float network whose every neuron fires as an integer network's does: what reaches a layer is the same in both. */
final class ForcedFloat {
    private final FloatClassifier classifier;

    /** @param engine on plain kernels, stepped before this is */
    ForcedFloat(Graph graph, InferenceSettings settings, SpikingNetwork network, Engine engine) {
        classifier = new FloatClassifier(graph, settings);
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).operation() instanceof Operation.Neuron neuron
                    && neuron.output() == Operation.Neuron.Output.SPIKE) {
                classifier.simulator().impose(network.layers().get(i).name(), engine.values(i));
            }
        }
    }

    FloatClassifier classifier() {
        return classifier;
    }

    FloatSimulator simulator() {
        return classifier.simulator();
    }
}
