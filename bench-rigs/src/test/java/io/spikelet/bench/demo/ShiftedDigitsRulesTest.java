package io.spikelet.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.learn.Learner;
import io.spikelet.model.Encoder;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningMethod.Feedback;
import io.spikelet.model.LearningMethod.Kind;
import io.spikelet.model.LearningMethod.Optimiser;
import io.spikelet.model.LearningMethod.Parts;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The demo's trained network on a turned sensor, under each rule: it gets better by labels, and not by shuffled ones. */
class ShiftedDigitsRulesTest {
    private static final Path ZOO = Path.of("zoo");
    private static final LearningMethod OTTT = LearningMethod.OTTT;

    private static QuantiseOptions.Learning everywhere(float rate, LearningMethod method) {
        return new QuantiseOptions.Learning(rate, 0.5f, 0, List.of(), true, Map.of(), method);
    }

    private static QuantiseOptions.Learning chain(float rate, LearningMethod method) {
        return new QuantiseOptions.Learning(rate, 0.5f, 0, List.of(), false, Map.of(), method);
    }

    private static Map<String, QuantiseOptions.Learning> rules() {
        Map<String, QuantiseOptions.Learning> rules = new LinkedHashMap<>();
        rules.put("OTTT everywhere", everywhere(1 / 256f, OTTT));
        rules.put("OTTT online everywhere", everywhere(1 / 256f, OTTT.withKind(Kind.OTTT_ONLINE, 0)));
        rules.put("momentum", chain(1 / 512f, OTTT.withOptimiser(Optimiser.MOMENTUM, 0.875f)));
        rules.put("adaptive", chain(1 / 1024f, OTTT.withOptimiser(Optimiser.ADAPTIVE, 0)));
        rules.put("random feedback", chain(1 / 256f, OTTT.withFeedback(Feedback.RANDOM)));
        rules.put("e-prop", chain(1 / 64f, OTTT.withKind(Kind.E_PROP, 0.5f)));
        rules.put("thresholds alone", everywhere(1 / 256f, OTTT.withThresholds(Parts.THRESHOLDS, 1 / 64f, 0.25f)));
        rules.put("both", everywhere(1 / 256f, OTTT.withThresholds(Parts.BOTH, 1 / 512f, 0.25f)));
        rules.put("proxy", chain(1 / 64f, OTTT.withKind(Kind.PROXY, 0)));
        rules.put("reward", chain(1 / 64f, OTTT.withKind(Kind.REWARD, 0)));
        return rules;
    }

    private static double accuracy(SpikingNetwork network, SampleSet samples) throws Exception {
        Classifier classifier = Classifier.load(network, Kernels.SWAR);
        Inference into = Inference.forNetwork(network);
        int right = 0;
        for (int i = 0; i < samples.count(); i++) {
            classifier.infer(samples.samples(), samples.offset(i), into);
            right += into.predicted() == samples.label(i) ? 1 : 0;
        }
        return 100.0 * right / samples.count();
    }

    private static SpikingNetwork learned(SpikingNetwork network, SampleSet samples, boolean shuffled)
            throws Exception {
        Learner learner = Learner.load(Classifier.load(network), 1);
        Inference into = Inference.forNetwork(network);
        Random random = new Random(3);
        for (int i = 0; i < samples.count(); i++) {
            int label = shuffled ? random.nextInt(10) : samples.label(i);
            learner.learn(samples.samples(), samples.offset(i), label, into);
        }
        return learner.learnedNetwork();
    }

    @Test
    void shouldRecoverWhatATurnedSensorCostUnderEveryRuleAndLoseMoreByShuffledLabels() throws Exception {
        Graph graph = NirImporter.read(ZOO.resolve("models/digits-conv.nir"));
        SensorShift shift = new SensorShift(25, 0.7);
        SampleSet here = shift.apply(
                SampleSet.read(ZOO.resolve("data/digits.h5"), "calibration").first(150));
        SampleSet test = shift.apply(
                SampleSet.read(ZOO.resolve("data/digits.h5"), "test").first(250));
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, Profile.DEFAULT_DT, 4, Encoder.DIRECT, new Readout(10, 5));
        StringBuilder missed = new StringBuilder();
        for (Map.Entry<String, QuantiseOptions.Learning> rule : rules().entrySet()) {
            SpikingNetwork network = Quantiser.convert(
                    graph,
                    QuantiseOptions.of("digits", settings, here.fullScale()).withLearning(rule.getValue()));
            double frozen = accuracy(network, test);
            double adapted = accuracy(learned(network, here, false), test);
            double control = accuracy(learned(network, here, true), test);
            if (!(adapted > frozen + 2 && control < frozen)) {
                missed.append(rule.getKey() + ": " + frozen + " -> " + adapted + ", shuffled " + control + "\n");
            }
        }
        assertEquals("", missed.toString());
    }
}
