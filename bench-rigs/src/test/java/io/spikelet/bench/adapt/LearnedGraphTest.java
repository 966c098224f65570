package io.spikelet.bench.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.learned.LearnedGraph;
import io.spikelet.host.nir.NirExporter;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.learn.Learner;
import io.spikelet.model.Encoder;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a board learned as NIR: the weights are the board's own, and an image made of it answers as the board does. */
class LearnedGraphTest {
    private static Graph trained;
    private static SampleSet train;
    private static SampleSet test;
    private static SpikingNetwork image;
    private static SpikingNetwork learned;

    @BeforeAll
    static void teach() throws Exception {
        trained = NirImporter.read(Path.of("zoo/models/digits-conv.nir"));
        train = SampleSet.read(Path.of("zoo/data/digits.h5"), "train");
        test = SampleSet.read(Path.of("zoo/data/digits.h5"), "test");
        image = quantised(trained);
        // Labels turned by one, so that what was learned is far from what was trained.
        Classifier classifier = Classifier.load(image);
        Learner learner = Learner.load(classifier, 1);
        Inference answer = Inference.forNetwork(image);
        for (int i = 0; i < 600; i++) {
            learner.learn(train.samples(), train.offset(i), (train.label(i) + 1) % 10, answer);
        }
        learned = learner.learnedNetwork();
    }

    private static SpikingNetwork quantised(Graph graph) throws Exception {
        return quantised(graph, new QuantiseOptions.Learning(0x1p-6f, 1, List.of()));
    }

    private static SpikingNetwork quantised(Graph graph, QuantiseOptions.Learning learning) throws Exception {
        return Quantiser.convert(
                graph,
                QuantiseOptions.of(
                                "digits-conv",
                                new InferenceSettings(
                                        Profile.SNNTORCH,
                                        Profile.DEFAULT_DT,
                                        4,
                                        Encoder.DIRECT,
                                        new Readout(train.classes(), 5)),
                                train.fullScale())
                        .withLearning(learning));
    }

