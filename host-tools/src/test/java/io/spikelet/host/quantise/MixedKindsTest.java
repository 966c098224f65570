package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.report.Advice;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.KindTrial;
import io.spikelet.host.report.MixedPlan;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kinds of weights layer by layer: asked for, tried, and planned, on the zoo's network of the optical digits. */
class MixedKindsTest {
    private static Graph graph;
    private static SampleSet samples;
    private static QuantiseOptions options;
    private static Trials trials;
    private static Advice advice;

    @BeforeAll
    static void tryEachLayer() throws Exception {
        graph = NirImporter.read(ZooFolder.file("models/digits-conv.nir"));
        samples =
                SampleSet.read(ZooFolder.file("data/digits.h5"), "calibration").first(40);
        options = QuantiseOptions.of(
                "digits",
                new InferenceSettings(Profile.SNNTORCH, 1e-4, 2, Encoder.DIRECT, new Readout(10, 5)),
                samples.fullScale());
        trials = Trials.of(graph, options, samples, Progress.SILENT);
        advice = Adviser.advise(trials, Progress.SILENT);
    }

    private static Map<String, WeightKind> kinds(SpikingNetwork network) {
        Map<String, WeightKind> kinds = new LinkedHashMap<>();
        network.layers().forEach(layer -> {
            switch (layer.operation()) {
                case Operation.Dense dense -> kinds.put(layer.name(), dense.kind());
                case Operation.Conv2d conv -> kinds.put(layer.name(), conv.kind());
                default -> {}
            }
        });
        return kinds;
    }

    @Test
    void shouldGiveOneNodeAnotherKindThanTheOthers() throws Exception {
        Map<String, WeightKind> plain = kinds(Quantiser.convert(graph, options));
        String last = List.copyOf(plain.keySet()).getLast();
        Map<String, WeightKind> mixed = kinds(Quantiser.convert(
                graph,
                options.withWeights(options.weights().as(WeightKind.TERNARY).with(last, WeightKind.INT4))));

        assertTrue(plain.size() > 2);
        for (Map.Entry<String, WeightKind> layer : mixed.entrySet()) {
            assertEquals(layer.getKey().equals(last) ? WeightKind.INT4 : WeightKind.TERNARY, layer.getValue());
        }
    }

    @Test
    void shouldRefuseANodeThatHasNoWeightsAndOneThatLearns() {
        WeightRule unknown = options.weights().with("nowhere", WeightKind.INT4);
        String sentence = assertThrows(
                        QuantiseException.class, () -> Quantiser.convert(graph, options.withWeights(unknown)))
                .getMessage();
        assertTrue(sentence.startsWith("there is no node 'nowhere' whose weights"), sentence);
        assertTrue(sentence.contains(String.join(", ", trials.weighted().keySet())), sentence);

        String last = List.copyOf(trials.weighted().keySet()).getLast();
        QuantiseOptions learning =
                options.withLearning(0.01f, 1).withWeights(options.weights().with(last, WeightKind.BINARY));
        String refused = assertThrows(QuantiseException.class, () -> Quantiser.convert(graph, learning))
                .getMessage();
        assertTrue(refused.startsWith("node '" + last + "' learns on the board, where weights are int8"), refused);
    }

    /** Each trial once more, by the public way to the same network, its answers counted here. */
    @Test
    void shouldTryEachLayerAloneInEachNarrowerKind() throws Exception {
        assertEquals(3 * trials.weighted().size(), advice.trials().size());
        assertTrue(advice.untried().isEmpty());
        Evaluation base = Evaluation.ofInteger(Quantiser.convert(graph, options), samples, Progress.SILENT);
        assertEquals(base.accuracy(), advice.base());
        for (KindTrial trial : advice.trials()) {
            SpikingNetwork network = Quantiser.convert(
                    graph, options.withWeights(options.weights().with(trial.layer(), trial.to())));
            int[] given =
                    Evaluation.ofInteger(network, samples, Progress.SILENT).predictions();
            int lost = 0;
            int won = 0;
            for (int i = 0; i < given.length; i++) {
                lost += base.predictions()[i] == samples.label(i) && given[i] != samples.label(i) ? 1 : 0;
                won += base.predictions()[i] != samples.label(i) && given[i] == samples.label(i) ? 1 : 0;
            }
            assertEquals(lost, trial.loss().lost(), trial::sentence);
            assertEquals(won, trial.loss().won(), trial::sentence);
            // Weights of 8 bits became fewer; tables of gains and biases may take some bytes more or less.
            long weights = weights(network, trial.layer());
            double saved = weights * (8 - trial.to().bits()) / 8.0;
            assertEquals(saved, trial.bytesSaved(), 0.02 * saved + 64, trial::sentence);
        }
    }

    private static long weights(SpikingNetwork network, String name) {
        return network.layers().stream()
                .filter(layer -> layer.name().equals(name))
                .mapToLong(layer -> layer.operation() instanceof Operation.Dense dense
                        ? dense.weights().length
                        : ((Operation.Conv2d) layer.operation()).weights().length)
                .sum();
    }

