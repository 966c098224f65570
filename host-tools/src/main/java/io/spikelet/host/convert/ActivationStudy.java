package io.spikelet.host.convert;

import io.spikelet.host.Progress;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.reference.FloatSimulator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the activations of a conventional network reach on some images. */
final class ActivationStudy {
    private final Graph ann;
    private final Map<String, ActivationHistogram> seen = new LinkedHashMap<>();

    private ActivationStudy(Graph ann) {
        this.ann = ann;
        ann.nodes().forEach((name, node) -> {
            if (node instanceof Node.Relu) {
                seen.put(name, new ActivationHistogram());
            }
        });
    }

    static ActivationStudy of(Graph ann, Images images, Progress progress) {
        ActivationStudy study = new ActivationStudy(ann);
        FloatSimulator network = simulator(ann);
        float[] image = new float[network.inputShape().size()];
        for (int i = 0; i < images.count(); i++) {
            images.read(i, image);
            network.step(image);
            study.seen.forEach((name, histogram) -> histogram.add(network.output(name)));
            progress.at(i + 1, images.count());
        }
        return study;
    }

    /** A network without neurons knows no time: one step is one pass. */
    static FloatSimulator simulator(Graph ann) {
        return FloatSimulator.of(ann, Profile.SUBTRACT, 1);
    }

    /** The threshold of each activation by a rule. */
    Map<String, Float> thresholds(ThresholdRule rule) throws ConversionException {
        Map<String, Float> thresholds = new LinkedHashMap<>();
        for (Map.Entry<String, ActivationHistogram> entry : seen.entrySet()) {
            String name = entry.getKey();
            thresholds.put(name, rule.of(name, (Node.Relu) ann.node(name), entry.getValue()));
        }
        return thresholds;
    }

    /** Thresholds by a rule that needs no images. */
    static Map<String, Float> unseen(Graph ann, ThresholdRule rule) throws ConversionException {
        return new ActivationStudy(ann).thresholds(rule);
    }
}