    private static int[] answers(SpikingNetwork network) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference answer = Inference.forNetwork(network);
        int[] classes = new int[test.count()];
        for (int i = 0; i < classes.length; i++) {
            classifier.infer(test.samples(), test.offset(i), answer);
            classes[i] = answer.predicted();
        }
        return classes;
    }

    private static int agreeing(int[] one, int[] other) {
        int same = 0;
        for (int i = 0; i < one.length; i++) {
            same += one[i] == other[i] ? 1 : 0;
        }
        return same;
    }

    @Test
    void shouldGiveAnImageThatAnswersAsTheBoardThatLearned(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("learned.nir");
        NirExporter.write(LearnedGraph.of(trained, learned), file);
        int[] onTheBoard = answers(learned);
        int[] again = answers(quantised(NirImporter.read(file)));
        int[] before = answers(image);
        assertEquals(test.count(), agreeing(onTheBoard, again));
        assertTrue(
                agreeing(onTheBoard, before) < 0.5 * test.count(), "agreed before on " + agreeing(onTheBoard, before));
    }

    @Test
    void shouldHoldTheBoardsWeightsAndLeaveTheOthersAsTheyWereTrained() throws Exception {
        Graph graph = LearnedGraph.of(trained, learned);
        int changed = 0;
        for (String name : trained.nodes().keySet()) {
            if (graph.node(name) != trained.node(name)) {
                changed++;
                Operation.Dense dense = (Operation.Dense) learned.layers().stream()
                        .filter(layer -> layer.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .operation();
                float[] weights = ((Node.Affine) graph.node(name)).weight().values();
                for (int k = 0; k < weights.length; k++) {
                    assertEquals(dense.weights()[k], weights[k] / dense.scale()[k / dense.inputs()], 1e-4);
                }
            }
        }
        assertEquals(learned.learning().orElseThrow().layers().size(), changed);
    }

    /** Weights of convolutions too, biases and thresholds, through a file and the quantiser again. */
    @Test
    void shouldBringBackAllThatLearnedToAnImageOfTheFile(@TempDir Path folder) throws Exception {
        LearningMethod both = LearningMethod.OTTT.withThresholds(LearningMethod.Parts.BOTH, 0x1p-8f, 0.25f);
        QuantiseOptions.Learning everywhere =
                new QuantiseOptions.Learning(0x1p-7f, 1, 0, List.of(), true, Map.of(), both);
        SpikingNetwork fresh = quantised(trained, everywhere);
        Learner learner = Learner.load(Classifier.load(fresh), 1);
        Inference answer = Inference.forNetwork(fresh);
        for (int i = 0; i < 60; i++) {
            learner.learn(train.samples(), train.offset(i), (train.label(i) + 1) % 10, answer);
        }
        SpikingNetwork onTheBoard = learner.learnedNetwork();
        Path file = folder.resolve("learned.nir");
        NirExporter.write(LearnedGraph.of(trained, onTheBoard), file);
        SpikingNetwork again = quantised(NirImporter.read(file), everywhere);
        int convolutions = 0;
        int thresholds = 0;
        int moved = 0;
        for (int i = 0; i < again.layers().size(); i++) {
            Operation expected = onTheBoard.layers().get(i).operation();
            Operation found = again.layers().get(i).operation();
            if (expected instanceof Operation.Conv2d conv) {
                convolutions++;
                moved += differences(
                        conv.weights(),
                        ((Operation.Conv2d) fresh.layers().get(i).operation()).weights());
                closeTo(
                        conv.weights(),
                        conv.scale(),
                        ((Operation.Conv2d) found).weights(),
                        ((Operation.Conv2d) found).scale());
            } else if (expected instanceof Operation.Dense dense) {
                closeTo(
                        dense.weights(),
                        dense.scale(),
                        ((Operation.Dense) found).weights(),
                        ((Operation.Dense) found).scale());
            } else if (expected instanceof Operation.Neuron neuron) {
                Operation.Neuron other = (Operation.Neuron) found;
                Operation.Neuron before =
                        (Operation.Neuron) fresh.layers().get(i).operation();
                for (int n = 0; n < layerSize(onTheBoard, i); n++) {
                    double threshold = real(neuron, neuron.threshold(), layerSize(onTheBoard, i), n);
                    assertEquals(1, real(other, other.threshold(), layerSize(again, i), n) / threshold, 1e-5);
                    double bias = real(neuron, neuron.drives().getFirst().bias(), layerSize(onTheBoard, i), n);
                    assertEquals(
                            bias,
                            real(other, other.drives().getFirst().bias(), layerSize(again, i), n),
                            1e-4 * threshold);
                    thresholds += threshold != real(before, before.threshold(), layerSize(fresh, i), n) ? 1 : 0;
                }
            }
        }
        assertTrue(
                convolutions > 0 && moved > 100 && thresholds > 10, moved + " weights, " + thresholds + " thresholds");
        int same = agreeing(answers(onTheBoard), answers(again));
        assertEquals(test.count(), same);
        assertTrue(agreeing(answers(onTheBoard), answers(fresh)) < 0.5 * test.count());
    }

    private static int layerSize(SpikingNetwork network, int layer) {
        return network.layers().get(layer).shape().size();
    }

    private static double real(Operation.Neuron neuron, int[] values, int size, int n) {
        float[] unit = neuron.membraneUnit();
        return (double) values[n / (size / values.length)] * unit[n / (size / unit.length)];
    }

    private static int differences(byte[] one, byte[] other) {
        int differences = 0;
        for (int k = 0; k < one.length; k++) {
            differences += one[k] == other[k] ? 0 : 1;
        }
        return differences;
    }

    /** The same real weights, as the same integers of the same scale. */
    private static void closeTo(byte[] expected, float[] scale, byte[] found, float[] other) {
        int row = expected.length / scale.length;
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], found[k], k + " of " + expected.length);
            assertEquals(1, other[k / row] / scale[k / row], 1e-5);
        }
    }

    @Test
    void shouldRefuseAModelThatTheImageWasNotMadeOf() {
        Graph stranger =
                new Graph("stranger.nir", trained.nodes(), trained.edges(), trained.warnings(), "00".repeat(32));
        assertThrows(QuantiseException.class, () -> LearnedGraph.of(stranger, learned));
        assertThrows(QuantiseException.class, () -> LearnedGraph.of(trained, learned.withLearning(Optional.empty())));
    }
}
