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
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
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
                        .withLearning(0x1p-6f, 1));
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
        assertTrue(agreeing(onTheBoard, again) >= 0.98 * test.count(), "agree on " + agreeing(onTheBoard, again));
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

    @Test
    void shouldRefuseAModelThatTheImageWasNotMadeOf() {
        Graph stranger =
                new Graph("stranger.nir", trained.nodes(), trained.edges(), trained.warnings(), "00".repeat(32));
        assertThrows(QuantiseException.class, () -> LearnedGraph.of(stranger, learned));
        assertThrows(QuantiseException.class, () -> LearnedGraph.of(trained, learned.withLearning(Optional.empty())));
    }
}