    @Test
    void shouldLeaveWhatLearnsAlone() throws Exception {
        Trials learning = Trials.of(graph, options.withLearning(0.01f, 1), samples, Progress.SILENT);
        Advice given = Adviser.advise(learning, Progress.SILENT);

        assertFalse(given.untried().isEmpty());
        for (KindTrial trial : given.trials()) {
            assertFalse(given.untried().stream().anyMatch(sentence -> sentence.contains("'" + trial.layer() + "'")));
        }
    }

    @Test
    void shouldMeetItsBudgetWithTheFinishedImage() throws Exception {
        long whole = trials.base().bytes();
        MixedPlan plan = MixedPlanner.byLoss(trials, advice, whole * 2 / 3, Progress.SILENT);

        assertTrue(plan.choice().bytes() <= whole * 2 / 3);
        assertTrue(plan.points().get(plan.chosen() - 1).bytes() > whole * 2 / 3, "a larger network would do");
        QuantisedModel model = Quantiser.quantise(
                graph, options.withWeights(options.weights().with(plan.choice().kinds())), samples);
        assertEquals(plan.choice().bytes(), NetworkCodec.encode(model.network()).length);
        assertEquals(plan.choice().bytes(), model.report().payloadBytes());
        assertEquals(
                model.report().integer().accuracy().correct(),
                advice.base().correct()
                        - plan.choice().measured().lost()
                        + plan.choice().measured().won());
        MixedPlan.Point last = plan.points().getLast();
        assertEquals(
                new HashSet<>(List.of(WeightKind.BINARY)),
                new HashSet<>(last.kinds().values()));
        for (int i = 1; i < plan.points().size(); i++) {
            assertTrue(plan.points().get(i).bytes() < plan.points().get(i - 1).bytes());
        }
    }

    @Test
    void shouldPredictTheSumOfWhatLayersLoseAlone() throws Exception {
        MixedPlan plan = MixedPlanner.byLoss(trials, advice, trials.base().bytes(), Progress.SILENT);

        assertEquals(0, plan.chosen());
        for (MixedPlan.Point point : plan.points()) {
            double points = 0;
            double error = 0;
            for (Map.Entry<String, WeightKind> layer : point.kinds().entrySet()) {
                for (KindTrial trial : advice.trials()) {
                    if (trial.layer().equals(layer.getKey()) && trial.to() == layer.getValue()) {
                        points += trial.loss().points();
                        error += trial.weightError();
                    }
                }
            }
            assertEquals(points, point.predictedPoints(), 1e-9);
            assertEquals(error, point.weightError(), 1e-9);
        }
    }

    @Test
    void shouldKeepTheFirstAndTheLastLayerWhereNoSampleIsAsked() throws Exception {
        MixedPlan plan = MixedPlanner.byWeights(trials, trials.base().bytes() - 1, Progress.SILENT);

        List<String> weighted = new ArrayList<>(trials.weighted().keySet());
        Map<String, WeightKind> last = plan.points().getLast().kinds();
        assertFalse(last.containsKey(weighted.getFirst()) || last.containsKey(weighted.getLast()));
        assertEquals(weighted.size() - 2, last.size());
        assertEquals(1, plan.chosen());
        assertTrue(Double.isNaN(plan.choice().predictedPoints()));
    }

    @Test
    void shouldKeepTheKindOfANodeThatWasNamed() throws Exception {
        String named = List.copyOf(trials.weighted().keySet()).get(1);
        Trials some = Trials.of(
                graph, options.withWeights(options.weights().with(named, WeightKind.INT4)), samples, Progress.SILENT);
        MixedPlan plan = MixedPlanner.byLoss(
                some, Adviser.advise(some, Progress.SILENT), some.base().bytes() - 1, Progress.SILENT);

        assertFalse(plan.points().getLast().kinds().containsKey(named));
        assertEquals(some.weighted().size() - 1, plan.points().getLast().kinds().size());
    }

    @Test
    void shouldRefuseABudgetThatNoPlanMeets() {
        String sentence = assertThrows(
                        QuantiseException.class, () -> MixedPlanner.byLoss(trials, advice, 100, Progress.SILENT))
                .getMessage();
        assertTrue(sentence.startsWith("no plan fits into 100 bytes: with every layer that may change"), sentence);
        assertTrue(sentence.endsWith("; give more bytes"), sentence);
    }

    /** Rows (1, 0.5) become ±0.75 where binary: |1 − 0.75| + |0.5 − 0.75| = 0.5 of 1.5. */
    @Test
    void shouldMeasureTheErrorOfWeightsByTheirSum() throws Exception {
        Graph small = ChainBuilder.from(2)
                .then("fc", new Node.Affine(Tensor.of(new float[] {1, 0.5f}, 1, 2), null))
                .then("if", new Node.If(Tensor.scalar(1), Tensor.scalar(1), Tensor.scalar(0)))
                .to(1);
        SampleSet one = SampleSet.of("one", 1, 1, new int[] {2}, new byte[] {1, 1}, new byte[1]);
        InferenceSettings settings = new InferenceSettings(Profile.NORSE, 1, 1, Encoder.DIRECT, new Readout(1, 1));
        Trials of = Trials.of(small, QuantiseOptions.of("small", settings, 1), one, Progress.SILENT);

        assertEquals(0.5 / 1.5, of.weightError("fc", of.of(Map.of("fc", WeightKind.BINARY))), 1e-6);
    }
}
